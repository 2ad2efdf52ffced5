import { Pill, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { memo, useState, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { CandidateFilter } from '../../../../../shared/review'
import { shell } from '../../../app/state/shell'
import { KeyHint } from '../../../app/keys/KeyHint'
import { SecondReviewSwitch } from '../../quality/SecondReviewSwitch'
import { languageName } from '../../table/languageName'
import { leaveSimilar } from '../../table/tableState'
import { FilterMenu } from './FilterMenu'
import { filterNames, nameOf, partsOf, statesOf, withPart, type FilterName, type FilterPart } from './filters'
import { wordsOf } from '../panels/RejectPanel'
import classes from '../review.module.css'

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
  const { t, i18n } = useTranslation()
  const chipWords = (
    {
      runId = 0,
      promptVersionId = 0,
      kind = 'detail',
      origin = 'human',
      flagged = 'any',
      tag = '',
      reason = '',
      reviewer = '',
      decidedFrom,
      decidedBefore,
      look = 'second',
      language = '',
      similarTo = 0,
    }: CandidateFilter,
    part: FilterPart,
  ) => {
    const day = (time = 0) => new Date(time).toLocaleDateString(i18n.language)
    const words: Readonly<Record<FilterPart, string>> = {
      runId: t('review.ofRun', { id: runId }),
      promptVersionId: t('review.promptVersion', { id: promptVersionId }),
      itemId: t('review.ofItem'),
      kind: t(`prompt.kinds.${kind}`),
      origin: t('review.chips.origin', { origin: t(`review.origins.${origin}`) }),
      flagged: t(`review.flagFilters.${flagged}`),
      tag: t('review.chips.tag', { tag }),
      commented: t('review.filterParts.commented'),
      reason: wordsOf(reason, t),
      reviewer: t('review.chips.reviewer', { reviewer }),
      decidedFrom: t('review.chips.decidedFrom', { day: day(decidedFrom) }),
      decidedBefore: t('review.chips.decidedBefore', { day: day(decidedBefore) }),
      exemplarId: t('review.chips.exemplarId'),
      look: t(look === 'second' ? 'quality.secondLook' : 'quality.disagreements'),
      language: t('table.languageChip', { language: languageName(language || 'und', t) }),
      similarTo: t('table.similarTo', { id: similarTo }),
    }
    return words[part]
  }
  return (
    <>
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
      <SecondReviewSwitch look={filter.look} onShow={(wanted) => (show(wanted), onLeave())} />
      <FilterMenu filter={filter} onShow={show} onLeave={onLeave} />
      {partsOf(filter).length > 0 && (
        <div className={classes.chips}>
          {partsOf(filter).map((part) => (
            <Pill
              key={part}
              withRemoveButton
              removeButtonProps={{
                'aria-label': t('review.removeFilter', { filter: chipWords(filter, part) }),
                'aria-hidden': false,
                tabIndex: 0,
              }}
              onRemove={() => (part === 'similarTo' ? leaveSimilar() : show(withPart(filter, { [part]: undefined })))}
            >
              {chipWords(filter, part)}
            </Pill>
          ))}
        </div>
      )}
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
