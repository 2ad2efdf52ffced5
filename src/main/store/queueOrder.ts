import type { CandidateFilter, QueueOrder } from '../../shared/review'
import { conditionsOf } from './candidateFilter'
import type { Database } from './database'
import { prepare } from './statement'
import { numbersSchema } from './stored'

const orders = {
  import: `candidate.item_id, candidate.id`,
  random: `candidate.id`,
  flagged: `NOT EXISTS (SELECT 1 FROM flag WHERE candidate_id = candidate.id), candidate.item_id, candidate.id`,
  leastReviewed: `progress.reviewed, candidate.item_id, candidate.id`,
  run: `candidate.run_id DESC, candidate.item_id, candidate.id`,
} as const satisfies Record<QueueOrder['kind'], string>

/** How many pairs of each item are decided; made once, not for every row. */
const progress = `JOIN (SELECT item_id, sum(state <> 'pending') AS reviewed FROM candidate GROUP BY item_id) AS progress
  ON progress.item_id = candidate.item_id`

/**
 * Ids of the candidates that a filter finds, in the order in which they are to come up. It reads them all: with a million candidates
 * it takes longer than a window may wait in its own process.
 * @param random numbers in [0, 1), for the order `random`
 */
export function listQueue(
  db: Database,
  { filter, order, reviewer, random }: { filter: CandidateFilter; order: QueueOrder['kind']; reviewer: string; random: () => number },
): number[] {
  const { where, parameters } = conditionsOf(db, filter, reviewer)
  const rows = prepare(
    db,
    `SELECT candidate.id FROM candidate ${order === 'leastReviewed' ? progress : ''} WHERE ${where} ORDER BY ${orders[order]}`,
  )
  const ids = numbersSchema.parse(rows.pluck().all(...parameters))
  if (order === 'random') shuffleInPlace(ids, random)
  return ids
}

/** Fisher–Yates. */
function shuffleInPlace(ids: number[], random: () => number): void {
  for (let at = ids.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    const id = ids[at] ?? 0
    ids[at] = ids[other] ?? 0
    ids[other] = id
  }
}
