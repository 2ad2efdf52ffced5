import { Pill, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { memo, useState, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { CandidateFilter } from '../../../../shared/review'
import { shell } from '../../state/shell'
import { KeyHint } from '../keys/KeyHint'
import { filterNames, nameOf, statesOf, type FilterName } from './filters'
import classes from './review.module.css'

const SEARCH_MS = 200

interface Props {
  readonly filter: CandidateFilter
  readonly searchField: Ref<HTMLInputElement>
  /** the keys belong to the pair again */
  readonly onLeave: () => void
}

const show = (reviewFilter: CandidateFilter) => shell.set({ reviewFilter })

/** What the queue is narrowed to: a state, words, or what another screen asked for. */
export const QueueFilters = memo(function QueueFilters({ filter, searchField, onLeave }: Props) {
  const { t } = useTranslation()
  return (
    <>
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
        value={nameOf(filter)}
        data={filterNames.map((value) => ({ value, label: t(`review.filters.${value}`) }))}
        onChange={(value) => value && show({ ...filter, states: statesOf(value as FilterName) })}
        onDropdownClose={onLeave}
      />
    </>
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
