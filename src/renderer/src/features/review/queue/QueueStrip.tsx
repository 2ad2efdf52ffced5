import { Progress } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Counts } from '../../../../../shared/domain'
import { useCall } from '../../../api/queries'
import flow from '../flow.module.css'
import classes from '../review.module.css'
import { VerdictMark } from '../pair/VerdictMark'

const shownCounts = ['accepted', 'edited', 'rejected', 'ignored'] as const

interface Props {
  readonly position: number
  readonly total: number | null
  readonly read: number
  readonly counts: Counts | null
  /** pairs that wait for a decision; null where that cannot be known */
  readonly left: number | null
  /** how far the queue is, 0 to 1; null where that cannot be known */
  readonly progress: number | null
  /** put aside for now */
  readonly skipped: number
  /** how fast and how far the reviewer is */
  readonly figures: ReactNode
  /** what was done last */
  readonly announced: string
  /** how the queue is gone through */
  readonly tools: ReactNode
  /** what the queue is narrowed to */
  readonly filters: ReactNode
  /** how far the cold start is */
  readonly coldStart: ReactNode
}

/** Where the reviewer is in the queue and how far it is, and what has been decided in the project. */
export const QueueStrip = memo(function QueueStrip({
  position,
  total,
  left,
  progress,
  skipped,
  read,
  counts,
  figures,
  announced,
  tools,
  filters,
  coldStart,
}: Props) {
  const { t } = useTranslation()
  const isBlind = useCall('quality.counts', {}).data?.blind ?? false
  const place = Math.min(position, total ?? position)
  return (
    <section className={classes.strip} aria-label={t('review.strip')}>
      <div className={flow.where}>
        <span className={`${classes.position} numbers`}>
          {total === null ? t('review.positionOpen', { position, read }) : t('review.position', { position: place, total })}
        </span>
        {left !== null && <span className={`${flow.left} numbers`}>{t('flow.left', { count: left })}</span>}
        {skipped > 0 && <span className={`${flow.left} numbers`}>{t('flow.skipped', { count: skipped })}</span>}
        {progress !== null && (
          <Progress
            className={classes.progress}
            size="sm"
            transitionDuration={0}
            value={100 * progress}
            aria-label={t(left === null ? 'review.progressByPlace' : 'review.progress')}
          />
        )}
        {counts && (
          <span className={flow.counts} title={t(isBlind ? 'flow.ownCountsHint' : 'flow.projectCountsHint')}>
            <span className={flow.countsOf}>{t(isBlind ? 'flow.ownCounts' : 'flow.projectCounts')}</span>
            {shownCounts.map((state) => (
              <VerdictMark key={state} state={state} count={counts[state]} />
            ))}
          </span>
        )}
        {figures}
        {coldStart}
        <span className={classes.announced} aria-hidden>
          {announced}
        </span>
      </div>
      {tools}
      <div className={flow.narrowed}>{filters}</div>
    </section>
  )
})
