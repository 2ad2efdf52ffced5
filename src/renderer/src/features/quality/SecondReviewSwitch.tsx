import { Button } from '@mantine/core'
import { IconEyeCheck, IconScale } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { asksForSecondReview, type LookQueue } from '../../../../shared/quality'
import type { CandidateFilter } from '../../../../shared/review'
import { useCall } from '../../api/queries'
import { SecondReviewOffer } from './SecondReviewOffer'

const icons = { second: IconEyeCheck, disagreement: IconScale } as const

/**
 * Buttons for the queues of second reviews and of disagreements, with the number of pairs in each. If no rule asks for second reviews, the
 * button offers to turn them on.
 */
export function SecondReviewSwitch({
  look,
  onShow,
}: {
  readonly look: LookQueue | undefined
  readonly onShow: (filter: CandidateFilter) => void
}) {
  const { t, i18n } = useTranslation()
  const counts = useCall('quality.counts', {}).data
  const settings = useCall('quality.settings', {}).data
  const { second = 0, disagreements = 0 } = counts ?? {}
  const isOn = settings !== undefined && asksForSecondReview(settings)
  const queues = [
    { queue: 'second', label: t('quality.secondLook'), count: second, isShown: isOn || second > 0 || look === 'second' },
    {
      queue: 'disagreement',
      label: t('quality.disagreements'),
      count: disagreements,
      isShown: disagreements > 0 || look === 'disagreement',
    },
  ] as const
  return (
    <>
      {settings && !queues[0].isShown && <SecondReviewOffer settings={settings} />}
      {queues
        .filter(({ isShown }) => isShown)
        .map(({ queue, label, count }) => {
          const QueueIcon = icons[queue]
          return (
            <Button
              key={queue}
              size="xs"
              variant={look === queue ? 'light' : 'default'}
              leftSection={<QueueIcon size={14} aria-hidden />}
              rightSection={<span className="numbers">{count.toLocaleString(i18n.language)}</span>}
              aria-label={`${label} ${count.toLocaleString(i18n.language)}`}
              aria-pressed={look === queue}
              title={t(`quality.queueHint.${queue}`)}
              onClick={() => onShow(look === queue ? { states: ['pending'] } : { look: queue })}
            >
              {label}
            </Button>
          )
        })}
    </>
  )
}
