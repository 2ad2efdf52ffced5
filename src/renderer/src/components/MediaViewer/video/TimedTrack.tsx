import { memo, useEffect, useMemo, useRef, type CSSProperties } from 'react'
import { showHidden } from '../../../../../shared/text/hiddenCharacters'
import { useTranslation } from 'react-i18next'
import classes from '../MediaViewer.module.css'
import { clock, isDuring, rowsOf, type Segment } from './segments'

interface Props {
  readonly segments: readonly Segment[]
  /** Seconds. */
  readonly duration: number
  readonly time: number
  readonly onSeek: (seconds: number) => void
}

/** Track of the timed segments of a video: a click seeks to a segment, and the current sentence is highlighted and scrolled into view. */
export const TimedTrack = memo(function TimedTrack({ segments, duration, time, onSeek }: Props) {
  const { t } = useTranslation()
  const track = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => rowsOf(segments), [segments])
  const length = useMemo(() => Math.max(duration, ...segments.map(({ end }) => end), 0.001), [duration, segments])
  const said = segments.findLastIndex((segment) => segment.kind === 'sentence' && isDuring(segment, time))
  // Scrolls only the track, since nothing else may move while a video plays.
  useEffect(() => {
    const place = track.current
    const button = place?.querySelector<HTMLElement>(`[data-segment='${said}']`)
    if (!place || !button) return
    const { offsetTop: top, offsetHeight: height } = button
    place.scrollTop = Math.min(top - 2, Math.max(place.scrollTop, top + height + 2 - place.clientHeight))
  }, [said])
  return (
    <div ref={track} className={classes.track} role="group" aria-label={t('review.media.track')}>
      <div className={classes.trackRows} style={{ '--rows': Math.max(0, ...rows) + 1 } as CSSProperties}>
        {segments.map((segment, index) => (
          <SegmentButton
            // oxlint-disable-next-line react/no-array-index-key -- a segment is its place in the list
            key={index}
            segment={segment}
            index={index}
            row={rows[index] ?? 0}
            length={length}
            now={isDuring(segment, time)}
            onSeek={onSeek}
          />
        ))}
        <span className={classes.playhead} style={{ left: percent(Math.min(time, length), length) }} aria-hidden />
      </div>
    </div>
  )
})

const percent = (seconds: number, length: number) => `${(100 * seconds) / length}%`

interface SegmentProps {
  readonly segment: Segment
  readonly index: number
  readonly row: number
  /** Length of the whole track, in seconds. */
  readonly length: number
  readonly now: boolean
  readonly onSeek: (seconds: number) => void
}

/** Memoised, so that it re-renders only when it becomes current or stops being so: the time of a video changes with every frame. */
const SegmentButton = memo(function SegmentButton({ segment, index, row, length, now, onSeek }: SegmentProps) {
  const { t } = useTranslation()
  const { start, end, text, kind } = segment
  const words = t('review.media.segment', { start: clock(start), end: clock(end), text })
  return (
    <button
      type="button"
      className={`${classes.segment} verbatim`}
      data-segment={index}
      data-now={now}
      data-kind={kind}
      aria-current={now ? 'time' : undefined}
      aria-label={showHidden(words)}
      title={showHidden(words)}
      style={{ left: percent(start, length), width: percent(end - start, length), '--row': row } as CSSProperties}
      onClick={() => onSeek(start)}
    >
      {text}
    </button>
  )
})
