import type { Candidate } from '../../shared/domain'
import type { CandidateFilter, ListOrder, QueueCursor } from '../../shared/review'
import type { CardKind, TableSort } from '../../shared/table'
import { readCandidates } from '../store/candidates/candidates'
import { changeNumber } from '../store/sql/statement'
import type { ReadableDb } from '../store/sql/types'

interface Held {
  readonly queue: number
  /** of the candidates, in their order; 8 bytes each */
  readonly ids: Float64Array
  /** what the table asked for, and of which state of the file */
  readonly asked: string
  readonly change: string
}

/** So many orders of a project are held; an earlier one is made anew when it is read on. */
const maxHeld = 3

export interface QueueRequest {
  readonly filter: CandidateFilter
  readonly order: ListOrder
  /** null: the order is made anew */
  readonly after: QueueCursor | null
  readonly limit: number
}

interface QueuePage {
  readonly candidates: Candidate[]
  readonly next: QueueCursor | null
  /** how many there were when the order was made */
  readonly total: number
}

interface SortedRange {
  readonly filter: CandidateFilter
  readonly sort: TableSort
  /** who asks: a filter may be about what is theirs */
  readonly reviewer: string
  readonly from: number
  readonly limit: number
}

export interface GridRequest {
  readonly filter: CandidateFilter
  readonly order: ListOrder
  readonly cards: CardKind
  /** who asks: what one reviewer opened is not read by another */
  readonly reviewer: string
  /** null opens the grid anew */
  readonly queue: number | null
}

export type Queues = ReturnType<typeof createQueues>

/** Orders of candidates that no index gives. Made once, by `listIds`, in another process; then each page costs the same at any size. */
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
    /** The order of a grid as it was when it was opened, and the first pair of each of its cards. */
    async openGrid(db: ReadableDb, request: GridRequest): Promise<{ queue: number; ids: Float64Array }> {
      return findGrid(db, request) ?? make(db, request.filter, request.order, gridAsked(request), request.cards)
    },
    /** The first pairs of some cards; null where that order is not held any more. */
    gridIds: (db: ReadableDb, request: GridRequest, from: number, limit: number): number[] | null => {
      const known = findGrid(db, request)
      return known ? [...known.ids.subarray(from, from + limit)] : null
    },

    /**
     * The next pairs of an order as it was when it was asked for: one that followed every decision would show pairs twice or never. Those
     * that were decided meanwhile and do not answer to the filter's states any more are left out.
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

    /** Ids from a place on in an order as it is now: it is made anew after any change of the file. */
    async range(db: ReadableDb, { filter, sort, reviewer, from, limit }: SortedRange): Promise<{ queue: number; ids: number[] }> {
      const asked = JSON.stringify([filter, sort, reviewer])
      const change = changeNumber(db)
      const known = held.get(db)?.find((one) => one.asked === asked && one.change === change)
      const { queue, ids } = known ?? (await make(db, filter, sort, asked))
      return { queue, ids: [...ids.subarray(from, from + limit)] }
    },
  }
}
