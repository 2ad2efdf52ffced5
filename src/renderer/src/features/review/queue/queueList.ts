import type { CandidateCursor } from '../../../../../shared/contract'
import type { Candidate } from '../../../../../shared/domain'
import type { ListOrder, QueueCursor } from '../../../../../shared/flow'
import type { CandidateFilter, QueueOrder } from '../../../../../shared/review'

/** Candidates kept in memory on either side of the one on the screen; beyond them only ids stay. */
export const KEPT_BEHIND = 300
const KEPT_AT_MOST = 4 * KEPT_BEHIND

/**
 * The candidates of one filter in the order of review, as far as they have been read. Decided ones keep their place, so that
 * going back finds them. Changed in place: a decision costs the same at place 10 and at place 100,000.
 */
export interface QueueList {
  readonly filter: CandidateFilter
  readonly order: ListOrder
  readonly ids: number[]
  /** how many entries lie before the first: the list may begin at a place in the table */
  readonly before: number
  readonly loaded: Map<number, Candidate>
  /** all ids of the list: pages must not bring them again */
  readonly known: Set<number>
  /** place of the candidate on the screen; `ids.length` is the place after the last */
  index: number
  /** a pair of the same item that is shown instead of the entry at `index`, which keeps the place */
  guest: number | null
  /** read and put aside: they join the list behind its last entry once that has been passed */
  readonly aside: number[]
  /** what the reviewer has put aside, in this list and those before it */
  readonly skipped: Set<number>
  /** entries in all, as counted in the store; null where it was not asked */
  expected: number | null
  /** entries that no longer answer to the filter's states */
  readonly left: Set<number>
  /** where the next page begins */
  cursor: CandidateCursor | QueueCursor | null
  /** entries that may have been changed elsewhere since they were read */
  readonly doubtful: Set<number>
  /** whether the last page has been read */
  complete: boolean
  /** whether the last page has been read once, before something may have been added */
  endSeen: boolean
  /** something was added to the project since reading began, perhaps before the cursor: at the end it is read once more from the top */
  stale: boolean
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
  readonly order?: ListOrder
  readonly skipped?: Set<number>
  readonly before?: number
}

export const createQueueList = (
  filter: CandidateFilter,
  { order = importOrder, skipped = new Set(), before = 0 }: ListStart = {},
): QueueList => ({
  filter,
  order,
  before,
  ids: [],
  loaded: new Map(),
  known: new Set(),
  index: 0,
  guest: null,
  aside: [],
  skipped,
  expected: null,
  left: new Set(),
  doubtful: new Set(),
  cursor: null,
  complete: false,
  endSeen: false,
  stale: false,
})

/** Whether a pair still belongs to the queue; one of second reviews does until the one who asks has decided on it. */
function answers({ filter: { states, look } }: QueueList, { state }: Candidate): boolean {
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
export function appendPage(list: QueueList, page: QueuePart, after = list.cursor) {
  for (const candidate of page.candidates) {
    if (list.known.has(candidate.id)) continue
    list.known.add(candidate.id)
    list.loaded.set(candidate.id, candidate)
    ;(list.skipped.has(candidate.id) ? list.aside : list.ids).push(candidate.id)
  }
  if (list.cursor !== after) return
  const last = page.candidates.at(-1)
  if (page.total !== undefined && after === null) list.expected = page.total + list.left.size
  else if (last && page.total === undefined) list.cursor = { itemId: last.itemId, id: last.id }
  if (page.next) list.cursor = page.next
  if (page.next !== null) return
  list.endSeen = true
  if (list.stale && list.before === 0) list.cursor = null
  list.complete = !list.stale
  list.stale = false
  bringBack(list)
}

export const currentId = (list: QueueList): number | null => list.guest ?? list.ids[list.index] ?? null

export function currentCandidate(list: QueueList): Candidate | null {
  const id = currentId(list)
  return id === null ? null : (list.loaded.get(id) ?? null)
}

/** Moves by some places, no further than the place after the last entry. */
export function moveBy(list: QueueList, places: number) {
  list.guest = null
  list.index = Math.max(0, Math.min(list.ids.length, list.index + places))
  bringBack(list)
  forgetFar(list)
}

/** Moves to the first entry behind this one that still answers. */
export function moveToNextAnswer(list: QueueList) {
  do moveBy(list, 1)
  while (list.left.has(list.ids[list.index] ?? 0))
}

/** Puts a pair aside for now; the next entry comes in its place. */
export function putAside(list: QueueList, candidate: Candidate) {
  const place = list.ids.indexOf(candidate.id)
  if (place >= 0) list.ids.splice(place, 1)
  if (place >= 0 && place < list.index) list.index--
  list.guest = null
  list.known.add(candidate.id)
  list.skipped.add(candidate.id)
  if (!list.aside.includes(candidate.id)) list.aside.push(candidate.id)
  bringBack(list)
}

/** It was decided on, or has its place again. */
export function takeFromAside(list: QueueList, candidateId: number) {
  const place = list.aside.indexOf(candidateId)
  if (place >= 0) list.aside.splice(place, 1)
  list.skipped.delete(candidateId)
}

/** Behind the last entry, what was put aside comes up again, as it now is. */
function bringBack(list: QueueList) {
  if (!list.complete || list.index < list.ids.length) return
  for (const id of list.aside) {
    list.ids.push(id)
    list.skipped.delete(id)
    list.doubtful.add(id)
  }
  list.aside.length = 0
}

/** Moves to a candidate. @returns whether it is in the list */
export function moveTo(list: QueueList, candidateId: number): boolean {
  const index = list.ids.indexOf(candidateId)
  if (index < 0) return false
  list.guest = null
  list.index = index
  forgetFar(list)
  return true
}

/** Moves to a candidate, and gives it a place before the one on the screen when it has none. */
export function showCandidate(list: QueueList, candidate: Candidate) {
  takeFromAside(list, candidate.id)
  if (!moveTo(list, candidate.id)) {
    list.guest = null
    list.ids.splice(list.index, 0, candidate.id)
    list.known.add(candidate.id)
  }
  list.loaded.set(candidate.id, candidate)
  countLeft(list, candidate)
}

/**
 * New candidates may be anywhere in the order: they join behind the last. With `changed`, an order made before has to be made anew:
 * much of it may have been decided.
 */
export function expectNew(list: QueueList, changed = false) {
  if (!list.complete && !(changed && list.order.kind !== 'import')) {
    list.stale = true
    return
  }
  if (list.before === 0) list.cursor = null
  list.complete = false
  list.stale = false
}

const sameCandidate = (one: Candidate | undefined, other: Candidate) =>
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
export function replaceCandidate(list: QueueList, candidate: Candidate) {
  const held = list.loaded.has(candidate.id)
  if (!held && !list.ids.includes(candidate.id)) return
  if (sameCandidate(list.loaded.get(candidate.id), candidate)) return
  if (held) list.loaded.set(candidate.id, candidate)
  countLeft(list, candidate)
}

/** Somebody else may have decided on any of them. */
export function doubtAll(list: QueueList) {
  for (const id of list.loaded.keys()) list.doubtful.add(id)
}

/**
 * Puts what was just read of a candidate in its place. One that lies ahead and was decided elsewhere has nothing to do in the queue any
 * more; what is on the screen, or behind it, stays where it is.
 * @returns whether it left the queue
 */
export function takeRead(list: QueueList, candidate: Candidate): boolean {
  const { id } = candidate
  list.doubtful.delete(id)
  const place = list.ids.indexOf(id)
  if (place < 0) return false
  if (place > list.index && !answers(list, candidate) && !list.left.has(id)) {
    list.ids.splice(place, 1)
    list.known.delete(id)
    list.loaded.delete(id)
    bringBack(list)
    return true
  }
  if (!sameCandidate(list.loaded.get(id), candidate)) list.loaded.set(id, candidate)
  countLeft(list, candidate)
  return false
}

function countLeft(list: QueueList, candidate: Candidate) {
  if (answers(list, candidate)) list.left.delete(candidate.id)
  else if (list.known.has(candidate.id)) list.left.add(candidate.id)
}

/** Entries around the one on the screen that are not in memory, or may not be as they are there. */
export function missingAround(list: QueueList, before: number, after: number): readonly number[] {
  return list.ids
    .slice(Math.max(0, list.index - before), list.index + after + 1)
    .filter((id) => !list.loaded.has(id) || list.doubtful.has(id))
}

/** Keeps memory steady: what lies far from the screen is dropped to its id, now and then. */
function forgetFar(list: QueueList) {
  if (list.loaded.size <= KEPT_AT_MOST) return
  const near = new Set(list.ids.slice(Math.max(0, list.index - KEPT_BEHIND), list.index + KEPT_BEHIND))
  for (const id of list.loaded.keys()) if (!near.has(id) && id !== list.guest) list.loaded.delete(id)
}
