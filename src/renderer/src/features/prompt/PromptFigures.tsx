import { Text, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PromptPreview } from '../../../../shared/contract'
import { formatDollars } from '../../format'
import { useCall } from '../../api/queries'

/** Length of a prompt, and its price with the selected model. */
export function PromptFigures({ preview: { tokens, price, byWords } }: { readonly preview: PromptPreview }) {
  const { t } = useTranslation()
  const provider = useCall('app.settings', {}).data?.provider
  const priceWords = () => {
    if (provider?.kind === 'demo') return t('prompt.priceFree')
    const model = provider?.model ?? ''
    return price === null ? t('prompt.priceUnknown', { model }) : t('prompt.price', { price: formatDollars(price), model })
  }
  return (
    <Text size="sm" component="div" className="numbers" role="status" ta="right">
      <Tooltip label={t('prompt.tokensHint')}>
        <span>{t('prompt.tokens', { count: tokens })}</span>
      </Tooltip>
      {provider && (
        <Tooltip label={t('prompt.priceHint')}>
          <span> · {priceWords()}</span>
        </Tooltip>
      )}
      {byWords && (
        <Text size="xs" c="dimmed">
          {t('prompt.byWords')}
        </Text>
      )}
    </Text>
  )
}
