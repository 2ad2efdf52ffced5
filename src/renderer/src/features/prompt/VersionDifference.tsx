import { Select, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PromptState } from '../../../../shared/contract'
import type { PromptText } from '../../../../shared/domain'
import { formatDate } from '../../format'
import { DiffText } from '../review/pair/DiffText'
import { sameText } from './promptDraft'
import { versionTitle } from './versionTitle'
import classes from './Prompt.module.css'

interface Props {
  readonly stored: PromptState
  readonly shown: PromptText
}

interface Choice {
  readonly value: string
  readonly label: string
  readonly text: PromptText
}

/** Compares any two versions word by word, including the text in the fields and the recipe's own text. */
export function VersionDifference({ stored, shown }: Props) {
  const { t } = useTranslation()
  const versions = stored.versions.toSorted((a, b) => b.id - a.id)
  const choices: readonly Choice[] = [
    { value: 'fields', label: t('prompt.fields'), text: shown },
    ...versions.map((version) => ({
      value: String(version.id),
      label: version.name ? versionTitle(t, version) : t('prompt.version', { id: version.id, date: formatDate(version.createdAt) }),
      text: version,
    })),
    { value: 'recipe', label: t('prompt.recipeOwn'), text: stored.recipeText },
  ]
  const edited = !sameText(shown, stored.current)
  const before = edited ? stored.current.id : (versions.find(({ id }) => id < stored.current.id)?.id ?? 'recipe')
  const [from, setFrom] = useState(String(before))
  const [to, setTo] = useState(edited ? 'fields' : String(stored.current.id))
  const textAt = (value: string) => choices.find((choice) => choice.value === value)?.text ?? shown
  const [old, recent] = [textAt(from), textAt(to)]
  const data = choices.map(({ value, label }) => ({ value, label }))
  return (
    <Stack>
      <div className={classes.sideBySide}>
        <Select
          label={t('prompt.compareFrom')}
          data={data}
          value={from}
          allowDeselect={false}
          onChange={(value) => value && setFrom(value)}
        />
        <Select label={t('prompt.compareTo')} data={data} value={to} allowDeselect={false} onChange={(value) => value && setTo(value)} />
      </div>
      {sameText(old, recent) ? (
        <Text c="dimmed">{t('prompt.noDifference')}</Text>
      ) : (
        <>
          <Part
            title={t('prompt.outputForm')}
            before={t(`prompt.outputForms.${old.outputForm}`)}
            after={t(`prompt.outputForms.${recent.outputForm}`)}
          />
          <Part title={t('prompt.systemMessage')} before={old.systemMessage} after={recent.systemMessage} />
          <Part title={t('prompt.contextTemplate')} before={old.contextTemplate} after={recent.contextTemplate} />
        </>
      )}
    </Stack>
  )
}

function Part({ title, before, after }: { readonly title: string; readonly before: string; readonly after: string }) {
  const { t } = useTranslation()
  return (
    <section aria-label={title}>
      <Title order={3} mb={4}>
        {title}
      </Title>
      {before === after ? (
        <Text size="xs" c="dimmed">
          {t('prompt.sameText')}
        </Text>
      ) : (
        <div className={`verbatim ${classes.part}`}>
          <DiffText before={before} after={after} />
        </div>
      )}
    </section>
  )
}
