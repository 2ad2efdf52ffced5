import { IconBadgeCc, IconMinus, IconPlayerTrackNext, IconPlayerTrackPrev, IconPlus, IconRepeat } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { frameAt } from '../../../../../shared/video'
import classes from '../MediaViewer.module.css'
import { clock, type Segment } from './segments'
import { ViewButton } from '../ViewButton'

interface Props {
  readonly time: number
  readonly times: readonly number[]
  readonly loop: Segment | null
  /** null: there is nothing to show */
  readonly subtitles: boolean | null
  /** how fast it plays, 1 being as it was taken; null: there is nothing to play */
  readonly speed: number | null
  /** what else can be done with the view */
  readonly more: ReactNode
  readonly onBack: () => void
  readonly onForward: () => void
  /** null: there is nothing to play */
  readonly onLoop: (() => void) | null
  readonly onSubtitles: () => void
  readonly onSpeed: (by: 1 | -1) => void
}

/** Steps, loop, speed and subtitles of a video, and which frame is shown. */
export function VideoButtons(props: Props) {
  const { time, times, loop, subtitles, speed, more, onBack, onForward, onLoop, onSubtitles, onSpeed } = props
  const { t } = useTranslation()
  return (
    <div className={classes.videoButtons}>
      <ViewButton action="frameBack" icon={IconPlayerTrackPrev} onClick={onBack} />
      <ViewButton action="frameForward" icon={IconPlayerTrackNext} onClick={onForward} />
      {onLoop && <ViewButton action="loop" icon={IconRepeat} onClick={onLoop} pressed={loop !== null} />}
      {subtitles !== null && <ViewButton action="subtitles" icon={IconBadgeCc} onClick={onSubtitles} pressed={subtitles} />}
      {speed !== null && (
        <>
          <ViewButton action="slower" icon={IconMinus} onClick={() => onSpeed(-1)} />
          <span className={classes.speed} data-testid="speed">
            {t('media.speed', { speed })}
          </span>
          <ViewButton action="faster" icon={IconPlus} onClick={() => onSpeed(1)} />
        </>
      )}
      {more}
      <span className={classes.videoState}>
        {loop && t('review.media.looping', { start: clock(loop.start), end: clock(loop.end) })}
        {times.length > 0 && <span data-testid="frame">{t('review.media.frame', { number: frameAt(times, time) })}</span>}
      </span>
    </div>
  )
}
