import sql, { join, type Sql } from 'sql-template-tag'
import type { CandidateFilter } from '../../../shared/review'
import { listsWithReason } from '../decisions/reasons'
import { readValues, valuesOf } from '../sql/statement'
import { numbersSchema } from '../sql/stored'
import type { ReadableDb } from '../sql/types'

/**
 * Attention checks that a reviewer has answered while their pairs are pending: until the queue is opened again, these pairs appear with
 * that verdict, so filters must match the verdict. Joined in this order because there are few checks and many pending pairs.
 */
const answered = (reviewer: string): Sql => sql`FROM attention_check AS check_
  CROSS JOIN candidate ON candidate.id = check_.candidate_id AND candidate.state = 'pending'
  CROSS JOIN side_verdict AS given ON given.id = (SELECT max(id) FROM side_verdict WHERE candidate_id = check_.candidate_id
    AND reviewer = check_.reviewer AND purpose = 'check' AND withdrawn = 0)
  WHERE check_.reviewer = ${reviewer} AND check_.closed_at IS NULL AND check_.draft IS NULL AND check_.outcome IS NOT NULL`

const idsOf = (db: ReadableDb, from: Sql): number[] => numbersSchema.parse(readValues(db, sql`SELECT check_.candidate_id ${from}`))

/** Returns the ids of the pairs whose attention check the reviewer has answered. */
export const listAnsweredChecks = (db: ReadableDb, reviewer: string): number[] => idsOf(db, answered(reviewer))

/** Returns a filter without its conditions on decisions. */
export const withoutDecisions = (filter: CandidateFilter): CandidateFilter => ({
  ...filter,
  ...{ states: undefined, reason: undefined, reviewer: undefined, decidedFrom: undefined, decidedBefore: undefined },
})

/** Converts a filter's conditions on decisions to conditions on the verdict on a check. */
function conditionsOnVerdict({ states, reason, reviewer, decidedFrom, decidedBefore }: CandidateFilter): Sql[] {
  const where: Sql[] = []
  if (states?.length) where.push(sql`given.state IN (${join(states)})`)
  if (reason !== undefined) where.push(sql`given.reason_list_id IN (${listsWithReason(reason)})`)
  if (reviewer !== undefined) where.push(sql`given.reviewer = ${reviewer}`)
  if (decidedFrom !== undefined) where.push(sql`given.decided_at >= ${decidedFrom}`)
  if (decidedBefore !== undefined) where.push(sql`given.decided_at < ${decidedBefore}`)
  return where
}

/**
 * For a filter with conditions on decisions: `isOther` selects pairs to match by their own state, `isFound` pairs that match by the verdict
 * on their check.
 */
export interface ShownByVerdict {
  readonly isOther: Sql
  readonly isFound: Sql
}

/** Returns null if the filter has no conditions on decisions, or the reviewer has answered no check. */
export function findShownByVerdict(db: ReadableDb, filter: CandidateFilter, reviewer: string): ShownByVerdict | null {
  const asked = conditionsOnVerdict(filter)
  if (asked.length === 0) return null
  const all = listAnsweredChecks(db, reviewer)
  if (all.length === 0) return null
  const found = idsOf(db, sql`${answered(reviewer)} AND ${join(asked, ' AND ')}`)
  return { isOther: sql`candidate.id NOT IN ${valuesOf(all)}`, isFound: sql`candidate.id IN ${valuesOf(found)}` }
}
