import { Progress, Tooltip } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Counts } from '../../../../shared/domain'
import classes from './review.module.css'
import { VerdictMark } from './VerdictMark'

const shownCounts = ['accepted', 'edited', 'rejected', 'ignored'] as const

interface Props {
  readonly position: number
  readonly total: number | null
  readonly read: number
  readonly counts: Counts | null
  readonly perHour: number | null
  /** what was done last */
  readonly said: string
  /** what the queue is narrowed to */
  readonly filters: ReactNode
  /** how far the cold start is */
  readonly coldStart: ReactNode
}

/** Where the reviewer is in the queue, and what has been decided. */
export const QueueStrip = memo(function QueueStrip({ position, total, read, counts, perHour, said, filters, coldStart }: Props) {
  const { t } = useTranslation()
  const all = counts ? counts.pending + counts.accepted + counts.edited + counts.rejected + counts.ignored : 0
  const place = Math.min(position, total ?? position)
  return (
    <section className={classes.strip} aria-label={t('review.strip')}>
      <span className={`${classes.position} numbers`}>
        {total === null ? t('review.positionOpen', { position, read }) : t('review.position', { position: place, total })}
      </span>
      <Progress
        className={classes.progress}
        size="sm"
        transitionDuration={0}
        value={counts && all > 0 ? (100 * (all - counts.pending)) / all : 0}
        aria-label={t('review.progress')}
      />
      {counts && shownCounts.map((state) => <VerdictMark key={state} state={state} count={counts[state]} />)}
      {perHour !== null && (
        <Tooltip label={t('review.rateHint')} multiline w={260}>
          <span className={`${classes.rate} numbers`}>{t('review.rate', { count: perHour })}</span>
        </Tooltip>
      )}
      {coldStart}
      <span className={classes.said} aria-hidden>
        {said}
      </span>
      {filters}
    </section>
  )
})
