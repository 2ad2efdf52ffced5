import type { Candidate } from '../../shared/domain'
import type { CandidateFilter, ListOrder, QueueCursor } from '../../shared/review'
import type { CardKind, TableSort } from '../../shared/table'
import { readCandidates } from '../store/candidates/candidates'
import { changeNumber } from '../store/sql/statement'
import type { ReadableDb } from '../store/sql/types'

interface Held {
  readonly queue: number
  /** ids of the candidates in order, 8 bytes each */
  readonly ids: Float64Array
  /** key of the request, and the state of the file at that time */
  readonly asked: string
  readonly change: string
}

/** Maximum number of orders kept per project; an earlier order is created again when its next page is read. */
const maxHeld = 3

export interface QueueRequest {
  readonly filter: CandidateFilter
  readonly order: ListOrder
  /** null: creates a new order */
  readonly after: QueueCursor | null
  readonly limit: number
}

interface QueuePage {
  readonly candidates: Candidate[]
  readonly next: QueueCursor | null
  /** number of candidates when the order was created */
  readonly total: number
}

interface SortedRange {
  readonly filter: CandidateFilter
  readonly sort: TableSort
  /** the active reviewer: a filter may depend on their data */
  readonly reviewer: string
  readonly from: number
  readonly limit: number
}

export interface GridRequest {
  readonly filter: CandidateFilter
  readonly order: ListOrder
  readonly cards: CardKind
  /** the active reviewer: the grid of one reviewer is not read by another */
  readonly reviewer: string
  /** null opens a new grid */
  readonly queue: number | null
}

export type Queues = ReturnType<typeof createQueues>

/**
 * Creates the cache of orders that no index provides. `listIds` computes an order once, in another process; then each page costs the same
 * at any size.
 */
export function createQueues(listIds: (filter: CandidateFilter, order: ListOrder, cards: CardKind) => Promise<Float64Array>) {
  const held = new WeakMap<ReadableDb, readonly Held[]>()
  let last = 0

  async function make(db: ReadableDb, filter: CandidateFilter, order: ListOrder, asked = '', cards: CardKind = 'pairs'): Promise<Held> {
    const change = changeNumber(db)
    const made = { ids: await listIds(filter, order, cards), queue: ++last, asked, change }
    held.set(db, [made, ...(held.get(db) ?? [])].slice(0, maxHeld))
    return made
  }

  const gridAsked = ({ filter, order, cards, reviewer }: GridRequest) => JSON.stringify(['grid', filter, order, cards, reviewer])
  const findGrid = (db: ReadableDb, request: GridRequest) =>
    held.get(db)?.find(({ queue, asked }) => queue === request.queue && asked === gridAsked(request))

  return {
    /** Returns the order of a grid as it was when it was opened, with the first pair of each of its cards. */
    async openGrid(db: ReadableDb, request: GridRequest): Promise<{ queue: number; ids: Float64Array }> {
      return findGrid(db, request) ?? make(db, request.filter, request.order, gridAsked(request), request.cards)
    },
    /** Returns the first pairs of some cards; null if that order is no longer kept. */
    gridIds: (db: ReadableDb, request: GridRequest, from: number, limit: number): number[] | null => {
      const known = findGrid(db, request)
      return known ? [...known.ids.subarray(from, from + limit)] : null
    },

    /**
     * Returns the next pairs of an order as it was when it was requested: an order updated by every decision would show pairs twice or
     * never. Pairs that were decided meanwhile and no longer match the states of the filter are left out.
     */
    async page(db: ReadableDb, request: QueueRequest): Promise<QueuePage> {
      const { filter, order, after, limit } = request
      const known = held.get(db)?.find(({ queue }) => queue === after?.queue)
      const { queue, ids } = known ?? (await make(db, filter, order))
      const at = known && after ? after.at : 0
      const end = Math.min(ids.length, at + limit)
      const candidates = readCandidates(db, [...ids.subarray(at, end)]).filter(
        ({ state }) => !filter.states?.length || filter.states.includes(state),
      )
      return { candidates, next: end < ids.length ? { queue, at: end } : null, total: ids.length }
    },

    /** Returns ids from an index in the current order, which is created again after any change of the file. */
    async range(db: ReadableDb, { filter, sort, reviewer, from, limit }: SortedRange): Promise<{ queue: number; ids: number[] }> {
      const asked = JSON.stringify([filter, sort, reviewer])
      const change = changeNumber(db)
      const known = held.get(db)?.find((one) => one.asked === asked && one.change === change)
      const { queue, ids } = known ?? (await make(db, filter, sort, asked))
      return { queue, ids: [...ids.subarray(from, from + limit)] }
    },
  }
}
