import sql, { empty, type Sql } from 'sql-template-tag'
import { z } from 'zod'
import type { CandidateCursor } from '../../../shared/contract'
import { candidateStateSchema, type Candidate } from '../../../shared/domain'
import { type LookQueue } from '../../../shared/quality'
import type { CandidateFilter } from '../../../shared/review'
import { conditionsOf } from '../candidates/candidateFilter'
import { readCandidates } from '../candidates/candidates'
import type { ReadableDb } from '../sql/types'
import { takesPart } from '../library/leftOut'
import { getQualitySettings } from './qualitySettings'
import { numberSchema } from '../sql/stored'
import { readRows, readValues, readValue, valuesOf } from '../sql/statement'

/** Returns a page of a queue of second reviews, by item, then by age. Walks the queue's own index. */
export function listSecondReviews(
  db: ReadableDb,
  { look, ...rest }: CandidateFilter & { look: LookQueue },
  after: CandidateCursor | null,
  limit: number,
  reviewer: string,
): { candidates: Candidate[]; next: CandidateCursor | null } {
  const { itemId, id } = after ?? { itemId: 0, id: 0 }
  const waits = look === 'second' ? sql`'waiting' AND look.first_reviewer <> ${reviewer}` : sql`'disagreement'`
  const ids = numberSchema.array().parse(
    readValues(
      db,
      sql`SELECT look.candidate_id FROM second_review AS look CROSS JOIN candidate ON candidate.id = look.candidate_id
       WHERE look.state = ${waits} AND (look.item_id, look.candidate_id) > (${itemId}, ${id}) AND ${conditionsOf(db, rest, reviewer)}
       ORDER BY look.item_id, look.candidate_id LIMIT ${limit}`,
    ),
  )
  const candidates = readCandidates(db, ids)
  const last = candidates.at(-1)
  return { candidates, next: last && candidates.length === limit ? { itemId: last.itemId, id: last.id } : null }
}

const countWhere = (db: ReadableDb, condition: Sql) =>
  numberSchema.parse(readValue(db, sql`SELECT count(*) FROM second_review WHERE ${condition} AND ${takesPart(db, sql`item_id`)}`))

/** Counts the pairs that wait for this reviewer, those with a disagreement, and approved pairs held back from exports. */
export function countSecondReviews(db: ReadableDb, reviewer: string): { second: number; disagreements: number; heldBack: number } {
  const [waiting, disagreed, approved] = [sql`state = 'waiting'`, sql`state = 'disagreement'`, sql`first_state IN ('accepted', 'edited')`]
  const approvedWaiting = getQualitySettings(db).exportWaiting ? 0 : countWhere(db, sql`${waiting} AND ${approved}`)
  return {
    second: countWhere(db, waiting) - countWhere(db, sql`${waiting} AND first_reviewer = ${reviewer}`),
    disagreements: countWhere(db, disagreed),
    heldBack: countWhere(db, sql`${disagreed} AND ${approved}`) + approvedWaiting,
  }
}

/** Returns the states of second reviews that hold a pair back from exports. */
export const unresolvedStates = (db: ReadableDb): readonly string[] =>
  getQualitySettings(db).exportWaiting ? ['disagreement'] : ['disagreement', 'waiting']

/**
 * Returns the candidates that are held back from exports: their reviewers disagree, or the second review is pending (unless the project
 * exports those).
 */
export function listUnresolved(db: ReadableDb, candidateIds: readonly number[]): Set<number> {
  const ids = readValues(
    db,
    sql`SELECT candidate_id FROM second_review WHERE candidate_id IN ${valuesOf(candidateIds)} AND state IN ${valuesOf(unresolvedStates(db))}`,
  )
  return new Set(numberSchema.array().parse(ids))
}

/** Number of pairs with this combination of first and second verdict. */
const cellsSchema = z.object({ first: candidateStateSchema, second: candidateStateSchema, pairs: z.number() }).array()
export type AgreementCells = z.infer<typeof cellsSchema>

/** Returns the combinations of first and second verdicts, of all reviewers or of one reviewer compared with all others. */
export function readAgreementCells(db: ReadableDb, reviewer?: string): AgreementCells {
  const cells = (condition: Sql) =>
    cellsSchema.parse(
      readRows(
        db,
        sql`SELECT first_state AS first, second_state AS second, count(*) AS pairs FROM second_review
         WHERE second_state IS NOT NULL ${condition} GROUP BY first_state, second_state`,
      ),
    )
  if (reviewer === undefined) return cells(empty)
  return [...cells(sql`AND first_reviewer = ${reviewer}`), ...cells(sql`AND second_reviewer = ${reviewer}`)]
}
