import type { CandidateFilter } from '../../../../../shared/review'
import type { CandidateState } from '../../../../../shared/domain'

export const filterNames = ['pending', 'all', 'accepted', 'edited', 'rejected', 'ignored', 'approved'] as const
export type FilterName = (typeof filterNames)[number]

/** The states that a filter of the queue strip stands for. */
export function statesOf(name: FilterName): CandidateState[] {
  if (name === 'all') return []
  return name === 'approved' ? ['accepted', 'edited'] : [name]
}

/** The filter of the queue strip that has these states; null where another screen asked for a mix of its own. */
export function nameOf({ states }: CandidateFilter): FilterName | null {
  const wanted = (states ?? []).toSorted().join()
  return filterNames.find((name) => statesOf(name).toSorted().join() === wanted) ?? null
}

/** The parts of a filter beside state and words, each of which is shown as a chip. */
const chipParts = [
  'runId',
  'promptVersionId',
  'itemId',
  'kind',
  'origin',
  'flagged',
  'tag',
  'commented',
  'reason',
  'reviewer',
  'decidedFrom',
  'decidedBefore',
  'exemplarId',
  'look',
  'language',
  'similarTo',
] as const
export type FilterPart = (typeof chipParts)[number]

export const partsOf = (filter: CandidateFilter): FilterPart[] => chipParts.filter((part) => filter[part] !== undefined)

/** With some parts changed; those that are undefined are left out. */
export function withPart(filter: CandidateFilter, part: Partial<CandidateFilter>): CandidateFilter {
  return Object.fromEntries(Object.entries({ ...filter, ...part }).filter(([, value]) => value !== undefined))
}

/** A choice in the menu of filters. Its list stays inside the menu, which a click elsewhere would close. */
export const filterSelect = { size: 'xs', clearable: true, comboboxProps: { withinPortal: false } } as const
