import { Button } from '@mantine/core'
import { IconCircleCheck, IconEyeOff, IconInbox, IconMoodEmpty } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isTextField } from '../../../app/keys/actionFor'
import { asksForSecondReview } from '../../../../../shared/quality'
import type { CandidateFilter } from '../../../../../shared/review'
import { EmptyScreen } from '../../../components/EmptyScreen'
import { useCall } from '../../../api/queries'
import { SecondReviewHint } from '../../quality/SecondReviewOffer'
import { goTo, goToReview } from '../../../app/state/shell'
import { ColdStartRound } from '../../coldStart/ColdStartRound'
import { partsOf } from './filters'
import type { ReviewView } from '../session/reviewView'

/** Explains why there is nothing (more) to review, and suggests what to do next. Enter activates the first suggestion. */
export function QueueEnd(props: Props) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { activeElement } = document
    if (!isTextField(activeElement) && !activeElement?.closest('[role="dialog"]'))
      place.current?.querySelector<HTMLElement>('button[data-variant="filled"]')?.focus({ preventScroll: true })
  })
  return (
    <div ref={place}>
      <WhatNext {...props} />
    </div>
  )
}

interface Props {
  readonly view: ReviewView
  readonly filter: CandidateFilter
}

function WhatNext({ view, filter }: Props) {
  const { t } = useTranslation()
  const { counts, read } = view
  const quality = useCall('quality.settings', {}).data
  const coldStart = useCall('coldStart.get', {}).data
  const round = coldStart?.coldStart.closedAt === null && <ColdStartRound state={coldStart} />
  const pending = counts?.pending ?? 0
  const all = counts ? pending + counts.accepted + counts.edited + counts.rejected + counts.ignored : 0
  const onlyPending = filter.states?.join() === 'pending' && !filter.query && partsOf(filter).length === 0
  if (counts && all === 0)
    return (
      <EmptyScreen icon={<IconInbox size={40} />} title={t('review.noCandidates')} text={t('review.noCandidatesText')} lead={round}>
        {!round && <Button onClick={() => goTo('runs')}>{t('review.goToRuns')}</Button>}
      </EmptyScreen>
    )
  if (counts && pending === 0 && (onlyPending || read > 0))
    return (
      <EmptyScreen icon={<IconCircleCheck size={40} />} title={t('review.allDecided')} text={t('review.allDecidedText')} lead={round}>
        <Button variant={round ? 'default' : 'filled'} onClick={() => goTo('export')}>
          {t('review.goToExport')}
        </Button>
        <Button variant="default" onClick={() => goTo('exemplars')}>
          {t('review.goToExemplars')}
        </Button>
        <Button variant="default" onClick={() => goTo('runs')}>
          {t('review.goToRuns')}
        </Button>
      </EmptyScreen>
    )
  if (read === 0 && filter.look === 'second' && quality && !asksForSecondReview(quality))
    return (
      <EmptyScreen icon={<IconEyeOff size={40} />} title={t('quality.offer.title')}>
        <SecondReviewHint settings={quality} />
      </EmptyScreen>
    )
  if (read === 0)
    return (
      <EmptyScreen icon={<IconMoodEmpty size={40} />} title={t('review.nothingFound')} text={t('review.nothingFoundText')}>
        <Button onClick={() => goToReview()}>{t('review.showPending')}</Button>
        <Button variant="default" onClick={() => goToReview({ states: [] })}>
          {t('review.showEvery')}
        </Button>
      </EmptyScreen>
    )
  return (
    <EmptyScreen
      icon={<IconCircleCheck size={40} />}
      title={t('review.end')}
      text={pending > 0 ? t('review.endText', { count: pending }) : t('review.endTextOther')}
    >
      <Button onClick={() => goToReview({ ...filter })}>{t('review.fromTheTop')}</Button>
      {!onlyPending && (
        <Button variant="default" onClick={() => goToReview()}>
          {t('review.showPending')}
        </Button>
      )}
    </EmptyScreen>
  )
}
