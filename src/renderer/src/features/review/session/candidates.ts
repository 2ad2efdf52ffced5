import type { Candidate, Counts } from '../../../../../shared/domain'
import { moveBy, replaceCandidate } from '../queue/queueList'
import { markOutdated } from '../queue/queueReads'
import { nextPending, passItem, showSibling } from '../queue/itemSteps'
import { addWrite, applyChange, endWrite, putStored, withPendingChanges, type Change } from './pendingWrites'
import { isByItem, type ItemPairs, type ReviewState } from './state'

const putInItem = (items: ItemPairs, candidate: Candidate): ItemPairs => {
  const pairs = items.pairs.get(candidate.itemId)
  if (!pairs) return items
  const changed = pairs.map((pair) => (pair.id === candidate.id ? candidate : pair))
  return { ...items, pairs: new Map(items.pairs).set(candidate.itemId, changed) }
}

/** Puts a newer version of a candidate wherever it is held. */
export function put(state: ReviewState, candidate: Candidate): ReviewState {
  const list = replaceCandidate(state.list, candidate)
  const held = state.items.pairs.get(candidate.itemId)?.find(({ id }) => id === candidate.id)
  const sheet = state.sheet.has(candidate.id) ? state.sheet.set(candidate.id, candidate) : state.sheet
  return { ...state, list, sheet, items: held && held !== candidate ? putInItem(state.items, candidate) : state.items }
}

/** Notes that a candidate was changed now: what was asked for before is out of date. */
function markChanged(state: ReviewState, candidateId: number): ReviewState {
  const revision = state.revision + 1
  return { ...state, revision, changedAt: state.changedAt.set(candidateId, revision) }
}

/** Notes that any candidate may have been changed elsewhere. */
export function markAllChanged(state: ReviewState): ReviewState {
  const revision = state.revision + 1
  return { ...markItemsStale(state), revision, allChangedAt: revision }
}

/** Whether an answer about a candidate was asked for before its last change. */
export const isOutOfDate = ({ changedAt, allChangedAt }: ReviewState, candidateId: number, since: number) =>
  since < Math.max(allChangedAt, changedAt.get(candidateId) ?? 0)

const moved = (counts: Counts | null, from: Candidate, to: Candidate): Counts | null =>
  counts && { ...counts, [from.state]: counts[from.state] - 1, [to.state]: counts[to.state] + 1 }

/** A second review changes no count of the project, and what a final decision changes is known once it is stored. */
function shiftCounts(state: ReviewState, from: Candidate, to: Candidate): ReviewState {
  if (state.list.filter.look !== undefined || from.state === to.state) return state
  const more = Number(to.state === 'pending') - Number(from.state === 'pending')
  return {
    ...state,
    counts: moved(state.counts, from, to),
    pendingInQueue: state.pendingInQueue === null ? null : state.pendingInQueue + more,
  }
}

/**
 * Takes over what a step answered of a candidate; changes of it that are still being stored stay on the screen.
 * @param since revision at which the step was asked for: where others changed pairs since, the candidate is read again
 */
export function receive(state: ReviewState, stored: Candidate, since: number): ReviewState {
  const writes = putStored(state.writes, stored)
  const received = put({ ...state, writes }, withPendingChanges(writes, stored))
  const list = since < state.allChangedAt ? markOutdated(received.list, [stored.id]) : received.list
  return markChanged({ ...received, list }, stored.id)
}

const heldCandidate = ({ list, items, sheet }: ReviewState, { id, itemId }: Candidate): Candidate | undefined =>
  list.loaded.get(id) ?? sheet.get(id) ?? items.pairs.get(itemId)?.find((pair) => pair.id === id)

/** Returns the newest version of a candidate, its pending changes included. @param known used where the session holds none */
export function newestOf(state: ReviewState, known: Candidate): Candidate {
  const stored = state.writes.stored.get(known.id)
  return stored ? withPendingChanges(state.writes, stored) : (heldCandidate(state, known) ?? known)
}

/** Optimistic update: shows a change at once. @returns the state, and the number of the write that stores it */
export function startWrite(state: ReviewState, candidate: Candidate, change: Change) {
  const shown = newestOf(state, candidate)
  const after = applyChange(shown, change)
  const writeId = state.nextKey
  const writes = addWrite(state.writes, { writeId, candidateId: shown.id, change }, shown)
  const changed = markChanged(put({ ...state, writes, nextKey: writeId + 1 }, after), shown.id)
  return { state: shiftCounts(changed, shown, after), writeId, after }
}

/** A write was answered: takes over the result, or rolls the change back where there is none. @returns the candidate as it is shown now */
export function finishWrite(state: ReviewState, writeId: number, result: Candidate | null) {
  const { writes, stored } = endWrite(state.writes, writeId, result)
  if (!stored) return { state, shown: null }
  const shown = withPendingChanges(writes, stored)
  const before = withPendingChanges(state.writes, state.writes.stored.get(stored.id) ?? stored)
  const changed = markChanged(put({ ...state, writes }, shown), stored.id)
  // What is stored brings its counts with it.
  return { state: result ? changed : shiftCounts(changed, before, shown), shown }
}

/** Items may have changed elsewhere: their pairs are shown as they were until they are read again. */
export const markItemsStale = (state: ReviewState): ReviewState => ({
  ...state,
  items: {
    ...state.items,
    stale: new Set(state.items.pairs.keys()),
    reading: new Set(),
    generation: state.items.generation + 1,
  },
})

/** The pairs of an item that is reviewed as a whole; null where pairs come up one by one, or are not read yet. */
export const pairsOfItem = (state: ReviewState, itemId: number): readonly Candidate[] | null =>
  (isByItem(state) && state.items.pairs.get(itemId)) || null

/** After a pair is done with: to the next of the queue, or of the item and then to the next item. */
export function goOn(state: ReviewState, { id, itemId }: Candidate): ReviewState {
  const { list } = state
  const pairs = pairsOfItem(state, itemId)
  const next = pairs && nextPending(pairs, id, list.skipped)
  return { ...state, list: next ? showSibling(list, next) : pairs ? passItem(list, itemId) : moveBy(list, 1) }
}
