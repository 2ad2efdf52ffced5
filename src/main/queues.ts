import type { Candidate } from '../shared/domain'
import type { QueueCursor } from '../shared/flow'
import type { CandidateFilter, QueueOrder } from '../shared/review'
import { readCandidates } from './store/candidates'
import type { Database } from './store/database'

interface Held {
  readonly queue: number
  /** of the candidates, in their order; 8 bytes each */
  readonly ids: Float64Array
}

/** So many orders of a project are held; an earlier one is made anew when it is read on. */
const heldAtMost = 2

export interface QueueRequest {
  readonly filter: CandidateFilter
  readonly order: QueueOrder
  /** null: the order is made anew */
  readonly after: QueueCursor | null
  readonly limit: number
}

export interface QueuePage {
  readonly candidates: Candidate[]
  readonly next: QueueCursor | null
  /** how many there were when the order was made */
  readonly total: number
}

/**
 * Orders of candidates that no index gives, as they were when they were asked for: an order that followed every decision would show
 * pairs twice or never. Made once, by `listIds`, in another process; then each page costs the same at any size.
 */
export function createQueues(listIds: (filter: CandidateFilter, order: QueueOrder) => Promise<Float64Array>) {
  const held = new WeakMap<Database, readonly Held[]>()
  let last = 0

  async function make(db: Database, { filter, order }: QueueRequest): Promise<Held> {
    const made = { queue: ++last, ids: await listIds(filter, order) }
    held.set(db, [made, ...(held.get(db) ?? [])].slice(0, heldAtMost))
    return made
  }

  return {
    /** The next pairs of an order; those that were decided meanwhile and do not answer to the filter's states any more are left out. */
    async page(db: Database, request: QueueRequest): Promise<QueuePage> {
      const { filter, after, limit } = request
      const known = held.get(db)?.find(({ queue }) => queue === after?.queue)
      const { queue, ids } = known ?? (await make(db, request))
      const at = known && after ? after.at : 0
      const end = Math.min(ids.length, at + limit)
      const candidates = readCandidates(db, [...ids.subarray(at, end)]).filter(
        ({ state }) => !filter.states?.length || filter.states.includes(state),
      )
      return { candidates, next: end < ids.length ? { queue, at: end } : null, total: ids.length }
    },
  }
}
