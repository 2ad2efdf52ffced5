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

/** Number of decided pairs of each item; computed once, not for every row. */
const progress = sql`JOIN (SELECT item_id, sum(state <> 'pending') AS reviewed FROM candidate GROUP BY item_id) AS progress
  ON progress.item_id = candidate.item_id`

/**
 * Returns the ids of the candidates that match a filter, in queue order. It reads all of them: with a million candidates this is too slow
 * for the main process.
 * @param seed of the order `random`: with the same seed, pairs keep their relative order, whichever of them match the filter
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

/** Returns ids in any order of a list; for item cards, the ids of the first pair of each item. */
export function listOrdered(db: ReadableDb, { filter, order, reviewer, cards }: OrderedList): number[] {
  const ids =
    order.kind === 'column'
      ? listSorted(db, { filter, sort: order, reviewer })
      : listQueue(db, { filter, order: order.kind, reviewer, seed: order.seed })
  return cards === 'items' ? firstOfItems(db, ids) : ids
}

const placesSchema = z.object({ id: z.number(), itemId: z.number() }).array()

/** Returns the first pair of each item, in the given order. It reads all pairs, so call it in the helper process. */
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

/** The finalizer of MurmurHash3 (Appleby 2011, public domain): 32 pseudo-random bits. */
function scatter(id: number, seed: number): number {
  let bits = (id + Math.imul(seed, 0x9e3779b1)) | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
