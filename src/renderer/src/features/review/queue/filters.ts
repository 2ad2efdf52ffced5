import type { CandidateFilter } from '../../../../../shared/review'
import type { CandidateState } from '../../../../../shared/domain'

export const filterNames = ['pending', 'all', 'accepted', 'edited', 'rejected', 'ignored', 'approved'] as const
export type FilterName = (typeof filterNames)[number]

/** Returns the states that a named filter includes. An empty array means all states. */
export function statesOf(name: FilterName): CandidateState[] {
  if (name === 'all') return []
  return name === 'approved' ? ['accepted', 'edited'] : [name]
}

/** Returns the named filter with the same states, or null if another screen set a different combination. */
export function nameOf({ states }: CandidateFilter): FilterName | null {
  const wanted = (states ?? []).toSorted().join()
  return filterNames.find((name) => statesOf(name).toSorted().join() === wanted) ?? null
}

/** Filter properties that are shown as chips: all except states and search text. */
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

/** Returns a filter with some properties changed. Undefined properties are removed. */
export function withPart(filter: CandidateFilter, part: Partial<CandidateFilter>): CandidateFilter {
  return Object.fromEntries(Object.entries({ ...filter, ...part }).filter(([, value]) => value !== undefined))
}

/** Props of selects in the filter menu. The dropdown is not in a portal, because a click outside the menu would close the menu. */
export const filterSelect = { size: 'xs', clearable: true, comboboxProps: { withinPortal: false } } as const
