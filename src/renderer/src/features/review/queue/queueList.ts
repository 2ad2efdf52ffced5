import type { CandidateCursor } from '../../../../../shared/contract'
import type { Candidate } from '../../../../../shared/domain'
import type { CandidateFilter, ListOrder, QueueCursor, QueueOrder } from '../../../../../shared/review'
import { IdMap } from './idMap'

/** Number of candidates kept in memory on either side of the current one. Of the others only the IDs are kept. */
export const KEPT_BEHIND = 300
const KEPT_AT_MOST = 4 * KEPT_BEHIND

/**
 * The candidates of one filter in review order, as far as they have been read. Decided candidates keep their index, so that the reviewer
 * can go back to them. Immutable: every function returns the changed list, or the same list if nothing changes.
 */
export interface QueueList {
  /** Distinguishes lists of the same filter. Responses to requests of an earlier list are discarded. */
  readonly key: number
  readonly filter: CandidateFilter
  readonly order: ListOrder
  readonly ids: readonly number[]
  /** Number of entries before the first. It is positive if the list starts at a row of the table. */
  readonly offset: number
  readonly loaded: IdMap<Candidate>
  /** All IDs of the list, so that pages do not add them again. */
  readonly knownIds: IdMap<true>
  /** Index of the current candidate; `ids.length` if the end has been passed. */
  readonly index: number
  /** A pair of the same item that is shown instead of the entry at `index`. */
  readonly siblingId: number | null
  /** Pairs skipped in this list. They are appended once the last entry has been passed. */
  readonly skippedHere: readonly number[]
  /** Pairs that the reviewer has skipped in this list and earlier ones. */
  readonly skipped: ReadonlySet<number>
  /** Total number of entries, as counted in the store; null if not counted. */
  readonly expectedTotal: number | null
  /** Entries that no longer match the states of the filter. */
  readonly unmatched: IdMap<true>
  /** Start of the next page. */
  readonly cursor: CandidateCursor | QueueCursor | null
  /** Entries that may have been changed elsewhere since they were read. */
  readonly outdated: ReadonlySet<number>
  /** Whether the last page has been read. */
  readonly isComplete: boolean
  /** Whether the last page has been read at least once, even if candidates may have been added since. */
  readonly hasReachedEnd: boolean
  /** Whether candidates were added since reading began, perhaps before the cursor. At the end, the list is then read again from the top. */
  readonly isStale: boolean
}

const importOrder: QueueOrder = { kind: 'import', seed: 1 }

/** Position in the table at which a list starts. */
export interface TablePlace {
  /** Index of the first entry. */
  readonly first: number
  /** Cursor for the page after the last entry. */
  readonly key: CandidateCursor | QueueCursor
  /** Sort order of the table; omitted for import order. */
  readonly order?: ListOrder
  /** Number of pairs in a sorted table. */
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

/** Returns whether a pair still belongs to the queue. In a second review it does until the current reviewer has decided on it. */
export function matches({ filter: { states, look } }: QueueList, { state }: Candidate): boolean {
  if (look !== undefined) return state === 'pending'
  return !states?.length || states.includes(state)
}

export interface QueuePart {
  readonly candidates: readonly Candidate[]
  readonly next: CandidateCursor | QueueCursor | null
  /** Number of candidates in an ordered queue when it was created. */
  readonly total?: number
}

/** Appends a page. @param after the cursor with which it was read; if the cursor has changed since, the list keeps the new one */
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

/** Moves by a number of entries, at most to the index after the last entry. */
export function moveBy(list: QueueList, places: number): QueueList {
  const index = Math.max(0, Math.min(list.ids.length, list.index + places))
  return dropDistant(requeueSkipped({ ...list, siblingId: null, index }))
}

/** Moves to the next entry that still matches the filter. */
export function moveToNextMatch(list: QueueList): QueueList {
  const moved = moveBy(list, 1)
  return moved.unmatched.has(moved.ids[moved.index] ?? 0) ? moveToNextMatch(moved) : moved
}

/** Skips a pair, so that the next entry takes its index. */
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

/** Removes a pair from the skipped pairs, after it was decided on or shown again. */
export function unskip(list: QueueList, candidateId: number): QueueList {
  const place = list.skippedHere.indexOf(candidateId)
  if (place < 0 && !list.skipped.has(candidateId)) return list
  return { ...list, skippedHere: without(list.skippedHere, place), skipped: withoutId(list.skipped, candidateId) }
}

/** Appends the skipped pairs once the last entry has been passed, and marks them as outdated so that they are read again. */
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

/** Moves to a candidate. Returns null if it is not in the list. */
export function moveTo(list: QueueList, candidateId: number): QueueList | null {
  const index = list.ids.indexOf(candidateId)
  return index < 0 ? null : dropDistant({ ...list, siblingId: null, index })
}

/** Moves to a candidate, and inserts it before the current entry if it is not in the list. */
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
 * Prepares the list for new candidates, which may belong anywhere in the order and are appended at the end. With `changed`, any order
 * except import order is recomputed, because many of its pairs may have been decided.
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

/** Replaces a candidate by a newer version. Returns the same list if it does not contain the candidate, or contains the same version. */
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

/** Limits memory use: if too many candidates are loaded, drops those far from the current one and keeps only their IDs. */
function dropDistant(list: QueueList): QueueList {
  if (list.loaded.size <= KEPT_AT_MOST) return list
  const near = new Set(list.ids.slice(Math.max(0, list.index - KEPT_BEHIND), list.index + KEPT_BEHIND))
  return { ...list, loaded: list.loaded.filter((id) => near.has(id) || id === list.siblingId) }
}
