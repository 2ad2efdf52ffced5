import { Button, SegmentedControl, Select, Switch, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconColumns2 } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ComparisonRequest, PromptState, SideRequest } from '../../../../../shared/contract'
import { maxComparedItems, maxSeed, type ItemChoice } from '../../../../../shared/domain'
import { useCall, useCallMutation } from '../../../api/queries'
import { NumberField } from '../../../components/fields/NumberField'
import { ProblemNotice } from '../../../components/ProblemNotice'
import { shell } from '../../../app/state/shell'
import { sameText, type ShownPrompt } from '../promptDraft'
import { versionTitle } from '../versionTitle'
import { openComparison } from './compareState'
import { EarlierComparisons } from './EarlierComparisons'
import { ItemsField } from './ItemsField'
import { PlanText } from './PlanText'
import classes from './Compare.module.css'

interface Props {
  readonly stored: PromptState
  readonly shown: ShownPrompt
}

const choices = ['first', 'random', 'picked'] as const
type Choice = (typeof choices)[number]
const draft = 'draft'

/**
 * Setup of a comparison: two texts, the items, and the estimated effort before anything is sent. Next to it are the earlier comparisons.
 */
export function CompareSetup({ stored, shown }: Props) {
  const { t } = useTranslation()
  const isEdited = !sameText(shown.text, stored.current)
  const [, before] = stored.versions.toSorted((one, other) => other.id - one.id)
  const [first, setFirst] = useState(String(isEdited ? stored.current.id : (before?.id ?? stored.current.id)))
  const [second, setSecond] = useState(isEdited ? draft : String(stored.current.id))
  const [choice, setChoice] = useState<Choice>('first')
  const [count, setCount] = useState(5)
  const [seed, setSeed] = useState(1)
  const shownItem = shell.use((state) => state.itemId)
  const [picked, setPicked] = useState<readonly number[]>(shownItem === null ? [] : [shownItem])
  const [blind, setBlind] = useState(true)
  const start = useCallMutation('comparison.start', { onSuccess: ({ id }) => openComparison(id), onError: () => undefined })
  const label = useId()

  const sideOf = (value: string): SideRequest => (value === draft ? { text: shown.text } : { versionId: Number(value) })
  const items: ItemChoice =
    choice === 'picked'
      ? { kind: 'picked', itemIds: [...picked] }
      : choice === 'random'
        ? { kind: 'random', count, seed }
        : { kind: 'first', count }
  const request: ComparisonRequest = { first: sideOf(first), second: sideOf(second), items, settings: shown.settings, blind }
  const isComplete = first !== second && (choice !== 'picked' || picked.length > 0)
  const [settled] = useDebouncedValue(JSON.stringify(request), 200)
  const plan = useCall('comparison.plan', JSON.parse(settled) as ComparisonRequest, {
    enabled: isComplete,
    placeholderData: keepPreviousData,
    gcTime: 0,
    staleTime: 0,
  })
  const data = [
    ...(isEdited ? [{ value: draft, label: t('compare.draft') }] : []),
    ...stored.versions
      .toSorted((one, other) => other.id - one.id)
      .map((version) => ({ value: String(version.id), label: versionTitle(t, version) })),
  ]
  const select = (name: 'first' | 'second', value: string, onChange: (value: string) => void) => (
    <Select
      label={t(`compare.${name}`)}
      data={data}
      value={value}
      allowDeselect={false}
      description={name === 'second' && data.length === 1 ? t('compare.oneVersion') : undefined}
      error={name === 'second' && first === second && data.length > 1 ? t('compare.chooseTwoVersions') : undefined}
      onChange={(chosen) => chosen && onChange(chosen)}
    />
  )
  return (
    <div className={classes.setup}>
      <section className={classes.form} aria-label={t('compare.title')}>
        <Title order={2}>{t('compare.title')}</Title>
        <div className={classes.two}>
          {select('first', first, setFirst)}
          {select('second', second, setSecond)}
        </div>
        <div>
          <Text size="sm" fw={500} mb={4} id={label}>
            {t('compare.which')}
          </Text>
          <SegmentedControl
            className={classes.choices}
            aria-labelledby={label}
            value={choice}
            onChange={(value) => setChoice(choices.find((known) => known === value) ?? 'first')}
            data={[
              { value: 'first', label: t('compare.whichFirst') },
              { value: 'random', label: t('compare.whichRandom') },
              { value: 'picked', label: t('compare.whichPicked') },
            ]}
          />
        </div>
        {choice === 'picked' ? (
          <ItemsField itemIds={picked} onChange={setPicked} />
        ) : (
          <div className={classes.two}>
            <NumberField label={t('compare.count')} value={count} min={1} max={maxComparedItems} onValue={setCount} />
            {choice === 'random' && <NumberField label={t('compare.seed')} value={seed} min={0} max={maxSeed} onValue={setSeed} />}
          </div>
        )}
        <Switch
          label={t('compare.blind')}
          description={t('compare.blindHint')}
          checked={blind}
          onChange={(event) => setBlind(event.currentTarget.checked)}
        />
        {isComplete && plan.error && <ProblemNotice error={plan.error} onRetry={() => void plan.refetch()} />}
        {start.error && <ProblemNotice error={start.error} />}
        <div className={classes.begin}>
          <Button
            leftSection={<IconColumns2 size={16} aria-hidden />}
            disabled={!isComplete || plan.error !== null}
            loading={start.isPending}
            onClick={() => start.mutate(request)}
          >
            {t('compare.start')}
          </Button>
          {isComplete && plan.data && <PlanText plan={plan.data} />}
        </div>
      </section>
      <EarlierComparisons />
    </div>
  )
}
