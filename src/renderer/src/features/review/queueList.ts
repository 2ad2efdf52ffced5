import type { CandidateCursor } from '../../../../shared/contract'
import type { Candidate } from '../../../../shared/domain'
import type { CandidateFilter } from '../../../../shared/review'

/** Candidates kept in memory on either side of the one on the screen; beyond them only ids stay. */
export const KEPT_BEHIND = 300
const KEPT_AT_MOST = 4 * KEPT_BEHIND

/**
 * The candidates of one filter in the order of review, as far as they have been read. Decided ones keep their place, so that
 * going back finds them. Changed in place: a decision costs the same at place 10 and at place 100,000.
 */
export interface QueueList {
  readonly filter: CandidateFilter
  readonly ids: number[]
  /** how many entries lie before the first: the list may begin at a place in the table */
  readonly before: number
  readonly loaded: Map<number, Candidate>
  /** all ids of the list: pages must not bring them again */
  readonly known: Set<number>
  /** place of the candidate on the screen; `ids.length` is the place after the last */
  index: number
  /** entries that no longer answer to the filter's states */
  readonly left: Set<number>
  /** where the next page begins */
  cursor: CandidateCursor | null
  /** entries that may have been changed elsewhere since they were read */
  readonly doubtful: Set<number>
  /** whether the last page has been read */
  complete: boolean
  /** whether the last page has been read once, before something may have been added */
  endSeen: boolean
  /** something was added to the project since reading began, perhaps before the cursor: at the end it is read once more from the top */
  stale: boolean
}

export const createQueueList = (filter: CandidateFilter, before = 0): QueueList => ({
  filter,
  before,
  ids: [],
  loaded: new Map(),
  known: new Set(),
  index: 0,
  left: new Set(),
  doubtful: new Set(),
  cursor: null,
  complete: false,
  endSeen: false,
  stale: false,
})

const answers = (list: QueueList, candidate: Candidate) => !list.filter.states?.length || list.filter.states.includes(candidate.state)

/** Adds a page behind the last entry. */
export function appendPage(list: QueueList, page: { readonly candidates: readonly Candidate[]; readonly next: CandidateCursor | null }) {
  for (const candidate of page.candidates) {
    if (list.known.has(candidate.id)) continue
    list.ids.push(candidate.id)
    list.known.add(candidate.id)
    list.loaded.set(candidate.id, candidate)
  }
  const last = page.candidates.at(-1)
  if (last) list.cursor = { itemId: last.itemId, id: last.id }
  if (page.next) list.cursor = page.next
  if (page.next !== null) return
  list.endSeen = true
  if (list.stale && list.before === 0) list.cursor = null
  list.complete = !list.stale
  list.stale = false
}

export const currentId = (list: QueueList): number | null => list.ids[list.index] ?? null

export function currentCandidate(list: QueueList): Candidate | null {
  const id = currentId(list)
  return id === null ? null : (list.loaded.get(id) ?? null)
}

/** Moves by some places, no further than the place after the last entry. */
export function moveBy(list: QueueList, places: number) {
  list.index = Math.max(0, Math.min(list.ids.length, list.index + places))
  forgetFar(list)
}

/** Moves to a candidate. @returns whether it is in the list */
export function moveTo(list: QueueList, candidateId: number): boolean {
  const index = list.ids.indexOf(candidateId)
  if (index < 0) return false
  list.index = index
  forgetFar(list)
  return true
}

/** Moves to a candidate, and gives it a place before the one on the screen when it has none. */
export function showCandidate(list: QueueList, candidate: Candidate) {
  if (!moveTo(list, candidate.id)) {
    list.ids.splice(list.index, 0, candidate.id)
    list.known.add(candidate.id)
  }
  list.loaded.set(candidate.id, candidate)
  countLeft(list, candidate)
}

/** New candidates may be anywhere in the order: they join behind the last. */
export function expectNew(list: QueueList) {
  if (!list.complete) {
    list.stale = true
    return
  }
  if (list.before === 0) list.cursor = null
  list.complete = false
}

const sameCandidate = (one: Candidate | undefined, other: Candidate) =>
  one !== undefined &&
  one.state === other.state &&
  one.reason === other.reason &&
  one.turn === other.turn &&
  one.pinned === other.pinned &&
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
    return true
  }
  if (!sameCandidate(list.loaded.get(id), candidate)) list.loaded.set(id, candidate)
  countLeft(list, candidate)
  return false
}

function countLeft(list: QueueList, candidate: Candidate) {
  if (answers(list, candidate)) list.left.delete(candidate.id)
  else list.left.add(candidate.id)
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
  for (const id of list.loaded.keys()) if (!near.has(id)) list.loaded.delete(id)
}
