import type { Candidate } from '../../../../../shared/domain'
import type { CheckNotice } from '../../../../../shared/quality'
import { currentCandidate, expectNew, moveToNextMatch, showCandidate, unskip } from '../queue/queueList'
import { markAllOutdated, mergeRead } from '../queue/queueReads'
import { passItem } from '../queue/itemSteps'
import { finishWrite, goOn, markAllChanged, markItemsStale, receive } from './candidates'
import type { Effect, EventOf } from './events'
import { hasPendingDecision, isSettled } from './pendingWrites'
import { beginPair, countQueue, readAround } from './reads'
import { setPinned } from './reviewer'
import { needsPending } from './reviewView'
import { chain, isByItem, sameCounts, to, type ReviewState, type Transition } from './state'

/** Number of decisions for which a missed check is shown. */
const CHECK_SHOWN_FOR = 8
/** Number of entries read again per call after a multi-pair redo. The main process accepts at most 200. */
const READ_BEHIND = 100

export const showMissedCheck = (state: ReviewState, check: CheckNotice | null): ReviewState => ({
  ...state,
  missedCheck: check && { check, shownUntil: state.decisions + CHECK_SHOWN_FOR },
})

export function decisionStored(state: ReviewState, { request, result }: EventOf<'decisionStored'>): Transition {
  const { candidate, check } = result
  const { state: finished, effects } = recount(finishWrite(state, request.writeId, candidate).state, state.isRecountDue)
  const settled = isSettled(finished.writes)
  const counts = settled && !sameCounts(finished.counts, result.counts) ? result.counts : finished.counts
  const notice: Effect = { type: 'notifyStored', candidate, counts: settled ? result.counts : null }
  const next = { ...finished, counts }
  const { pin } = request
  return chain(to(next, notice, ...effects), (stored) => {
    if (check) return readAround(showMissedCheck(stored, check))
    return pin ? setPinned(stored, { candidate, pinned: true, reason: pin.reason }) : readAround(stored)
  })
}

/** Reads the counts again once all decisions have been answered. */
function recount(state: ReviewState, isDue: boolean): Transition {
  if (!isDue || !isSettled(state.writes)) return to(state)
  return to({ ...state, isRecountDue: false }, { type: 'readCounts', since: state.revision })
}

/** Rolls back a failed decision and shows its pair again, unless the reviewer is typing in another pair. */
export function decisionFailed(state: ReviewState, { request, error }: EventOf<'decisionFailed'>): Transition {
  const { writeId, input, draft } = request
  const id = input.candidateId
  const { state: finished, shown } = finishWrite(state, writeId, null)
  const { state: undone, effects: reads } = recount(finished, true)
  const text = 'pair' in input && input.pair ? input.pair : draft
  const isFirst = state.failure === null
  const next: ReviewState = {
    ...undone,
    decisions: state.decisions - 1,
    drafts: text === undefined ? undone.drafts.delete(id) : undone.drafts.set(id, text),
    failure: state.failure ?? { candidateId: id, error },
  }
  const effects: readonly Effect[] = [{ type: 'notifyDecisions', more: -1 }, ...reads]
  if (!shown || !isFirst || state.isTyping || hasPendingDecision(next.writes, id)) return chain(to(next, ...effects), readAround)
  return chain(to({ ...next, list: showCandidate(next.list, shown) }, ...effects), beginPair)
}

export function manyStored(state: ReviewState, { request, counts, candidates }: EventOf<'manyStored'>): Transition {
  const stored = new Map(candidates.map((candidate) => [candidate.id, candidate]))
  const finished = request.writes.reduce(
    (before, { writeId, candidateId }) => finishWrite(before, writeId, stored.get(candidateId) ?? null).state,
    state,
  )
  const settled = isSettled(finished.writes)
  const next = { ...finished, counts: settled && !sameCounts(finished.counts, counts) ? counts : finished.counts }
  const effects = candidates.map((candidate): Effect => ({ type: 'notifyStored', candidate, counts: settled ? counts : null }))
  return chain(to(next, ...effects), readAround)
}

/** Rolls back a failed decision on many pairs. */
export function manyFailed(state: ReviewState, { request, error }: EventOf<'manyFailed'>): Transition {
  const undone = request.writes.reduce((before, { writeId }) => finishWrite(before, writeId, null).state, state)
  const failure = state.failure ?? { candidateId: request.writes[0]?.candidateId ?? 0, error }
  return chain(recount({ ...undone, failure }, true), readAround)
}

export function pinStored(state: ReviewState, { request, candidate }: EventOf<'pinStored'>): Transition {
  const { state: stored } = finishWrite(state, request.writeId, candidate)
  return chain(to(stored, { type: 'notifyStored', candidate, counts: null }), readAround)
}

export function pinFailed(state: ReviewState, { request, error }: EventOf<'pinFailed'>): Transition {
  const { state: undone } = finishWrite(state, request.writeId, null)
  return readAround({ ...undone, failure: state.failure ?? { candidateId: request.input.candidateId, error } })
}

/** Shows the result of an undo or redo. An undo goes to the candidate that it changed, a redo to the next one. */
export function undoOrRedoDone(state: ReviewState, { request, result, draft }: EventOf<'undoOrRedoDone'>): Transition {
  const isUndo = request.direction === 'undo'
  if (!result) return endMove({ ...state, announcement: { word: isUndo ? 'nothingToUndo' : 'nothingToRedo', values: { count: 1 } } })
  const { candidate, pairs = 1, marks } = result
  const { id } = candidate
  const done = isUndo ? 'undone' : 'redone'
  const markWord = isUndo ? 'marksUndone' : 'marksRedone'
  const ofCandidate = draft === undefined ? state.drafts.delete(id) : state.drafts.set(id, draft)
  const received = receive({ ...state, drafts: marks ? state.drafts : ofCandidate }, candidate, request.since)
  const shown = received.list.loaded.get(id) ?? candidate
  const next: ReviewState = {
    ...received,
    list: showCandidate(received.list, shown),
    announcement: { word: marks ? markWord : done, values: { count: pairs } },
    missedCheck: state.missedCheck?.check.candidateId === id ? null : state.missedCheck,
    failure: null,
    counts: isSettled(state.writes) ? result.counts : state.counts,
  }
  const changed = pairs > 1 ? forgetSeveral(next) : next
  const byHand = marks ? 0 : (result.decided ?? 1)
  const effects: Effect[] = [{ type: 'notifyStored', candidate, counts: changed.counts }]
  if (byHand > 0) effects.push({ type: 'notifyDecisions', more: isUndo ? -byHand : byHand })
  return chain(to(changed, ...effects), (moved) => (isUndo || marks ? endMove(moved) : goOnAfterRedo(moved, candidate, pairs)))
}

/**
 * Marks all candidates as outdated after a multi-pair action was undone or redone, because the changed pairs are not all known.
 * Pairs may also be back in the queue.
 */
function forgetSeveral(state: ReviewState): ReviewState {
  const drafts = state.drafts.filter((_, text) => text !== null)
  return { ...markAllChanged({ ...state, list: expectNew(markAllOutdated(state.list)) }), drafts }
}

/** Moves on after a redo: to the next pair for a single decision, or past all changed pairs for a multi-pair action. */
function goOnAfterRedo(state: ReviewState, candidate: Candidate, pairs: number): Transition {
  if (candidate.state === 'pending') return endMove(state)
  return pairs === 1 ? endMove(goOn(state, candidate)) : readBehind(state, candidate)
}

function readBehind(state: ReviewState, redone: Candidate): Transition {
  const { key: listKey, ids: all, index } = state.list
  const ids = all.slice(index + 1, index + 1 + READ_BEHIND)
  return ids.length === 0 ? leaveRedone(state, redone) : to(state, { type: 'readBehind', listKey, ids, redone })
}

export function behindRead(state: ReviewState, { request, candidates }: EventOf<'behindRead'>): Transition {
  if (request.listKey !== state.list.key) return endMove(state)
  const list = candidates.reduce(mergeRead, state.list)
  const next = { ...state, list }
  const hasMatchBehind = list.ids.slice(list.index + 1).some((id) => !list.unmatched.has(id) && list.loaded.has(id))
  return hasMatchBehind || list.ids.length === state.list.ids.length ? leaveRedone(next, request.redone) : readBehind(next, request.redone)
}

const leaveRedone = (state: ReviewState, { itemId }: Candidate): Transition =>
  endMove({ ...state, list: isByItem(state) ? passItem(state.list, itemId) : moveToNextMatch(state.list) })

/** Ends an undo, redo or multi-pair action, so that the decision keys work again. */
const endMove = (state: ReviewState): Transition =>
  chain(beginPair({ ...state, moving: state.moving - 1 }), (next) => (needsPending(next.list) ? countQueue(next) : to(next)))

export function undoOrRedoFailed(state: ReviewState, error: unknown): Transition {
  return endMove({ ...state, failure: { candidateId: currentCandidate(state.list)?.id ?? 0, error } })
}

/** Stores the changes of a multi-pair action. With `leave`, the queue moves on to the next pair. */
export function stepDone(state: ReviewState, { request, outcome }: EventOf<'stepDone'>): Transition {
  const { candidates, decided } = outcome
  const settled = isSettled(state.writes)
  let next = candidates.reduce((taken: ReviewState, candidate): ReviewState => {
    const received = receive({ ...taken, list: mergeRead(taken.list, candidate) }, candidate, request.since)
    const { list } = received
    const drafts = received.drafts.delete(candidate.id)
    return { ...received, drafts, list: candidate.state === 'pending' ? list : unskip(list, candidate.id) }
  }, state)
  const effects: Effect[] = candidates.map((candidate) => ({
    type: 'notifyStored',
    candidate,
    counts: settled ? outcome.counts : null,
  }))
  if (decided) effects.push({ type: 'notifyDecisions', more: decided })
  next = markItemsStale({ ...next, counts: settled ? outcome.counts : next.counts, failure: null })
  if (candidates.some(({ author }) => author !== null)) next = { ...next, list: expectNew(next.list) }
  const { from, leave, requestId } = request
  if (from && leave && currentCandidate(next.list)?.id === from.id) next = goOn(next, from)
  return chain(to(next, ...effects, { type: 'endStep', requestId, outcome }), endMove)
}

export function stepFailed(state: ReviewState, { request: { requestId, from }, error }: EventOf<'stepFailed'>): Transition {
  const failed = { ...state, failure: { candidateId: from?.id ?? 0, error } }
  return chain(to(failed, { type: 'endStep', requestId, outcome: null }), endMove)
}
