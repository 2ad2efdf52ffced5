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

/** Replaces a candidate by a newer version in the list, the items and the sheet. */
export function put(state: ReviewState, candidate: Candidate): ReviewState {
  const list = replaceCandidate(state.list, candidate)
  const held = state.items.pairs.get(candidate.itemId)?.find(({ id }) => id === candidate.id)
  const sheet = state.sheet.has(candidate.id) ? state.sheet.set(candidate.id, candidate) : state.sheet
  return { ...state, list, sheet, items: held && held !== candidate ? putInItem(state.items, candidate) : state.items }
}

/** Marks a candidate as changed at a new revision. Answers to earlier requests about it are then out of date. */
function markChanged(state: ReviewState, candidateId: number): ReviewState {
  const revision = state.revision + 1
  return { ...state, revision, changedAt: state.changedAt.set(candidateId, revision) }
}

/** Marks all candidates as changed, because any of them may have been changed elsewhere. */
export function markAllChanged(state: ReviewState): ReviewState {
  const revision = state.revision + 1
  return { ...markItemsStale(state), revision, allChangedAt: revision }
}

/** Returns whether an answer about a candidate was requested before the candidate last changed. */
export const isOutOfDate = ({ changedAt, allChangedAt }: ReviewState, candidateId: number, since: number) =>
  since < Math.max(allChangedAt, changedAt.get(candidateId) ?? 0)

const moved = (counts: Counts | null, from: Candidate, to: Candidate): Counts | null =>
  counts && { ...counts, [from.state]: counts[from.state] - 1, [to.state]: counts[to.state] + 1 }

/** Moves a candidate between counts. Skipped for second reviews, which change no project count until a final decision is stored. */
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
 * Stores the version of a candidate that an undo, redo or bulk action returned. Its pending changes stay visible.
 * @param since revision at which the request was made; if other pairs have changed since then, the candidate is read again
 */
export function receive(state: ReviewState, stored: Candidate, since: number): ReviewState {
  const writes = putStored(state.writes, stored)
  const received = put({ ...state, writes }, withPendingChanges(writes, stored))
  const list = since < state.allChangedAt ? markOutdated(received.list, [stored.id]) : received.list
  return markChanged({ ...received, list }, stored.id)
}

const heldCandidate = ({ list, items, sheet }: ReviewState, { id, itemId }: Candidate): Candidate | undefined =>
  list.loaded.get(id) ?? sheet.get(id) ?? items.pairs.get(itemId)?.find((pair) => pair.id === id)

/** Returns the newest version of a candidate, including its pending changes. @param known fallback if the session holds no version */
export function newestOf(state: ReviewState, known: Candidate): Candidate {
  const stored = state.writes.stored.get(known.id)
  return stored ? withPendingChanges(state.writes, stored) : (heldCandidate(state, known) ?? known)
}

/** Applies a change optimistically. @returns the new state, the ID of the write that stores it, and the changed candidate */
export function startWrite(state: ReviewState, candidate: Candidate, change: Change) {
  const shown = newestOf(state, candidate)
  const after = applyChange(shown, change)
  const writeId = state.nextKey
  const writes = addWrite(state.writes, { writeId, candidateId: shown.id, change }, shown)
  const changed = markChanged(put({ ...state, writes, nextKey: writeId + 1 }, after), shown.id)
  return { state: shiftCounts(changed, shown, after), writeId, after }
}

/** Completes a write: stores its result, or rolls the change back if it is null. @returns the new state and the candidate as shown */
export function finishWrite(state: ReviewState, writeId: number, result: Candidate | null) {
  const { writes, stored } = endWrite(state.writes, writeId, result)
  if (!stored) return { state, shown: null }
  const shown = withPendingChanges(writes, stored)
  const before = withPendingChanges(state.writes, state.writes.stored.get(stored.id) ?? stored)
  const changed = markChanged(put({ ...state, writes }, shown), stored.id)
  // The result of a successful write contains the new counts.
  return { state: result ? changed : shiftCounts(changed, before, shown), shown }
}

/** Marks all items as stale, because they may have changed elsewhere. Their pairs stay visible until they have been read again. */
export const markItemsStale = (state: ReviewState): ReviewState => ({
  ...state,
  items: {
    ...state.items,
    stale: new Set(state.items.pairs.keys()),
    reading: new Set(),
    generation: state.items.generation + 1,
  },
})

/** Returns the pairs of an item that is reviewed as a whole, or null if pairs are reviewed one by one or have not been read yet. */
export const pairsOfItem = (state: ReviewState, itemId: number): readonly Candidate[] | null =>
  (isByItem(state) && state.items.pairs.get(itemId)) || null

/** Moves on from a pair: to the next pair of the queue, or to the next pending pair of the item and then the next item. */
export function goOn(state: ReviewState, { id, itemId }: Candidate): ReviewState {
  const { list } = state
  const pairs = pairsOfItem(state, itemId)
  const next = pairs && nextPending(pairs, id, list.skipped)
  return { ...state, list: next ? showSibling(list, next) : pairs ? passItem(list, itemId) : moveBy(list, 1) }
}
