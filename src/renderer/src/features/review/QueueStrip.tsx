import { Progress } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Counts } from '../../../../shared/domain'
import flow from './flow.module.css'
import classes from './review.module.css'
import { VerdictMark } from './VerdictMark'

const shownCounts = ['accepted', 'edited', 'rejected', 'ignored'] as const

interface Props {
  readonly position: number
  readonly total: number | null
  readonly read: number
  readonly counts: Counts | null
  /** pairs that wait for a decision; null where that cannot be known */
  readonly left: number | null
  /** put aside for now */
  readonly skipped: number
  /** how fast and how far the reviewer is */
  readonly figures: ReactNode
  /** what was done last */
  readonly said: string
  /** how the queue is gone through */
  readonly tools: ReactNode
  /** what the queue is narrowed to */
  readonly filters: ReactNode
  /** how far the cold start is */
  readonly coldStart: ReactNode
}

/** Where the reviewer is in the queue, and what has been decided. */
export const QueueStrip = memo(function QueueStrip({
  position,
  total,
  left,
  skipped,
  read,
  counts,
  figures,
  said,
  tools,
  filters,
  coldStart,
}: Props) {
  const { t } = useTranslation()
  const all = counts ? counts.pending + counts.accepted + counts.edited + counts.rejected + counts.ignored : 0
  const place = Math.min(position, total ?? position)
  return (
    <section className={classes.strip} aria-label={t('review.strip')}>
      <div className={flow.where}>
        <span className={`${classes.position} numbers`}>
          {total === null ? t('review.positionOpen', { position, read }) : t('review.position', { position: place, total })}
        </span>
        {left !== null && <span className={`${flow.left} numbers`}>{t('flow.left', { count: left })}</span>}
        {skipped > 0 && <span className={`${flow.left} numbers`}>{t('flow.skipped', { count: skipped })}</span>}
        <Progress
          className={classes.progress}
          size="sm"
          transitionDuration={0}
          value={counts && all > 0 ? (100 * (all - counts.pending)) / all : 0}
          aria-label={t('review.progress')}
        />
        {counts && (
          <span className={flow.counts}>
            {shownCounts.map((state) => (
              <VerdictMark key={state} state={state} count={counts[state]} />
            ))}
          </span>
        )}
        {figures}
        {coldStart}
        <span className={classes.said} aria-hidden>
          {said}
        </span>
      </div>
      {tools}
      <div className={flow.narrowed}>{filters}</div>
    </section>
  )
})
