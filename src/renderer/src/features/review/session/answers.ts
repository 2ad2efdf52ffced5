import type { Candidate } from '../../../../../shared/domain'
import { appendPage, isSameCandidate } from '../queue/queueList'
import { markOutdated, mergeRead } from '../queue/queueReads'
import { isOutOfDate, newestOf, put } from './candidates'
import type { EventOf } from './events'
import { hasPendingWrite, isSettled } from './pendingWrites'
import { countQueue, readAround } from './reads'
import { statusOf } from './reviewView'
import { chain, sameCounts, to, type ItemPairs, type ReviewState, type Transition } from './state'

/** Maximum number of items whose pairs are kept in memory. */
const ITEMS_KEPT = 16
/** Number of pairs above which the pairs that the grid or the table no longer shows are dropped. */
const MAX_SHEET = 4000

/** Records the result of a read. If the state is then `loading`, restarts the timer, because the time on a pair starts when it appears. */
function endReading(state: ReviewState, error: unknown): Transition {
  const next = { ...state, error }
  return statusOf(state.list, state.error) === 'loading' ? to(next, { type: 'restartTimer' }) : to(next)
}

export function pageRead(state: ReviewState, { request, page }: EventOf<'pageRead'>): Transition {
  const { listKey, cursor, since } = request
  const free = state.readingPageOf === listKey ? { ...state, readingPageOf: null } : state
  if (listKey !== state.list.key) return to(free)
  const fresh = page.candidates.filter(({ id }) => !state.list.knownIds.has(id))
  const outOfDate = fresh.filter(({ id }) => isOutOfDate(state, id, since)).map(({ id }) => id)
  const list = markOutdated(appendPage(state.list, page, cursor), outOfDate)
  return chain(endReading({ ...free, list }, null), readAround)
}

export function candidateRead(state: ReviewState, { request: { id, since }, candidate }: EventOf<'candidateRead'>): Transition {
  const free = { ...state, readingIds: without(state.readingIds, id) }
  // A pending local change is newer.
  if (hasPendingWrite(state.writes, id)) return to(free)
  if (isOutOfDate(state, id, since)) return readAround(free)
  const merged = put({ ...free, list: mergeRead(state.list, candidate) }, candidate)
  return chain(endReading(merged, null), readAround)
}

export function itemRead(state: ReviewState, { request, candidates }: EventOf<'itemRead'>): Transition {
  const { itemId, generation, since } = request
  if (generation !== state.items.generation) return to(state)
  const newest = candidates.map((candidate): Candidate => {
    const isNewer = hasPendingWrite(state.writes, candidate.id) || isOutOfDate(state, candidate.id, since)
    return isNewer ? newestOf(state, candidate) : candidate
  })
  const isStale = candidates.some(({ id }) => isOutOfDate(state, id, since))
  const items = keepItem(state.items, itemId, newest, isStale)
  return to(newest.reduce(put, { ...state, items, isItemUnreadable: false }))
}

const dropUnshown = (sheet: ReviewState['sheet'], kept: ReadonlySet<number>) => sheet.filter((id) => kept.has(id))

/** Stores the candidates that the grid or the table has read. Local changes made since the request take precedence. */
export function sheetRead(state: ReviewState, { candidates, since, keptIds }: EventOf<'sheetRead'>): ReviewState {
  const newest = candidates.map((candidate): [number, Candidate] => {
    const isNewer = hasPendingWrite(state.writes, candidate.id) || isOutOfDate(state, candidate.id, since)
    return [candidate.id, isNewer ? newestOf(state, candidate) : candidate]
  })
  const changed = newest.filter(([id, candidate]) => !isSameCandidate(state.sheet.get(id), candidate))
  return { ...state, sheet: (state.sheet.size > MAX_SHEET ? dropUnshown(state.sheet, keptIds()) : state.sheet).setAll(changed) }
}

const without = (ids: ReadonlySet<number>, id: number): ReadonlySet<number> => new Set([...ids].filter((one) => one !== id))

function keepItem(items: ItemPairs, itemId: number, candidates: readonly Candidate[], isStale: boolean): ItemPairs {
  const kept = new Map(items.pairs)
  kept.delete(itemId)
  kept.set(itemId, candidates)
  for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - ITEMS_KEPT))) kept.delete(oldest)
  const stale = without(items.stale, itemId)
  return { ...items, pairs: kept, stale: isStale ? new Set([...stale, itemId]) : stale, reading: without(items.reading, itemId) }
}

export function readFailed(state: ReviewState, { request, error }: EventOf<'readFailed'>): Transition {
  switch (request.type) {
    case 'readPage': {
      const free = state.readingPageOf === request.listKey ? { ...state, readingPageOf: null } : state
      return request.listKey === state.list.key ? endReading(free, error) : to(free)
    }
    case 'readCandidate':
      return endReading({ ...state, readingIds: without(state.readingIds, request.id) }, error)
    case 'readItem': {
      if (request.generation !== state.items.generation) return to(state)
      const items = { ...state.items, reading: without(state.items.reading, request.itemId) }
      return to({ ...state, items, isItemUnreadable: true })
    }
    case 'readCounts':
      return to({ ...state, error })
  }
}

export function countsRead(state: ReviewState, { request, counts }: EventOf<'countsRead'>): Transition {
  if (!isSettled(state.writes)) return to({ ...state, isRecountDue: true })
  if (request.since < state.revision) return to(state, { type: 'readCounts', since: state.revision })
  return to({ ...state, counts: sameCounts(state.counts, counts) ? state.counts : counts })
}

/** Stores the size of the queue, or counts again if a candidate has changed since the request. A null size keeps the previous total. */
export function queueCounted(state: ReviewState, { request, revision, size, pending }: EventOf<'queueCounted'>): Transition {
  const { list } = state
  if (request.listKey !== list.key) return to(state)
  if (revision !== state.revision) return countQueue(state)
  const expectedTotal = size === null ? list.expectedTotal : size + list.unmatched.size
  return to({ ...state, list: { ...list, expectedTotal }, pendingInQueue: pending })
}
