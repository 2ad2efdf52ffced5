import type { QueueOrder } from '../../../../../shared/review'
import { appendPage, createQueueList, expectNew, moveBy, type QueueList } from '../queue/queueList'
import { markAllOutdated } from '../queue/queueReads'
import { IdMap } from '../queue/idMap'
import { markAllChanged, markItemsStale } from './candidates'
import type { EventOf } from './events'
import { beginPair, readAround, readFigures } from './reads'
import { statusOf } from './reviewView'
import { chain, to, type ReviewState, type Transition } from './state'

const isSameOrder = (one: QueueOrder, other: QueueOrder) => one.kind === other.kind && one.seed === other.seed

/**
 * Shows the queue for a filter and order. Starts at the top for a new filter or order, and resumes at the current position otherwise.
 * A queue that had reached its end also starts at the top, because pairs drafted in the meantime may belong to any item.
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

/** Starts at the top of a filter. Reads the first page once all pending writes have been stored or have failed. */
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

/** Reads the queue again but keeps its order, because another screen may have changed its pairs. */
function rereadQueue(state: ReviewState): Transition {
  const loaded = state.writes.pending.length === 0 ? IdMap.empty<never>() : state.list.loaded
  const forgotten = markAllChanged({ ...state, list: { ...state.list, loaded, siblingId: null } })
  return chain(beginPair(forgotten), readFigures)
}

/** Starts the queue at a pair of the table, which is the last of `candidates`. The queue continues after it. */
export function startAt(state: ReviewState, { filter, candidates, place }: EventOf<'startAt'>): Transition {
  const { first, key, order, total } = place
  // A reviewer who opens a pair wants to see it even if it was skipped.
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
 * Updates the queue after candidates were added: reads the counts again and appends the new candidates. With `changed`, others may also
 * have decided on pairs: decided pairs ahead leave the queue, and the current pair stays on the screen in its new state.
 */
export function refresh(state: ReviewState, changed: boolean): Transition {
  const list = expectNew(state.list, changed)
  const expecting = changed
    ? markAllChanged({ ...state, list: markAllOutdated(list) })
    : { ...markItemsStale({ ...state, list }), revision: state.revision + 1 }
  return chain(readAround(expecting), readFigures)
}
