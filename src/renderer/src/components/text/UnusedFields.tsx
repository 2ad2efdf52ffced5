import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { UnusedField } from '../../../../shared/domain'
import { ShownText } from './ShownText'

/** Lists the fields of a reply that were not used for a pair, each with its first value if it may be shown. */
export function UnusedFields({ fields }: { readonly fields: readonly UnusedField[] }) {
  const { t } = useTranslation()
  if (fields.length === 0) return null
  return (
    <>
      <Text size="sm" mt={4}>
        {t('runs.unusedOfReply')}
      </Text>
      <ul className="verbatim" aria-label={t('runs.unusedOfReply')}>
        {fields.map(({ name, count, value }) => (
          <li key={name}>
            <ShownText text={`${name} (${count})${value === '' ? '' : `: ${value}`}`} />
          </li>
        ))}
      </ul>
    </>
  )
}
