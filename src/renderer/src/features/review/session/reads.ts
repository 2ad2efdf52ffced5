import type { Candidate } from '../../../../../shared/domain'
import { currentCandidate } from '../queue/queueList'
import { missingAround } from '../queue/queueReads'
import { nextItems } from '../queue/itemSteps'
import type { Effect } from './events'
import { hasPendingWrite } from './pendingWrites'
import { needsPending, needsSize } from './reviewView'
import { chain, isByItem, to, type ReviewState, type Transition } from './state'

/** The next page is read when this many entries or fewer remain ahead. */
const READ_AHEAD = 100
/** Number of pairs to load before and after the current pair, for the strip of items. */
const STRIP_BEFORE = 8
const STRIP_AFTER = 36
/** Number of items to prefetch when whole items are reviewed. */
const ITEMS_AHEAD = 2
/** Number of pairs of the same item to prefetch. */
const REST_AHEAD = 3

/** Reads the missing candidates around the current pair, and the next page before it is needed. */
export function readAround(state: ReviewState): Transition {
  const { list, revision: since, writes, readingIds } = state
  const ids = missingAround(list, STRIP_BEFORE, STRIP_AFTER).filter((id) => !readingIds.has(id) && !hasPendingWrite(writes, id))
  const effects: Effect[] = ids.map((id) => ({ type: 'readCandidate', id, look: list.filter.look, since }))
  const next = ids.length === 0 ? state : { ...state, readingIds: new Set([...readingIds, ...ids]) }
  if (state.readingPageOf === list.key || list.isComplete || list.ids.length - list.index > READ_AHEAD) return to(next, ...effects)
  const { key: listKey, filter, order, cursor } = list
  return to({ ...next, readingPageOf: listKey }, ...effects, { type: 'readPage', listKey, filter, order, cursor, since })
}

/** Reads the pairs of the current item and of the next ones, if whole items are reviewed. */
export function readItems(state: ReviewState): Transition {
  const { list, items } = state
  const candidate = currentCandidate(list)
  if (!isByItem(state) || !candidate || state.isItemUnreadable) return to(state)
  const wanted = [candidate, ...nextItems(list, candidate.itemId, ITEMS_AHEAD)].map(({ itemId }) => itemId)
  const missing = wanted.filter((itemId) => !items.reading.has(itemId) && (!items.pairs.has(itemId) || items.stale.has(itemId)))
  if (missing.length === 0) return to(state)
  const { generation } = items
  return to(
    { ...state, items: { ...items, reading: new Set([...items.reading, ...missing]) } },
    ...missing.map((itemId): Effect => ({ type: 'readItem', itemId, generation, since: state.revision })),
  )
}

/** Counts the queue if its size cannot be derived from the counts of the project. */
export function countQueue(state: ReviewState): Transition {
  const { key: listKey, filter } = state.list
  if (!needsSize(state.list)) return to(state)
  return to(state, { type: 'countQueue', listKey, filter, isPendingAsked: needsPending(state.list) })
}

export const readFigures = (state: ReviewState): Transition => chain(to(state, { type: 'readCounts', since: state.revision }), countQueue)

/** Begins the review of the current pair: restarts the timer and reads the data that will be needed. */
export const beginPair = (state: ReviewState): Transition =>
  chain(to({ ...state, isItemUnreadable: false }, { type: 'restartTimer' }), readAround)

/** Returns the pairs to prefetch when whole items are reviewed: pending pairs of the current item, then one pair of each next item. */
export function upcomingItems(state: ReviewState, candidate: Candidate, pairs: readonly Candidate[] | null): readonly Candidate[] {
  const rest = (pairs ?? []).filter(({ id, state: its }) => id !== candidate.id && its === 'pending')
  return [...rest.slice(0, REST_AHEAD), ...nextItems(state.list, candidate.itemId, ITEMS_AHEAD)]
}
