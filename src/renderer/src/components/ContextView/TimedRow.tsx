import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLinked, useMediaLinks } from '../text/MediaLinks/MediaLinks'
import { clock } from '../MediaViewer/video/segments'
import classes from './ContextView.module.css'
import type { Timed } from './shapes'

interface Props {
  readonly row: Pick<Timed, 'start' | 'end'>
  /** Time at which the sentence ends, in seconds. */
  readonly until: number
  /** Content of the row. */
  readonly children: ReactNode
}

/**
 * A sentence with its time. Next to a video it is highlighted and scrolled into view while it is current, and a click seeks to its start.
 */
export function TimedRow({ row: { start, end }, until, children }: Props) {
  const { t } = useTranslation()
  const links = useMediaLinks()
  const place = useRef<HTMLLIElement>(null)
  const now = useLinked((all) => {
    const video = all.video()
    return video !== null && video.time >= start && (video.time < until || video.time === start)
  }, false)
  useEffect(() => {
    if (now && links?.video()?.playing) place.current?.scrollIntoView({ block: 'nearest' })
  }, [now, links])
  const time = end === null ? clock(start) : t('context.span', { start: clock(start), end: clock(end) })
  const goTo = () => links?.seek(start)
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- its button is for keys
    <li
      ref={place}
      data-now={now}
      data-goes={links?.hasVideo}
      aria-current={now ? 'time' : undefined}
      // Selecting words to copy them does not seek.
      onClick={() => getSelection()?.isCollapsed !== false && goTo()}
    >
      {links?.hasVideo ? (
        <button type="button" className={`${classes.goTo} numbers`} aria-label={t('media.seek', { time })}>
          {time}
        </button>
      ) : (
        <span className={`${classes.quiet} numbers`}>{time}</span>
      )}
      <div>{children}</div>
    </li>
  )
}
