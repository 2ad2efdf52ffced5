import { Group, Select, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { candidateFilterSchema, type CandidateFilter } from '../../../../shared/review'
import { useCall } from '../../api/queries'
import { filterSelect } from '../review/queue/filters'
import { datesOf, dayOf, dayText, presetOf, presets, type Preset } from './datePresets'
import { languageName } from './languageName'

const kinds = ['conversation', 'detail', 'reasoning'] as const

interface Props {
  readonly filter: CandidateFilter
  readonly onSet: (part: Partial<CandidateFilter>) => void
}

/** What a filter narrows to by language, kind, day of the decision and exemplar. */
export function MoreFilterFields({ filter, onSet }: Props) {
  const { t } = useTranslation()
  const [now] = useState(Date.now)
  const named = useCall('language.list', {}, { staleTime: 0, refetchInterval: ({ state }) => (state.data?.waiting ? 2000 : false) }).data
  const exemplars = useCall('exemplar.list', { limit: 200 }).data ?? []
  const languages = [...new Set([...(named?.languages ?? []), ...(filter.language ? [filter.language] : [])])]
  return (
    <>
      <Group grow gap="xs">
        <Select
          {...filterSelect}
          searchable
          label={t('table.language')}
          value={filter.language ?? null}
          data={languages.map((value) => ({ value, label: languageName(value, t) }))}
          onChange={(value) => onSet({ language: value ?? undefined })}
        />
        <Select
          {...filterSelect}
          label={t('table.kind')}
          value={filter.kind ?? null}
          data={kinds.map((value) => ({ value, label: t(`prompt.kinds.${value}`) }))}
          onChange={(value) => onSet({ kind: candidateFilterSchema.shape.kind.parse(value ?? undefined) })}
        />
      </Group>
      {named && named.waiting > 0 && (
        <Text size="xs" c="dimmed" className="numbers">
          {t('table.waiting', { count: named.waiting })}
        </Text>
      )}
      <Select
        {...filterSelect}
        label={t('table.dates')}
        placeholder={t('table.datesHint')}
        value={presetOf(filter, now)}
        data={presets.map((value) => ({ value, label: t(`table.presets.${value}`) }))}
        onChange={(value) => onSet(datesOf(value as Preset | null, now))}
      />
      <Group grow gap="xs">
        <TextInput
          size="xs"
          type="date"
          label={t('table.decidedFrom')}
          value={dayText(filter.decidedFrom)}
          onChange={({ currentTarget }) => onSet({ decidedFrom: dayOf(currentTarget.value) })}
        />
        <TextInput
          size="xs"
          type="date"
          label={t('table.decidedBefore')}
          value={dayText(filter.decidedBefore)}
          onChange={({ currentTarget }) => onSet({ decidedBefore: dayOf(currentTarget.value) })}
        />
      </Group>
      <Select
        {...filterSelect}
        searchable
        label={t('table.exemplar')}
        value={filter.exemplarId?.toString() ?? null}
        data={exemplars.map(({ candidate: { id, instruction } }) => ({
          value: String(id),
          label: t('table.exemplarOption', { id, instruction }),
        }))}
        onChange={(value) => onSet({ exemplarId: value === null ? undefined : Number(value) })}
      />
    </>
  )
}
