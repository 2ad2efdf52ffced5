import { Pill, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { memo, useState, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { CandidateFilter } from '../../../../../shared/review'
import { shell } from '../../../app/state/shell'
import { KeyHint } from '../../../app/keys/KeyHint'
import { languageName } from '../../table/languageName'
import { leaveSimilar } from '../../table/tableState'
import { partsOf, withPart, type FilterPart } from './filters'
import { wordsOf } from '../panels/RejectPanel'
import classes from '../review.module.css'

const SEARCH_MS = 200

export const showFilter = (reviewFilter: CandidateFilter) => shell.set({ reviewFilter })

/** Shows a removable chip for each active filter except state and search text. Renders nothing without such filters. */
export const FilterChips = memo(function FilterChips({ filter }: { readonly filter: CandidateFilter }) {
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
  const parts = partsOf(filter)
  if (parts.length === 0) return null
  return (
    <div className={classes.chips}>
      {parts.map((part) => (
        <Pill
          key={part}
          withRemoveButton
          removeButtonProps={{
            'aria-label': t('review.removeFilter', { filter: chipWords(filter, part) }),
            'aria-hidden': false,
            tabIndex: 0,
          }}
          onRemove={() => (part === 'similarTo' ? leaveSimilar() : showFilter(withPart(filter, { [part]: undefined })))}
        >
          {chipWords(filter, part)}
        </Pill>
      ))}
    </div>
  )
})

interface SearchProps {
  readonly filter: CandidateFilter
  readonly field: Ref<HTMLInputElement>
}

/** Search field that filters the queue while the user types. */
export function PairSearch({ filter, field }: SearchProps) {
  const { t } = useTranslation()
  const asked = filter.query ?? ''
  const [typed, setTyped] = useState({ over: asked, text: asked })
  // A query set by another screen replaces the typed text.
  const text = asked === typed.over || asked === typed.text.trim() ? typed.text : asked
  const search = useDebouncedCallback((words: string) => {
    const { query: _, ...rest } = shell.get().reviewFilter
    showFilter(words ? { ...rest, query: words } : rest)
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
