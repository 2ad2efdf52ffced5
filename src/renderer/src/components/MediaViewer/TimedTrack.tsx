import { memo, useMemo, type CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './MediaViewer.module.css'
import { clock, isDuring, rowsOf, type Segment } from './segments'

interface Props {
  readonly segments: readonly Segment[]
  /** seconds */
  readonly duration: number
  readonly time: number
  readonly onSeek: (seconds: number) => void
}

/** What is said with times, each where it is said: a click goes there, and what is said now lights up. */
export const TimedTrack = memo(function TimedTrack({ segments, duration, time, onSeek }: Props) {
  const { t } = useTranslation()
  const rows = useMemo(() => rowsOf(segments), [segments])
  const length = Math.max(duration, ...segments.map(({ end }) => end), 0.001)
  const percent = (seconds: number) => `${(100 * seconds) / length}%`
  return (
    <div className={classes.track} role="group" aria-label={t('review.media.track')}>
      <div className={classes.trackRows} style={{ '--rows': Math.max(0, ...rows) + 1 } as CSSProperties}>
        {segments.map(({ start, end, text, kind }, index) => {
          const now = isDuring({ start, end, text, kind }, time)
          const words = t('review.media.segment', { start: clock(start), end: clock(end), text })
          return (
            <button
              // oxlint-disable-next-line react/no-array-index-key -- a segment is its place in the list
              key={index}
              type="button"
              className={`${classes.segment} verbatim`}
              data-now={now}
              data-kind={kind}
              aria-current={now ? 'time' : undefined}
              aria-label={words}
              title={words}
              style={{ left: percent(start), width: percent(end - start), '--row': rows[index] } as CSSProperties}
              onClick={() => onSeek(start)}
            >
              {text}
            </button>
          )
        })}
        <span className={classes.playhead} style={{ left: percent(Math.min(time, length)) }} aria-hidden />
      </div>
    </div>
  )
})
