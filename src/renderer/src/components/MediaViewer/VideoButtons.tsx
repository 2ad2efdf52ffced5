import { IconBadgeCc, IconPlayerTrackNext, IconPlayerTrackPrev, IconRepeat } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { frameAt } from '../../../../shared/frameAt'
import classes from './MediaViewer.module.css'
import { clock, type Segment } from './segments'
import { ViewButton } from './ViewButton'

interface Props {
  readonly time: number
  readonly times: readonly number[]
  readonly loop: Segment | null
  /** null: there is nothing to show */
  readonly subtitles: boolean | null
  readonly onBack: () => void
  readonly onForward: () => void
  /** null: there is nothing to play */
  readonly onLoop: (() => void) | null
  readonly onSubtitles: () => void
}

/** Steps, loop and subtitles of a film, and which frame is shown. */
export function VideoButtons({ time, times, loop, subtitles, onBack, onForward, onLoop, onSubtitles }: Props) {
  const { t } = useTranslation()
  return (
    <div className={classes.filmButtons}>
      <ViewButton action="frameBack" icon={IconPlayerTrackPrev} onClick={onBack} />
      <ViewButton action="frameForward" icon={IconPlayerTrackNext} onClick={onForward} />
      {onLoop && <ViewButton action="loop" icon={IconRepeat} onClick={onLoop} pressed={loop !== null} />}
      {subtitles !== null && <ViewButton action="subtitles" icon={IconBadgeCc} onClick={onSubtitles} pressed={subtitles} />}
      <span className={classes.filmState}>
        {loop && t('review.media.looping', { start: clock(loop.start), end: clock(loop.end) })}
        {times.length > 0 && <span data-testid="frame">{t('review.media.frame', { number: frameAt(times, time) })}</span>}
      </span>
    </div>
  )
}
