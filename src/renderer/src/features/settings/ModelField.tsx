import { Autocomplete, Button, Group, Loader, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProviderSettings } from '../../../../shared/domain'
import { useCall } from '../../api/queries'
import { problemWords } from '../../components/showProblem'

interface Props {
  readonly label: string
  readonly description?: string
  readonly value: string
  readonly provider: ProviderSettings
  /** Embedding models, or all others. */
  readonly kind: 'chat' | 'embedding'
  readonly isRequired: boolean
  readonly onCommit: (model: string) => void
}

/** Time for which the model list of a server is cached, in milliseconds. */
const freshMs = 60_000

/** Field for a model name: one of the server's models, which are loaded when the field gets the focus, or any other name. */
export function ModelField({ label, description, value, provider, kind, isRequired, onCommit }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  const [opened, setOpened] = useState(false)
  const list = useCall('provider.models', provider, { enabled: opened, staleTime: freshMs, gcTime: freshMs })
  const models = [...new Set((list.data ?? []).filter(({ isEmbedding }) => isEmbedding === (kind === 'embedding')).map(({ id }) => id))]
  const text = typed ?? value
  const commit = (model: string) => {
    const trimmed = model.trim()
    if (trimmed === '' && isRequired) return
    setTyped(null)
    if (trimmed !== value) onCommit(trimmed)
  }
  const listWords = (count: number) => {
    if (count === 0) return t('profiles.noModels')
    const isUnknown = typed !== null && !models.some((model) => model.toLowerCase().includes(typed.trim().toLowerCase()))
    return isUnknown ? t('profiles.noMatch') : t('profiles.modelCount', { count })
  }
  const words = list.error ? problemWords(list.error) : null
  return (
    <div>
      <Autocomplete
        label={label}
        {...(description === undefined ? {} : { description })}
        data={models}
        limit={200}
        maxDropdownHeight={240}
        // The current value does not filter the list, only typed text does.
        filter={({ options, search }) =>
          typed === null
            ? options
            : options.filter((option) => 'label' in option && option.label.toLowerCase().includes(search.trim().toLowerCase()))
        }
        value={text}
        error={typed !== null && typed.trim() === '' && isRequired ? t('settings.required') : undefined}
        rightSection={list.isFetching ? <Loader size={16} aria-label={t('profiles.loadingModels')} /> : null}
        onFocus={() => setOpened(true)}
        onChange={setTyped}
        onOptionSubmit={commit}
        onBlur={() => typed !== null && commit(typed)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && typed !== null) commit(typed)
        }}
      />
      {opened && (
        <Group gap="xs" mt={4} role="status" wrap="nowrap" align="flex-start">
          {words ? (
            <>
              <Text size="xs" c="var(--mantine-color-error)" className="verbatim">
                {t('profiles.modelsFailed')} {words.message.text} {words.remedy?.text}
              </Text>
              <Button size="compact-xs" variant="subtle" flex="none" onClick={() => void list.refetch()}>
                {t('profiles.retry')}
              </Button>
            </>
          ) : (
            list.data && (
              <Text size="xs" c="dimmed" className="numbers">
                {listWords(list.data.length)}
              </Text>
            )
          )}
        </Group>
      )}
    </div>
  )
}
