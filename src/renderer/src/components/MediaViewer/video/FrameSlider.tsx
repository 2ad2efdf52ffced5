import { useTranslation } from 'react-i18next'
import classes from '../MediaViewer.module.css'

interface Props {
  readonly frames: number
  readonly shown: number
  readonly onShow: (index: number) => void
}

/** Goes to any frame of a video that cannot be played. */
export function FrameSlider({ frames, shown, onShow }: Props) {
  const { t } = useTranslation()
  return (
    <input
      className={classes.frameSlider}
      type="range"
      min={0}
      max={Math.max(0, frames - 1)}
      value={shown}
      aria-label={t('review.media.position')}
      onChange={({ currentTarget }) => onShow(Number(currentTarget.value))}
    />
  )
}
