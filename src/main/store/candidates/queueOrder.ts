import sql, { empty, type Sql } from 'sql-template-tag'
import type { CandidateFilter, ListOrder, QueueOrder } from '../../../shared/review'
import { z } from 'zod'
import { conditionsOf } from './candidateFilter'
import type { CardKind } from '../../../shared/table'
import type { ReadableDb } from '../sql/types'
import { listSorted } from './tableRows'
import { numbersSchema } from '../sql/stored'
import { readRows, readValues } from '../sql/statement'

const orders = {
  import: sql`candidate.item_id, candidate.id`,
  random: sql`candidate.id`,
  flagged: sql`NOT EXISTS (SELECT 1 FROM flag WHERE candidate_id = candidate.id), candidate.item_id, candidate.id`,
  leastReviewed: sql`progress.reviewed, candidate.item_id, candidate.id`,
  run: sql`candidate.run_id DESC, candidate.item_id, candidate.id`,
} as const satisfies Record<QueueOrder['kind'], Sql>

/** How many pairs of each item are decided; made once, not for every row. */
const progress = sql`JOIN (SELECT item_id, sum(state <> 'pending') AS reviewed FROM candidate GROUP BY item_id) AS progress
  ON progress.item_id = candidate.item_id`

/**
 * Ids of the candidates that a filter finds, in the order in which they are to come up. It reads them all: with a million candidates
 * it takes longer than a window may wait in its own process.
 * @param seed of the order `random`: with the same one, pairs keep their order among each other, whichever of them the filter finds
 */
export function listQueue(
  db: ReadableDb,
  { filter, order, reviewer, seed = 1 }: { filter: CandidateFilter; order: QueueOrder['kind']; reviewer: string; seed?: number },
): number[] {
  const ids = numbersSchema.parse(
    readValues(
      db,
      sql`SELECT candidate.id FROM candidate ${order === 'leastReviewed' ? progress : empty}
       WHERE ${conditionsOf(db, filter, reviewer)} ORDER BY ${orders[order]}`,
    ),
  )
  return order === 'random' ? ids.sort((one, other) => scatter(one, seed) - scatter(other, seed) || one - other) : ids
}

interface OrderedList {
  readonly filter: CandidateFilter
  readonly order: ListOrder
  readonly reviewer: string
  readonly cards: CardKind
}

/** Ids in any order that a list may have; of items, those of their first pair. */
export function listOrdered(db: ReadableDb, { filter, order, reviewer, cards }: OrderedList): number[] {
  const ids =
    order.kind === 'column'
      ? listSorted(db, { filter, sort: order, reviewer })
      : listQueue(db, { filter, order: order.kind, reviewer, seed: order.seed })
  return cards === 'items' ? firstOfItems(db, ids) : ids
}

const placesSchema = z.object({ id: z.number(), itemId: z.number() }).array()

/** The first of the pairs of each item, in the order given. One read of all pairs: for the helper process. */
function firstOfItems(db: ReadableDb, ids: readonly number[]): number[] {
  const itemOf = new Map(
    placesSchema.parse(readRows(db, sql`SELECT id, item_id AS itemId FROM candidate`)).map((row) => [row.id, row.itemId]),
  )
  const seen = new Set<number | undefined>()
  return ids.filter((id) => {
    const itemId = itemOf.get(id)
    return !seen.has(itemId) && seen.add(itemId)
  })
}

/** The last step of MurmurHash3 (Appleby 2011, public domain): 32 bits that look like chance. */
function scatter(id: number, seed: number): number {
  let bits = (id + Math.imul(seed, 0x9e3779b1)) | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
