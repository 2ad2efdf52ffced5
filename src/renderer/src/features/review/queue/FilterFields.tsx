import { CloseButton, Select, Text, TextInput } from '@mantine/core'
import { DateInput } from '@mantine/dates'
import '@mantine/dates/styles.css'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { candidateFilterSchema, defaultReviewSettings, type CandidateFilter } from '../../../../../shared/review'
import { useCall } from '../../../api/queries'
import { datesOf, dayOf, dayText, presetOf, presets, type Preset } from '../../table/datePresets'
import { languageName } from '../../table/languageName'
import { wordsOf } from '../panels/RejectPanel'
import classes from '../flow.module.css'
import { filterSelect, withPart } from './filters'

/** Fields that can be added, with the filter properties that each of them sets. */
const fields = {
  flagged: ['flagged'],
  tag: ['tag'],
  reason: ['reason'],
  promptVersionId: ['promptVersionId'],
  runId: ['runId'],
  reviewer: ['reviewer'],
  origin: ['origin'],
  commented: ['commented'],
  language: ['language'],
  kind: ['kind'],
  dates: ['decidedFrom', 'decidedBefore'],
  exemplarId: ['exemplarId'],
} as const satisfies Record<string, readonly (keyof CandidateFilter)[]>
type Field = keyof typeof fields
const fieldNames = Object.keys(fields) as Field[]

interface Props {
  readonly filter: CandidateFilter
  readonly onShow: (filter: CandidateFilter) => void
}

/** Shows a field for each filter in use, and a select to add more filters. */
export function FilterFields({ filter, onShow }: Props) {
  const { t } = useTranslation()
  const [added, setAdded] = useState<readonly Field[]>([])
  const isUsed = (field: Field) => added.includes(field) || fields[field].some((part) => filter[part] !== undefined)
  const set = (part: Partial<CandidateFilter>) => onShow(withPart(filter, part))
  const remove = (field: Field) => {
    setAdded(added.filter((one) => one !== field))
    set(Object.fromEntries(fields[field].map((part) => [part, undefined])))
  }
  const add = (field: Field) => {
    setAdded([...added, field])
    if (field === 'commented') set({ commented: true })
  }
  return (
    <>
      {fieldNames.filter(isUsed).map((field) => (
        <div key={field} className={classes.filterField}>
          <FilterField field={field} filter={filter} isNew={added.includes(field)} onSet={set} />
          <CloseButton
            size="sm"
            aria-label={t('review.removeFilter', { filter: t(`review.filterParts.${field}`) })}
            onClick={() => remove(field)}
          />
        </div>
      ))}
      <Select
        size="xs"
        searchable
        label={t('review.addFilter')}
        placeholder={t('review.addFilterHint')}
        value={null}
        data={fieldNames.filter((field) => !isUsed(field)).map((value) => ({ value, label: t(`review.filterParts.${value}`) }))}
        comboboxProps={{ withinPortal: false }}
        onChange={(value) => value && add(value as Field)}
      />
    </>
  )
}

interface FieldProps {
  readonly field: Field
  readonly filter: CandidateFilter
  /** Whether the field was just added, so that it takes the focus. */
  readonly isNew: boolean
  readonly onSet: (part: Partial<CandidateFilter>) => void
}

function FilterField({ field, filter, isNew, onSet }: FieldProps): ReactNode {
  const { t } = useTranslation()
  const label = t(`review.filterParts.${field}`)
  const shared = { ...filterSelect, clearable: false, label, 'data-autofocus': isNew || undefined, autoFocus: isNew }
  switch (field) {
    case 'flagged':
      return (
        <Select
          {...shared}
          value={filter.flagged ?? null}
          data={(['any', 'mine'] as const).map((value) => ({ value, label: t(`review.flagFilters.${value}`) }))}
          onChange={(value) => onSet({ flagged: candidateFilterSchema.shape.flagged.parse(value ?? undefined) })}
        />
      )
    case 'origin':
      return (
        <Select
          {...shared}
          value={filter.origin ?? null}
          data={(['human', 'model', 'import'] as const).map((value) => ({ value, label: t(`review.origins.${value}`) }))}
          onChange={(value) => onSet({ origin: candidateFilterSchema.shape.origin.parse(value ?? undefined) })}
        />
      )
    case 'kind':
      return (
        <Select
          {...shared}
          value={filter.kind ?? null}
          data={(['conversation', 'detail', 'reasoning'] as const).map((value) => ({ value, label: t(`prompt.kinds.${value}`) }))}
          onChange={(value) => onSet({ kind: candidateFilterSchema.shape.kind.parse(value ?? undefined) })}
        />
      )
    case 'commented':
      return <Text>{label}</Text>
    case 'reviewer':
      return (
        <TextInput
          size="xs"
          label={label}
          autoFocus={isNew}
          value={filter.reviewer ?? ''}
          maxLength={200}
          onChange={(event) => onSet({ reviewer: event.currentTarget.value || undefined })}
        />
      )
    case 'dates':
      return <DateFields filter={filter} onSet={onSet} />
    case 'tag':
    case 'reason':
    case 'promptVersionId':
    case 'runId':
    case 'language':
    case 'exemplarId':
      return <KnownValueField {...shared} field={field} filter={filter} onSet={onSet} />
  }
}

type KnownField = 'tag' | 'reason' | 'promptVersionId' | 'runId' | 'language' | 'exemplarId'

interface KnownProps extends Omit<FieldProps, 'isNew' | 'field'> {
  readonly field: KnownField
  readonly label: string
}

/** Select with the values that occur in the project. */
function KnownValueField({ field, filter, onSet, ...select }: KnownProps) {
  const { t } = useTranslation()
  const { data, waiting } = useKnownValues(field, filter)
  const isNumber = field === 'promptVersionId' || field === 'runId' || field === 'exemplarId'
  return (
    <div>
      <Select
        {...select}
        searchable
        value={filter[field]?.toString() ?? null}
        data={data}
        nothingFoundMessage={field === 'tag' ? t('review.noTags') : t('review.nothingKnown')}
        onChange={(value) => onSet({ [field]: value === null ? undefined : isNumber ? Number(value) : value })}
      />
      {waiting > 0 && (
        <Text size="xs" c="dimmed" className="numbers">
          {t('table.waiting', { count: waiting })}
        </Text>
      )}
    </div>
  )
}

interface KnownValues {
  readonly data: readonly { readonly value: string; readonly label: string }[]
  /** Number of pairs whose language is still being detected. */
  readonly waiting: number
}

function useKnownValues(field: KnownField, filter: CandidateFilter): KnownValues {
  const { t, i18n } = useTranslation()
  const { reasons } = useCall('review.settings', {}, { enabled: field === 'reason' }).data ?? defaultReviewSettings
  const tags = useCall('marks.tags', {}, { enabled: field === 'tag' }).data ?? []
  const versions = useCall('prompt.get', {}, { enabled: field === 'promptVersionId' }).data?.versions ?? []
  const runs = useCall('run.list', {}, { enabled: field === 'runId' }).data ?? []
  const exemplars = useCall('exemplar.list', { limit: 200 }, { enabled: field === 'exemplarId' }).data ?? []
  const named = useCall(
    'language.list',
    {},
    { enabled: field === 'language', staleTime: 0, refetchInterval: ({ state }) => (state.data?.waiting ? 2000 : false) },
  ).data
  switch (field) {
    case 'reason':
      return { data: reasons.map((value) => ({ value, label: wordsOf(value, t) })), waiting: 0 }
    case 'tag':
      return { data: tags.map((value) => ({ value, label: value })), waiting: 0 }
    case 'promptVersionId':
      return { data: versions.map(({ id }) => ({ value: String(id), label: t('review.promptVersion', { id }) })), waiting: 0 }
    case 'runId':
      return {
        data: runs.map(({ run: { id, createdAt } }) => ({
          value: String(id),
          label: `${t('review.ofRun', { id })} · ${new Date(createdAt).toLocaleDateString(i18n.language)}`,
        })),
        waiting: 0,
      }
    case 'exemplarId':
      return {
        data: exemplars.map(({ candidate: { id, instruction } }) => ({
          value: String(id),
          label: t('table.exemplarOption', { id, instruction }),
        })),
        waiting: 0,
      }
    case 'language':
      return {
        data: [...new Set([...(named?.languages ?? []), ...(filter.language ? [filter.language] : [])])].map((value) => ({
          value,
          label: languageName(value, t),
        })),
        waiting: named?.waiting ?? 0,
      }
  }
}

/** Fields for the date of the decision: a preset, or a start date and an exclusive end date. */
function DateFields({ filter, onSet }: Pick<FieldProps, 'filter' | 'onSet'>) {
  const { t, i18n } = useTranslation()
  const [now] = useState(Date.now)
  const day = (part: 'decidedFrom' | 'decidedBefore') => (
    <DateInput
      size="xs"
      clearable
      label={t(`table.${part}`)}
      placeholder={new Date(now).toLocaleDateString(i18n.language)}
      value={dayText(filter[part]) || null}
      valueFormat="YYYY-MM-DD"
      locale={i18n.language.split('-')[0]}
      popoverProps={{ withinPortal: false }}
      onChange={(value) => onSet({ [part]: dayOf(value ?? '') })}
    />
  )
  return (
    <div className={classes.dates}>
      <Select
        {...filterSelect}
        label={t('review.filterParts.dates')}
        placeholder={t('table.datesHint')}
        value={presetOf(filter, now)}
        data={presets.map((value) => ({ value, label: t(`table.presets.${value}`) }))}
        onChange={(value) => onSet(datesOf(value as Preset | null, now))}
      />
      {day('decidedFrom')}
      {day('decidedBefore')}
    </div>
  )
}
