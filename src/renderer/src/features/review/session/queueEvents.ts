import type { QueueOrder } from '../../../../../shared/review'
import { appendPage, createQueueList, expectNew, markAllOutdated, moveBy, type QueueList } from '../queue/queueList'
import { IdMap } from '../queue/idMap'
import { markAllChanged, markItemsStale } from './candidates'
import type { EventOf } from './events'
import { beginPair, readAround, readFigures } from './reads'
import { statusOf } from './reviewView'
import { chain, to, type ReviewState, type Transition } from './state'

const isSameOrder = (one: QueueOrder, other: QueueOrder) => one.kind === other.kind && one.seed === other.seed

/**
 * Starts at the top of another filter; for the same one goes on where the reviewer was, after other screens have had their turn.
 * Who was at the end starts at the top too: what has been drafted meanwhile may belong to any item.
 */
export function show(state: ReviewState, { filter, order }: EventOf<'show'>): Transition {
  const hasSameOrder = isSameOrder(state.order, order)
  const isSimilar = filter.similarTo !== undefined
  const { listBeforeSimilar: earlier } = state
  const begins = isSimilar && state.list.filter.similarTo === undefined
  const returns = !begins && earlier?.filter === filter && hasSameOrder
  const list: QueueList = returns && earlier ? { ...earlier, skipped: state.list.skipped } : state.list
  const next: ReviewState = { ...state, list, order, listBeforeSimilar: begins ? state.list : isSimilar ? earlier : null }
  const isSame = list.filter === filter && hasSameOrder
  return isSame && statusOf(list, state.error) !== 'end' ? rereadQueue(next) : openQueue(next, filter)
}

/** Starts at the top of a filter. Its first page is read once all decisions made so far are stored. */
function openQueue(state: ReviewState, filter: QueueList['filter']): Transition {
  const listKey = state.nextKey
  const list = createQueueList(filter, { key: listKey, order: state.order, skipped: state.list.skipped })
  const opened: ReviewState = {
    ...state,
    list,
    nextKey: listKey + 1,
    readingPageOf: listKey,
    pendingInQueue: null,
    error: null,
    announcement: null,
  }
  return chain(beginPair(opened), (next) => to(next, { type: 'awaitWrites', listKey }))
}

export function writesSettled(state: ReviewState, listKey: number): Transition {
  const released = state.readingPageOf === listKey ? { ...state, readingPageOf: null } : state
  return listKey === state.list.key ? chain(readAround(released), readFigures) : to(released)
}

/** Forgets what is in memory but the order, after another screen may have changed it. */
function rereadQueue(state: ReviewState): Transition {
  const loaded = state.writes.pending.length === 0 ? IdMap.empty<never>() : state.list.loaded
  const forgotten = markAllChanged({ ...state, list: { ...state.list, loaded, siblingId: null } })
  return chain(beginPair(forgotten), readFigures)
}

/** Goes to a pair of the table, the last of those given; the queue goes on behind it. */
export function startAt(state: ReviewState, { filter, candidates, place }: EventOf<'startAt'>): Transition {
  const { first, key, order, total } = place
  // Who goes to a pair wants to see it, skipped or not.
  const chosen = new Set(candidates.map(({ id }) => id))
  const skipped = new Set([...state.list.skipped].filter((id) => !chosen.has(id)))
  const empty = createQueueList(filter, { key: state.nextKey, skipped, offset: first, ...(order && { order }) })
  const list = appendPage(empty, { candidates, next: key, ...(total !== undefined && { total }) })
  const started: ReviewState = {
    ...state,
    list: moveBy(list, candidates.length - 1),
    nextKey: state.nextKey + 1,
    pendingInQueue: null,
    error: null,
  }
  return chain(beginPair(started), readFigures)
}

/**
 * Candidates were added: counts are read again, and new ones join behind the last. With `changed`, others may have decided too:
 * what lies ahead and is decided leaves the queue, and what is on the screen stays there, as it now is.
 */
export function refresh(state: ReviewState, changed: boolean): Transition {
  const list = expectNew(state.list, changed)
  const expecting = changed
    ? markAllChanged({ ...state, list: markAllOutdated(list) })
    : { ...markItemsStale({ ...state, list }), revision: state.revision + 1 }
  return chain(readAround(expecting), readFigures)
}
