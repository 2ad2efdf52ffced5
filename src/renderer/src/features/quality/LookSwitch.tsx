import { Button } from '@mantine/core'
import { IconEyeCheck, IconScale } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LookQueue } from '../../../../shared/quality'
import type { CandidateFilter } from '../../../../shared/review'
import { useCall } from '../../queries'

const icons = { second: IconEyeCheck, disagreement: IconScale } as const

/** The queues of second looks and of disagreements with how many are in them, as long as there are any. */
export function LookSwitch({ look, onShow }: { readonly look: LookQueue | undefined; readonly onShow: (filter: CandidateFilter) => void }) {
  const { t, i18n } = useTranslation()
  const counts = useCall('quality.counts', {}).data
  const queues = [
    { queue: 'second', label: t('quality.secondLook'), count: counts?.second ?? 0 },
    { queue: 'disagreement', label: t('quality.disagreements'), count: counts?.disagreements ?? 0 },
  ] as const
  return queues
    .filter(({ queue, count }) => count > 0 || look === queue)
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
    })
}
