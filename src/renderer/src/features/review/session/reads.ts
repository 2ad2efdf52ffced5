import type { Candidate } from '../../../../../shared/domain'
import { currentCandidate } from '../queue/queueList'
import { missingAround } from '../queue/queueReads'
import { nextItems } from '../queue/itemSteps'
import type { Effect } from './events'
import { hasPendingWrite } from './pendingWrites'
import { needsPending, needsSize } from './reviewView'
import { chain, isByItem, to, type ReviewState, type Transition } from './state'

/** Pages are read while fewer entries than this lie ahead. */
const READ_AHEAD = 100
/** Pairs around the one on the screen that the strip of items shows. */
const STRIP_BEFORE = 8
const STRIP_AFTER = 36
/** Items read and decoded ahead where whole items come up. */
const ITEMS_AHEAD = 2
/** Pairs of the same item that are read and decoded ahead. */
const REST_AHEAD = 3

/** Reads what is missing around the pair on the screen, and the next page before it is needed. */
export function readAround(state: ReviewState): Transition {
  const { list, revision: since, writes, readingIds } = state
  const ids = missingAround(list, STRIP_BEFORE, STRIP_AFTER).filter((id) => !readingIds.has(id) && !hasPendingWrite(writes, id))
  const effects: Effect[] = ids.map((id) => ({ type: 'readCandidate', id, look: list.filter.look, since }))
  const next = ids.length === 0 ? state : { ...state, readingIds: new Set([...readingIds, ...ids]) }
  if (state.readingPageOf === list.key || list.isComplete || list.ids.length - list.index > READ_AHEAD) return to(next, ...effects)
  const { key: listKey, filter, order, cursor } = list
  return to({ ...next, readingPageOf: listKey }, ...effects, { type: 'readPage', listKey, filter, order, cursor, since })
}

/** Where whole items come up, reads the pairs of the item on the screen and of the next ones. */
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

/** Counts the queue where the counts of the project do not tell its size. */
export function countQueue(state: ReviewState): Transition {
  const { key: listKey, filter } = state.list
  if (!needsSize(state.list)) return to(state)
  return to(state, { type: 'countQueue', listKey, filter, isPendingAsked: needsPending(state.list) })
}

export const readFigures = (state: ReviewState): Transition => chain(to(state, { type: 'readCounts', since: state.revision }), countQueue)

/** Begins the review of the pair that a move led to: restarts the timer and reads what will be needed. */
export const beginPair = (state: ReviewState): Transition =>
  chain(to({ ...state, isItemUnreadable: false }, { type: 'restartTimer' }), readAround)

/** What comes up next where whole items do: the rest of this one, then one pair each of the next ones. */
export function upcomingItems(state: ReviewState, candidate: Candidate, pairs: readonly Candidate[] | null): readonly Candidate[] {
  const rest = (pairs ?? []).filter(({ id, state: its }) => id !== candidate.id && its === 'pending')
  return [...rest.slice(0, REST_AHEAD), ...nextItems(state.list, candidate.itemId, ITEMS_AHEAD)]
}
