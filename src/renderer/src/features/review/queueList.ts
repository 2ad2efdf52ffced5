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
  readonly loaded: Map<number, Candidate>
  /** put in by undo or redo out of their order; pages must not bring them again */
  readonly inserted: Set<number>
  /** place of the candidate on the screen; `ids.length` is the place after the last */
  index: number
  /** entries that no longer answer to the filter's states */
  readonly left: Set<number>
  /** where the next page begins */
  cursor: CandidateCursor | null
  /** whether the last page has been read */
  complete: boolean
}

export const createQueueList = (filter: CandidateFilter): QueueList => ({
  filter,
  ids: [],
  loaded: new Map(),
  inserted: new Set(),
  index: 0,
  left: new Set(),
  cursor: null,
  complete: false,
})

const answers = (list: QueueList, candidate: Candidate) => !list.filter.states?.length || list.filter.states.includes(candidate.state)

/** Adds a page behind the last entry. */
export function appendPage(list: QueueList, page: { readonly candidates: readonly Candidate[]; readonly next: CandidateCursor | null }) {
  for (const candidate of page.candidates) {
    if (list.inserted.has(candidate.id)) continue
    list.ids.push(candidate.id)
    list.loaded.set(candidate.id, candidate)
  }
  const last = page.candidates.at(-1)
  if (last) list.cursor = { itemId: last.itemId, id: last.id }
  if (page.next) list.cursor = page.next
  list.complete = page.next === null
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
    list.inserted.add(candidate.id)
  }
  list.loaded.set(candidate.id, candidate)
  countLeft(list, candidate)
}

const sameCandidate = (one: Candidate | undefined, other: Candidate) =>
  one !== undefined &&
  one.state === other.state &&
  one.reason === other.reason &&
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

function countLeft(list: QueueList, candidate: Candidate) {
  if (answers(list, candidate)) list.left.delete(candidate.id)
  else list.left.add(candidate.id)
}

/** Entries around the one on the screen that are not in memory. */
export function missingAround(list: QueueList, before: number, after: number): readonly number[] {
  return list.ids.slice(Math.max(0, list.index - before), list.index + after + 1).filter((id) => !list.loaded.has(id))
}

/** Keeps memory steady: what lies far from the screen is dropped to its id, now and then. */
function forgetFar(list: QueueList) {
  if (list.loaded.size <= KEPT_AT_MOST) return
  const near = new Set(list.ids.slice(Math.max(0, list.index - KEPT_BEHIND), list.index + KEPT_BEHIND))
  for (const id of list.loaded.keys()) if (!near.has(id)) list.loaded.delete(id)
}
