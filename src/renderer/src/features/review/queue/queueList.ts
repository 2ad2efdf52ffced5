import type { CandidateCursor } from '../../../../../shared/contract'
import type { Candidate } from '../../../../../shared/domain'
import type { CandidateFilter, ListOrder, QueueCursor, QueueOrder } from '../../../../../shared/review'
import { IdMap } from './idMap'

/** Candidates kept in memory on either side of the one on the screen; beyond them only ids stay. */
export const KEPT_BEHIND = 300
const KEPT_AT_MOST = 4 * KEPT_BEHIND

/**
 * The candidates of one filter in review order, as far as they have been read. Decided ones keep their place, so that going back finds
 * them. Immutable: every function returns the changed list, or the same list where nothing changes.
 */
export interface QueueList {
  /** distinguishes lists of the same filter: an answer that was asked for by an earlier list is dropped */
  readonly key: number
  readonly filter: CandidateFilter
  readonly order: ListOrder
  readonly ids: readonly number[]
  /** how many entries lie before the first: the list may begin at a place in the table */
  readonly offset: number
  readonly loaded: IdMap<Candidate>
  /** all ids of the list: pages must not bring them again */
  readonly knownIds: IdMap<true>
  /** place of the candidate on the screen; `ids.length` is the place after the last */
  readonly index: number
  /** a pair of the same item that is shown instead of the entry at `index`, which keeps the place */
  readonly siblingId: number | null
  /** skipped in this list: they join it behind its last entry once that has been passed */
  readonly skippedHere: readonly number[]
  /** what the reviewer has skipped, in this list and those before it */
  readonly skipped: ReadonlySet<number>
  /** entries in all, as counted in the store; null where it was not asked */
  readonly expectedTotal: number | null
  /** entries that no longer match the filter's states */
  readonly unmatched: IdMap<true>
  /** where the next page begins */
  readonly cursor: CandidateCursor | QueueCursor | null
  /** entries that may have been changed elsewhere since they were read */
  readonly outdated: ReadonlySet<number>
  /** whether the last page has been read */
  readonly isComplete: boolean
  /** whether the last page has been read once, before something may have been added */
  readonly hasReachedEnd: boolean
  /** something was added to the project since reading began, perhaps before the cursor: at the end it is read once more from the top */
  readonly isStale: boolean
}

const importOrder: QueueOrder = { kind: 'import', seed: 1 }

/** Where in the table a list begins. */
export interface TablePlace {
  /** the place of its first entry */
  readonly first: number
  /** where it goes on behind its last */
  readonly key: CandidateCursor | QueueCursor
  /** what the table is sorted by; left out in the order of import */
  readonly order?: ListOrder
  /** how many pairs a sorted table has */
  readonly total?: number
}

interface ListStart {
  readonly key?: number
  readonly order?: ListOrder
  readonly skipped?: ReadonlySet<number>
  readonly offset?: number
}

export const createQueueList = (
  filter: CandidateFilter,
  { key = 0, order = importOrder, skipped = new Set(), offset = 0 }: ListStart = {},
): QueueList => ({
  key,
  filter,
  order,
  offset,
  ids: [],
  loaded: IdMap.empty(),
  knownIds: IdMap.empty(),
  index: 0,
  siblingId: null,
  skippedHere: [],
  skipped,
  expectedTotal: null,
  unmatched: IdMap.empty(),
  outdated: new Set(),
  cursor: null,
  isComplete: false,
  hasReachedEnd: false,
  isStale: false,
})

export const without = <T>(list: readonly T[], place: number): readonly T[] => (place < 0 ? list : list.toSpliced(place, 1))
export const withoutId = (ids: ReadonlySet<number>, id: number): ReadonlySet<number> =>
  ids.has(id) ? new Set([...ids].filter((one) => one !== id)) : ids

/** Whether a pair still belongs to the queue; one of second reviews does until the one who asks has decided on it. */
export function matches({ filter: { states, look } }: QueueList, { state }: Candidate): boolean {
  if (look !== undefined) return state === 'pending'
  return !states?.length || states.includes(state)
}

export interface QueuePart {
  readonly candidates: readonly Candidate[]
  readonly next: CandidateCursor | QueueCursor | null
  /** of an ordered queue: how many there were when it was made */
  readonly total?: number
}

/** Adds a page behind the last entry. @param after the cursor that it was read by; a list that begins anew meanwhile keeps its own */
export function appendPage(list: QueueList, page: QueuePart, after = list.cursor): QueueList {
  const fresh = page.candidates.filter(({ id }) => !list.knownIds.has(id))
  const isSkipped = ({ id }: Candidate) => list.skipped.has(id)
  const toIds = (candidates: readonly Candidate[]) => candidates.map(({ id }) => id)
  const added: QueueList = {
    ...list,
    knownIds: list.knownIds.setAll(fresh.map(({ id }) => [id, true])),
    loaded: list.loaded.setAll(fresh.map((candidate) => [candidate.id, candidate])),
    ids: [...list.ids, ...toIds(fresh.filter((candidate) => !isSkipped(candidate)))],
    skippedHere: [...list.skippedHere, ...toIds(fresh.filter(isSkipped))],
  }
  if (list.cursor !== after) return added
  const last = page.candidates.at(-1)
  const total = page.total !== undefined && after === null ? { expectedTotal: page.total + list.unmatched.size } : {}
  const passed = last && page.total === undefined ? { itemId: last.itemId, id: last.id } : list.cursor
  const read = { ...added, ...total, cursor: page.next ?? passed }
  if (page.next !== null) return read
  const restarts = list.isStale && list.offset === 0
  return requeueSkipped({
    ...read,
    hasReachedEnd: true,
    cursor: restarts ? null : read.cursor,
    isComplete: !list.isStale,
    isStale: false,
  })
}

export const currentId = (list: QueueList): number | null => list.siblingId ?? list.ids[list.index] ?? null

export function currentCandidate(list: QueueList): Candidate | null {
  const id = currentId(list)
  return id === null ? null : (list.loaded.get(id) ?? null)
}

/** Moves by some places, no further than the place after the last entry. */
export function moveBy(list: QueueList, places: number): QueueList {
  const index = Math.max(0, Math.min(list.ids.length, list.index + places))
  return dropDistant(requeueSkipped({ ...list, siblingId: null, index }))
}

/** Moves to the first entry behind this one that still matches. */
export function moveToNextMatch(list: QueueList): QueueList {
  const moved = moveBy(list, 1)
  return moved.unmatched.has(moved.ids[moved.index] ?? 0) ? moveToNextMatch(moved) : moved
}

/** Skips a pair for now; the next entry comes in its place. */
export function skipCandidate(list: QueueList, { id }: Candidate): QueueList {
  const place = list.ids.indexOf(id)
  return requeueSkipped({
    ...list,
    ids: without(list.ids, place),
    index: place >= 0 && place < list.index ? list.index - 1 : list.index,
    siblingId: null,
    knownIds: list.knownIds.set(id, true),
    skipped: new Set([...list.skipped, id]),
    skippedHere: list.skippedHere.includes(id) ? list.skippedHere : [...list.skippedHere, id],
  })
}

/** A skipped pair was decided on, or has its place again. */
export function unskip(list: QueueList, candidateId: number): QueueList {
  const place = list.skippedHere.indexOf(candidateId)
  if (place < 0 && !list.skipped.has(candidateId)) return list
  return { ...list, skippedHere: without(list.skippedHere, place), skipped: withoutId(list.skipped, candidateId) }
}

/** Behind the last entry, what was skipped comes up again, as it now is. */
export function requeueSkipped(list: QueueList): QueueList {
  const { skippedHere } = list
  if (!list.isComplete || list.index < list.ids.length || skippedHere.length === 0) return list
  return {
    ...list,
    ids: [...list.ids, ...skippedHere],
    skipped: new Set([...list.skipped].filter((id) => !skippedHere.includes(id))),
    outdated: new Set([...list.outdated, ...skippedHere]),
    skippedHere: [],
  }
}

/** Moves to a candidate; null where it is not in the list. */
export function moveTo(list: QueueList, candidateId: number): QueueList | null {
  const index = list.ids.indexOf(candidateId)
  return index < 0 ? null : dropDistant({ ...list, siblingId: null, index })
}

/** Moves to a candidate, and gives it a place before the one on the screen when it has none. */
export function showCandidate(list: QueueList, candidate: Candidate): QueueList {
  const { id } = candidate
  const free = unskip(list, id)
  const shown = moveTo(free, id) ?? {
    ...free,
    siblingId: null,
    ids: free.ids.toSpliced(free.index, 0, id),
    knownIds: free.knownIds.set(id, true),
  }
  return countUnmatched({ ...shown, loaded: shown.loaded.set(id, candidate) }, candidate)
}

/**
 * New candidates may be anywhere in the order: they join behind the last. With `changed`, an order made before has to be made anew:
 * much of it may have been decided.
 */
export function expectNew(list: QueueList, changed = false): QueueList {
  if (!list.isComplete && !(changed && list.order.kind !== 'import')) return { ...list, isStale: true }
  return { ...list, cursor: list.offset === 0 ? null : list.cursor, isComplete: false, isStale: false }
}

export const isSameCandidate = (one: Candidate | undefined, other: Candidate) =>
  one !== undefined &&
  one.state === other.state &&
  one.reason === other.reason &&
  one.turn === other.turn &&
  one.pinned === other.pinned &&
  one.pinnedReason === other.pinnedReason &&
  one.instruction === other.instruction &&
  one.response === other.response &&
  one.draft?.instruction === other.draft?.instruction &&
  one.draft?.response === other.draft?.response

/** Puts a newer version of a candidate in its place; nothing happens when the list does not hold it, or holds the same. */
export function replaceCandidate(list: QueueList, candidate: Candidate): QueueList {
  const { id } = candidate
  const held = list.loaded.get(id)
  if (held ? isSameCandidate(held, candidate) : !list.ids.includes(id)) return list
  return countUnmatched(held ? { ...list, loaded: list.loaded.set(id, candidate) } : list, candidate)
}

export function countUnmatched(list: QueueList, candidate: Candidate): QueueList {
  const { id } = candidate
  const unmatched = matches(list, candidate)
    ? list.unmatched.delete(id)
    : list.knownIds.has(id)
      ? list.unmatched.set(id, true)
      : list.unmatched
  return unmatched === list.unmatched ? list : { ...list, unmatched }
}

/** Keeps memory steady: what lies far from the screen is dropped to its id, now and then. */
function dropDistant(list: QueueList): QueueList {
  if (list.loaded.size <= KEPT_AT_MOST) return list
  const near = new Set(list.ids.slice(Math.max(0, list.index - KEPT_BEHIND), list.index + KEPT_BEHIND))
  return { ...list, loaded: list.loaded.filter((id) => near.has(id) || id === list.siblingId) }
}
