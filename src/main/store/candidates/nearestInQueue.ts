import sql from 'sql-template-tag'
import type { Candidate } from '../../../shared/domain'
import type { CandidateFilter } from '../../../shared/review'
import type { ReadableDb } from '../sql/types'
import { numberSchema } from '../sql/stored'
import { readValue } from '../sql/statement'
import { conditionsOf } from './candidateFilter'
import { readKeys } from './candidateParts'
import { getCandidate } from './candidates'

/**
 * Finds a pair in a queue in import order: the pair itself; the next one if it has left the queue; or else the first.
 * @returns the pair and the number of pairs before it; null if the queue is empty or in search order
 */
export function findNearestInQueue(
  db: ReadableDb,
  filter: CandidateFilter,
  candidateId: number,
  reviewer: string,
): { candidate: Candidate; before: number } | null {
  if (filter.query?.trim() || filter.similarTo !== undefined || filter.look !== undefined) return null
  const left = getCandidate(db, candidateId)
  const at = left && { itemId: left.itemId, id: left.id - 1 }
  const [key] = [at, null].flatMap((after) => (after === undefined ? [] : readKeys(db, filter, { after, limit: 1, reviewer })))
  const candidate = key && getCandidate(db, key.id)
  if (!candidate) return null
  const conditions = conditionsOf(db, filter, reviewer)
  const before = readValue(
    db,
    sql`SELECT count(*) FROM candidate WHERE ${conditions} AND (candidate.item_id, candidate.id) < (${key.itemId}, ${key.id})`,
  )
  return { candidate, before: numberSchema.parse(before) }
}
