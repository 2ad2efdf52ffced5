import { currentCandidate, moveBy, moveTo, showCandidate, skipCandidate, unskip } from '../queue/queueList'
import { backToItem, nextPending, passItem, placeSiblingBehind, placeSiblingHere, showSibling } from '../queue/itemSteps'
import { goOn, pairsOfItem, startWrite } from './candidates'
import type { EventOf } from './events'
import { beginPair } from './reads'
import { countRushed } from '../work/rushDetection'
import type { ReviewDecision } from './verdict'
import { chain, isByItem, to, type ReviewState, type Transition } from './state'

/** Decides on a candidate. If it is the current one, moves on in the same tick. */
export function decide(state: ReviewState, { candidate: chosen, decision, seconds, pin }: EventOf<'decide'>): Transition {
  const current = currentCandidate(state.list)
  const candidate = chosen ?? current
  if (!candidate) return to(state)
  const { id } = candidate
  const isCurrent = id === current?.id
  const draft = state.drafts.get(id)
  const list = isCurrent ? placeSiblingBehind(state.list, candidate) : state.list
  const { state: changed, writeId, after } = startWrite({ ...state, list }, candidate, { kind: 'decision', decision })
  const isFinal = state.list.filter.look === 'disagreement'
  const next: ReviewState = {
    ...changed,
    list: unskip(changed.list, id),
    drafts: changed.drafts.set(id, null),
    rushedInARow: countRushed(state.rushedInARow, decision.verdict, seconds),
    decisions: state.decisions + 1,
    announcement: { word: pin ? 'acceptedAndPinned' : after.state },
    failure: state.failure?.candidateId === id ? null : state.failure,
  }
  const input = { candidateId: id, ...decision, seconds, ...(isFinal ? { final: true as const } : {}) }
  return chain(
    to(
      isCurrent ? goOn(next, candidate) : next,
      { type: 'notifyDecisions', more: 1 },
      { type: 'saveDecision', writeId, input, draft, pin },
    ),
    beginPair,
  )
}

/** Makes one decision on many candidates. The candidates that are shown change immediately. */
export function decideMany(state: ReviewState, { input, candidates }: EventOf<'decideMany'>): Transition {
  const { verdict, reason } = input
  const decision: ReviewDecision = { verdict, ...(reason ? { reason } : {}) }
  const writes: { writeId: number; candidateId: number }[] = []
  const changed = candidates.reduce((before, candidate) => {
    const { state: after, writeId } = startWrite(before, candidate, { kind: 'decision', decision })
    writes.push({ writeId, candidateId: candidate.id })
    return { ...after, list: unskip(after.list, candidate.id), drafts: after.drafts.set(candidate.id, null) }
  }, state)
  return chain(to({ ...changed, failure: null }, { type: 'saveMany', input, writes }), beginPair)
}

export function setPinned(state: ReviewState, { candidate, pinned, reason }: Omit<EventOf<'pin'>, 'type'>): Transition {
  const { state: changed, writeId } = startWrite(state, candidate, { kind: 'pin', pinned, reason })
  const input = { candidateId: candidate.id, pinned, ...(reason === undefined ? {} : { reason }) }
  return to(changed, { type: 'savePin', writeId, input })
}

export function move(state: ReviewState, places: number): Transition {
  const { list } = state
  const candidate = currentCandidate(list)
  const silent = { ...state, announcement: null }
  const moved = !isByItem(state)
    ? moveBy(list, places)
    : places < 0
      ? backToItem(list, candidate?.itemId ?? null)
      : candidate
        ? passItem(list, candidate.itemId)
        : list
  return moved.index !== list.index || list.siblingId !== null ? beginPair({ ...silent, list: moved }) : to({ ...silent, list: moved })
}

/** Goes to the previous or next pair of the item, if all its pairs are shown together. */
export function moveInItem(state: ReviewState, places: 1 | -1): Transition {
  const candidate = currentCandidate(state.list)
  if (!candidate) return to(state)
  const pairs = pairsOfItem(state, candidate.itemId) ?? []
  const place = pairs.findIndex(({ id }) => id === candidate.id)
  const pair = place < 0 ? undefined : pairs[place + places]
  if (!pair) return to({ ...state, announcement: { word: 'noFurther' } })
  return beginPair({ ...state, list: showSibling(state.list, pair) })
}

export function goTo(state: ReviewState, candidateId: number): Transition {
  const { list } = state
  const held = list.loaded.get(candidateId)
  const shown = moveTo(list, candidateId) ?? (held && showCandidate(list, held))
  return shown ? beginPair({ ...state, list: shown }) : to(state)
}

/** Skips the current pair. It returns at the end of the queue. */
export function skip(state: ReviewState): Transition {
  const candidate = currentCandidate(state.list)
  if (!candidate) return to(state)
  if (candidate.state !== 'pending') return to({ ...state, announcement: { word: 'onlyPending' } })
  const { id, itemId } = candidate
  const pairs = pairsOfItem(state, itemId)
  const list = skipCandidate(state.list, candidate)
  const next = pairs && nextPending(pairs, id, list.skipped)
  const shown = next ? showSibling(list, next) : pairs && list.skipped.has(id) ? passItem(list, itemId) : list
  return beginPair({ ...state, announcement: { word: 'skipped' }, list: shown })
}

export function setWholeItem(state: ReviewState, isWholeItem: boolean): Transition {
  if (state.isWholeItem === isWholeItem) return to(state)
  return beginPair({ ...state, isWholeItem, list: placeSiblingHere(state.list) })
}
