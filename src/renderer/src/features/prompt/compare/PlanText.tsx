import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ComparisonPlan } from '../../../../../shared/contract'
import { useCall } from '../../../api/queries'
import { formatDollars } from '../../../format'

/** Estimated effort of a comparison: requests, tokens and price, and the replies that are reused. */
export function PlanText({ plan: { calls, kept, promptTokens, completionTokens, price } }: { readonly plan: ComparisonPlan }) {
  const { t } = useTranslation()
  const provider = useCall('app.settings', {}).data?.provider
  const priceWords = () => {
    if (provider?.kind === 'demo') return t('compare.planFree')
    const model = provider?.model ?? ''
    return price === null ? t('compare.planUnknown', { model }) : t('compare.planPrice', { price: formatDollars(price), model })
  }
  return (
    <Text size="sm" className="numbers" role="status">
      <strong>{t('compare.calls', { count: calls })}</strong>
      {calls > 0 && ` · ${t('compare.planTokens', { prompt: promptTokens, completion: completionTokens })} · ${priceWords()}`}
      {kept > 0 && (
        <Text span inherit c="dimmed">
          {' '}
          · {t('compare.kept', { count: kept })}
        </Text>
      )}
    </Text>
  )
}
