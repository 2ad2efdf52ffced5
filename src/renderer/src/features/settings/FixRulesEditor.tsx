import { Button, Checkbox, Group, Select, Stack, Switch, Text, TextInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fixRuleSchema, maxFixRules, type FixPreview, type FixRule } from '../../../../shared/editing'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCall } from '../../api/queries'
import { DiffExcerpt } from '../review/pair/DiffText'
import { useEngine } from '../review/session/useFixes'
import classes from './Settings.module.css'
import { ShownText } from '../../components/text/ShownText'

const newRule: FixRule = { name: '', pattern: '', flags: '', replacement: '', part: 'both', on: true }
const PAUSE_MS = 300

interface Props {
  readonly rules: readonly FixRule[]
  readonly onSave: (rules: FixRule[]) => void
}

/**
 * Editor of the project's find-and-replace rules. Shows what each rule would currently change in the pending pairs, also while it is being
 * edited.
 */
export function FixRulesEditor({ rules, onSave }: Props) {
  const { t } = useTranslation()
  /** The edited rule; its index is the length of the list for a new rule. */
  const [edited, setEdited] = useState<{ readonly index: number; readonly rule: FixRule } | null>(null)
  const shown = edited ? [...rules.slice(0, edited.index), edited.rule, ...rules.slice(edited.index + 1)] : rules
  const [asked] = useDebouncedValue(shown, PAUSE_MS)
  const complete = asked.filter((rule) => fixRuleSchema.safeParse({ ...rule, name: rule.name || '…' }).success)
  const preview = useCall(
    'fix.preview',
    { rules: complete.map((rule) => ({ ...rule, name: rule.name.trim() || '…' })) },
    { enabled: complete.length > 0, staleTime: 0, placeholderData: (before) => before },
  )
  const reportOf = (rule: FixRule | undefined) => {
    const place = rule ? complete.indexOf(rule) : -1
    return preview.isPlaceholderData ? undefined : preview.data?.rules[place]
  }
  const save = (index: number, rule: FixRule) => {
    onSave([...rules.slice(0, index), rule, ...rules.slice(index + 1)])
    setEdited(null)
  }
  return (
    <Stack gap="xs" data-setting={t('editing.rules')}>
      <Title order={3}>{t('editing.rules')}</Title>
      <Text size="sm" c="dimmed">
        {t('editing.rulesHint')}
      </Text>
      {rules.length === 0 && !edited && <Text size="sm">{t('editing.noRules')}</Text>}
      <ul className={classes.rules} aria-label={t('editing.rules')}>
        {shown.map((rule, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- rules are told apart by their place
          <li key={index} className={classes.rule}>
            {edited?.index === index ? (
              <RuleFields
                rule={edited.rule}
                taken={rules.filter((_, at) => at !== index).map(({ name }) => name)}
                onChange={(changed) => setEdited({ index, rule: changed })}
                onSave={(saved) => save(index, saved)}
                onCancel={() => setEdited(null)}
              />
            ) : (
              <Group gap="xs">
                <Switch
                  size="xs"
                  label={rule.name}
                  aria-label={t('editing.rule.on', { name: rule.name })}
                  checked={rule.on}
                  onChange={(event) => save(index, { ...rule, on: event.currentTarget.checked })}
                />
                <code className="verbatim">
                  <ShownText text={rule.pattern} />
                </code>
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={t('editing.rule.editOf', { name: rule.name })}
                  onClick={() => setEdited({ index, rule })}
                >
                  {t('editing.rule.edit')}
                </Button>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  color="gray"
                  aria-label={t('editing.rule.removeOf', { name: rule.name })}
                  onClick={() => onSave(rules.filter((_, at) => at !== index))}
                >
                  {t('editing.rule.remove')}
                </Button>
              </Group>
            )}
            <RulePreview report={reportOf(asked[index])} looked={preview.data?.looked ?? 0} complete={preview.data?.complete ?? true} />
          </li>
        ))}
      </ul>
      {preview.error && <ProblemNotice error={preview.error} onRetry={() => void preview.refetch()} />}
      <Text size="xs" c="dimmed" role="status">
        {preview.isFetching ? t('editing.previewing') : ''}
      </Text>
      {!edited && rules.length < maxFixRules && (
        <Group>
          <Button size="xs" variant="default" onClick={() => setEdited({ index: rules.length, rule: newRule })}>
            {t('editing.newRule')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

interface FieldsProps {
  readonly rule: FixRule
  /** Names of the other rules. */
  readonly taken: readonly string[]
  readonly onChange: (rule: FixRule) => void
  readonly onSave: (rule: FixRule) => void
  readonly onCancel: () => void
}

const flags = ['i', 'm', 's'] as const

function RuleFields({ rule, taken, onChange, onSave, onCancel }: FieldsProps) {
  const { t } = useTranslation()
  const engine = useEngine(true)
  const fault = rule.pattern ? (engine?.faultOf(rule) ?? null) : null
  const name = rule.name.trim()
  const isTaken = taken.includes(name)
  const ready = engine !== null && fault === null && name !== '' && !isTaken && rule.pattern !== ''
  const set = (part: Partial<FixRule>) => onChange({ ...rule, ...part })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) onSave({ ...rule, name })
      }}
    >
      <Stack gap="xs">
        <TextInput
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the fields were asked for
          autoFocus
          size="xs"
          label={t('editing.rule.name')}
          maxLength={60}
          value={rule.name}
          error={isTaken ? t('editing.rule.sameName') : null}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput
          size="xs"
          ff="monospace"
          label={t('editing.rule.pattern')}
          maxLength={500}
          value={rule.pattern}
          error={fault === null ? null : t('editing.rule.fault', { fault })}
          onChange={(event) => set({ pattern: event.currentTarget.value })}
        />
        <TextInput
          size="xs"
          ff="monospace"
          label={t('editing.rule.replacement')}
          description={t('editing.rule.replacementHint')}
          maxLength={500}
          value={rule.replacement}
          onChange={(event) => set({ replacement: event.currentTarget.value })}
        />
        <Select
          size="xs"
          label={t('editing.rule.part')}
          allowDeselect={false}
          value={rule.part}
          data={fixRuleSchema.shape.part.options.map((value) => ({ value, label: t(`editing.rule.parts.${value}`) }))}
          onChange={(value) => set({ part: fixRuleSchema.shape.part.parse(value) })}
        />
        <Checkbox.Group
          size="xs"
          label={t('editing.rule.flags')}
          value={[...rule.flags]}
          onChange={(chosen) => set({ flags: flags.filter((flag) => chosen.includes(flag)).join('') })}
        >
          <Group gap="sm">
            {flags.map((flag) => (
              <Checkbox key={flag} size="xs" value={flag} label={t(`editing.rule.flag.${flag}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        <Group gap="xs" className={classes.ruleButtons}>
          <Button size="xs" type="submit" disabled={!ready}>
            {t('editing.rule.save')}
          </Button>
          <Button size="xs" variant="subtle" color="gray" onClick={onCancel}>
            {t('editing.rule.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface PreviewProps {
  readonly report: FixPreview['rules'][number] | undefined
  readonly looked: number
  readonly complete: boolean
}

function RulePreview({ report, looked, complete }: PreviewProps) {
  const { t } = useTranslation()
  if (!report || report.fault !== null) return null
  const { changes, examples } = report
  return (
    <div className={classes.rulePreview} role="group" aria-label={t('editing.preview')}>
      <Text size="xs" className="numbers">
        {complete ? t('editing.changes', { count: changes }) : t('editing.changesAtLeast', { count: changes, looked })}
      </Text>
      {examples.map(({ candidateId, itemSourceId, part, before, after }) => (
        <p key={candidateId} className="verbatim">
          <Text span size="xs" c="dimmed">
            {t('editing.example', { item: itemSourceId, part: t(`review.${part}`) })}
          </Text>
          <br />
          <DiffExcerpt before={before} after={after} />
        </p>
      ))}
    </div>
  )
}
