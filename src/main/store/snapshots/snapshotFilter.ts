import sql, { join, type Sql } from 'sql-template-tag'
import { z } from 'zod'
import type { SnapshotFilter, SnapshotPreview } from '../../../shared/snapshot'
import { conditionsOf } from '../candidates/candidateFilter'
import { unresolvedStates } from '../quality/secondReviewQueue'
import { readRow } from '../sql/statement'
import type { ReadableDb } from '../sql/types'

const unresolved = (db: ReadableDb): Sql =>
  sql`candidate.id IN (SELECT candidate_id FROM second_review WHERE state IN (${join(unresolvedStates(db))}))`

function matches(db: ReadableDb, { tag, reviewer, language, flagged, rating, secondReview }: SnapshotFilter): Sql {
  const parts = [conditionsOf(db, { tag, reviewer, language, flagged: flagged ? 'any' : undefined })]
  if (flagged === false) parts.push(sql`candidate.id NOT IN (SELECT candidate_id FROM flag)`)
  if (rating !== undefined)
    parts.push(sql`candidate.id IN (SELECT candidate_id FROM rating GROUP BY candidate_id HAVING avg(value) >= ${rating})`)
  if (secondReview !== undefined) parts.push(sql`candidate.id IN (SELECT candidate_id FROM second_review WHERE state = 'agreed')`)
  return join(parts, ' AND ')
}

const approved = ({ states = ['accepted', 'edited'] }: SnapshotFilter): Sql => sql`candidate.state IN (${join(states)})`

/**
 * Converts a filter to a condition on rows of `candidate`: approved pairs, and the rejected drafts that match the rest of it, which serve
 * as negative examples. Excludes pairs whose second review is unresolved.
 */
export const conditionsOfSnapshot = (db: ReadableDb, filter: SnapshotFilter): Sql =>
  sql`(${approved(filter)} OR (candidate.state = 'rejected' AND candidate.author IS NULL)) AND ${matches(db, filter)} AND NOT ${unresolved(db)}`

const previewSchema = z.object({ pairs: z.number(), items: z.number(), heldBack: z.number() })

/**
 * Counts the pairs and items that a snapshot with this filter would contain now. It reads all approved pairs, so call it in the helper
 * process.
 */
export function previewSnapshot(db: ReadableDb, filter: SnapshotFilter): SnapshotPreview {
  const found = sql`candidate WHERE ${approved(filter)} AND ${matches(db, filter)}`
  return previewSchema.parse(
    readRow(
      db,
      sql`SELECT (SELECT count(*) FROM ${found} AND NOT ${unresolved(db)}) AS pairs,
        (SELECT count(DISTINCT item_id) FROM ${found} AND NOT ${unresolved(db)}) AS items,
        (SELECT count(*) FROM ${found} AND ${unresolved(db)}) AS heldBack`,
    ),
  )
}
