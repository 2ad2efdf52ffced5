import { Pill, Progress, Select, TextInput, Tooltip } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { memo, useState, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { CandidateFilter } from '../../../../shared/contract'
import type { Counts } from '../../../../shared/domain'
import { shell } from '../../state/shell'
import { KeyHint } from '../keys/KeyHint'
import { filterNames, nameOf, statesOf, type FilterName } from './filters'
import classes from './review.module.css'
import { VerdictMark } from './VerdictMark'

const SEARCH_MS = 200
const shownCounts = ['accepted', 'edited', 'rejected', 'ignored'] as const

interface Props {
  readonly filter: CandidateFilter
  readonly position: number
  readonly total: number | null
  readonly read: number
  readonly counts: Counts | null
  readonly perHour: number | null
  /** what was done last */
  readonly said: string
  readonly searchField: Ref<HTMLInputElement>
  /** the keys belong to the pair again */
  readonly onLeave: () => void
}

const show = (reviewFilter: CandidateFilter) => shell.set({ reviewFilter })

/** Where the reviewer is in the queue, what has been decided, and what the queue is narrowed to. */
export const QueueStrip = memo(function QueueStrip({ filter, position, total, read, counts, perHour, said, searchField, onLeave }: Props) {
  const { t } = useTranslation()
  const name = nameOf(filter)
  const all = counts ? counts.pending + counts.accepted + counts.edited + counts.rejected + counts.ignored : 0
  const place = Math.min(position, total ?? position)
  return (
    <section className={classes.strip} aria-label={t('review.strip')}>
      <span className={`${classes.position} numbers`}>
        {total === null ? t('review.positionOpen', { position, read }) : t('review.position', { position: place, total })}
      </span>
      <Progress
        className={classes.progress}
        size="sm"
        transitionDuration={0}
        value={counts && all > 0 ? (100 * (all - counts.pending)) / all : 0}
        aria-label={t('review.progress')}
      />
      {counts && shownCounts.map((state) => <VerdictMark key={state} state={state} count={counts[state]} />)}
      {perHour !== null && (
        <Tooltip label={t('review.rateHint')} multiline w={260}>
          <span className={`${classes.rate} numbers`}>{t('review.rate', { count: perHour })}</span>
        </Tooltip>
      )}
      <span className={classes.said} aria-hidden>
        {said}
      </span>
      {(filter.runId ?? filter.itemId) !== undefined && (
        <Pill
          withRemoveButton
          removeButtonProps={{ 'aria-label': t('review.showAll'), 'aria-hidden': false, tabIndex: 0 }}
          onRemove={() => show({ ...(filter.states ? { states: filter.states } : {}), ...(filter.query ? { query: filter.query } : {}) })}
        >
          {filter.runId === undefined ? t('review.ofItem') : t('review.ofRun', { id: filter.runId })}
        </Pill>
      )}
      <Search filter={filter} field={searchField} />
      <Select
        className={classes.filter}
        size="xs"
        aria-label={t('review.filter')}
        allowDeselect={false}
        comboboxProps={{ withinPortal: true }}
        value={name}
        data={filterNames.map((value) => ({ value, label: t(`review.filters.${value}`) }))}
        onChange={(value) => value && show({ ...filter, states: statesOf(value as FilterName) })}
        onDropdownClose={onLeave}
      />
    </section>
  )
})

function Search({ filter, field }: { readonly filter: CandidateFilter; readonly field: Ref<HTMLInputElement> }) {
  const { t } = useTranslation()
  const asked = filter.query ?? ''
  const [typed, setTyped] = useState({ over: asked, text: asked })
  // What another screen asks for replaces what was typed here before.
  const text = asked === typed.over || asked === typed.text.trim() ? typed.text : asked
  const search = useDebouncedCallback((words: string) => {
    const { query: _, ...rest } = shell.get().reviewFilter
    show(words ? { ...rest, query: words } : rest)
  }, SEARCH_MS)
  return (
    <TextInput
      ref={field}
      className={classes.search}
      size="xs"
      aria-label={t('review.search')}
      placeholder={t('review.searchHint')}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={<KeyHint action="search" />}
      rightSectionPointerEvents="none"
      value={text}
      onChange={({ currentTarget }) => {
        setTyped({ over: asked, text: currentTarget.value })
        search(currentTarget.value.trim())
      }}
    />
  )
}
