import sql, { join, type Sql } from 'sql-template-tag'
import type { CandidateFilter } from '../../../shared/review'
import type { ReadableDb } from '../sql/types'
import { numberSchema } from '../sql/stored'
import { hasLeftOut, takesPart } from '../library/leftOut'
import { findShownByVerdict, type ShownByVerdict, withoutDecisions } from '../quality/answeredChecks'
import { listsWithReason } from '../decisions/reasons'
import { searched, toMatch } from '../search/searchTerms'
import { similarIds } from '../search/similarIds'
import { readValue, valuesOf } from '../sql/statement'

/** Maximum number of matches that are collected up front. With more matches, walking the list finds them soon enough. */
const gathered = 20_000

const origins = {
  human: sql`candidate.author IS NOT NULL`,
  model: sql`candidate.run_id IS NOT NULL`,
  import: sql`candidate.record_id IS NOT NULL`,
} as const satisfies Record<NonNullable<CandidateFilter['origin']>, Sql>

/** Converts a filter to a condition on rows of `candidate`. @param reviewer the current reviewer, for conditions on their own work */
export function conditionsOf(db: ReadableDb, filter: CandidateFilter, reviewer = ''): Sql {
  const shown = findShownByVerdict(db, filter, reviewer)
  const own = conditionsByState(db, filter, reviewer)
  return shown ? sql`((${shown.isOther} AND ${own}) OR (${conditionsByVerdict(db, filter, reviewer, shown)}))` : own
}

/** Returns the condition for pairs that are shown with the verdict on an attention check. */
export const conditionsByVerdict = (db: ReadableDb, filter: CandidateFilter, reviewer: string, { isFound }: ShownByVerdict): Sql =>
  sql`${isFound} AND ${conditionsByState(db, withoutDecisions(filter), reviewer)}`

/** Returns the condition for pairs that are shown with their own state. */
export function conditionsByState(db: ReadableDb, filter: CandidateFilter, reviewer = ''): Sql {
  const where: Sql[] = hasLeftOut(db) ? [takesPart(db)] : []
  const { states, onlyOwn } = filter
  if (onlyOwn) where.push(undecidedOrOwn(reviewer))
  if (states?.length) where.push(sql`candidate.state IN (${join(states)})`)
  if (filter.runId !== undefined) where.push(sql`candidate.run_id = ${filter.runId}`)
  if (filter.promptVersionId !== undefined)
    where.push(sql`candidate.run_id IN (SELECT id FROM run WHERE prompt_version_id = ${filter.promptVersionId})`)
  if (filter.itemId !== undefined) where.push(sql`candidate.item_id = ${filter.itemId}`)
  if (filter.itemIds !== undefined) where.push(sql`candidate.item_id IN ${valuesOf(filter.itemIds)}`)
  if (filter.kind !== undefined) where.push(sql`candidate.kind = ${filter.kind}`)
  if (filter.origin !== undefined) where.push(origins[filter.origin])
  if (filter.flagged === 'any' && !onlyOwn) where.push(sql`candidate.id IN (SELECT candidate_id FROM flag)`)
  else if (filter.flagged !== undefined) where.push(sql`candidate.id IN (SELECT candidate_id FROM flag WHERE reviewer = ${reviewer})`)
  if (filter.tag !== undefined) where.push(sql`candidate.id IN (SELECT candidate_id FROM tag WHERE tag = ${filter.tag})`)
  if (filter.commented) where.push(sql`candidate.id IN (SELECT candidate_id FROM comment WHERE ${commentsSeen(filter, reviewer)})`)
  if (filter.reason !== undefined) where.push(sql`candidate.reason_list_id IN (${listsWithReason(filter.reason)})`)
  where.push(...decisionConditions(db, filter))
  if (filter.exemplarId !== undefined) {
    where.push(sql`candidate.call_id IN (SELECT call_id FROM call_exemplar WHERE candidate_id = ${filter.exemplarId})`)
    if (onlyOwn) where.push(sql`EXISTS (SELECT 1 FROM candidate WHERE id = ${filter.exemplarId} AND ${undecidedOrOwn(reviewer)})`)
  }
  if (filter.look === 'second')
    where.push(sql`candidate.id IN (SELECT candidate_id FROM second_review WHERE state = 'waiting' AND first_reviewer <> ${reviewer})`)
  if (filter.look === 'disagreement') where.push(sql`candidate.id IN (SELECT candidate_id FROM second_review WHERE state = 'disagreement')`)
  if (filter.language !== undefined) where.push(languageCondition(db, filter.language))
  if (filter.similarTo !== undefined) where.push(sql`candidate.id IN ${valuesOf(similarIds(db, filter.similarTo))}`)
  if (filter.query?.trim()) where.push(searchCondition(db, filter, filter.query, reviewer))
  return where.length > 0 ? join(where, ' AND ') : sql`1`
}

/** Condition: the pair is undecided, or this reviewer decided it. */
export const undecidedOrOwn = (reviewer: string): Sql => sql`(candidate.state = 'pending'
  OR EXISTS (SELECT 1 FROM decision WHERE decision.id = candidate.decision_id AND decision.reviewer = ${reviewer}))`

/** Condition on `comment`: the current reviewer may see the comment. */
const commentsSeen = ({ onlyOwn }: CandidateFilter, reviewer = ''): Sql => (onlyOwn ? sql`comment.reviewer = ${reviewer}` : sql`1`)

/** Selects the ids of the pairs with a matching comment that the reviewer may see. */
export const commentedWith = (match: string, filter: CandidateFilter, reviewer?: string): Sql =>
  sql`SELECT comment.candidate_id FROM comment_text CROSS JOIN comment ON comment.id = comment_text.rowid
    WHERE comment_text MATCH ${match} AND ${commentsSeen(filter, reviewer)}`

/**
 * Conditions on the reviewer and time of the current decision. A few matches are collected by pair; with many, each decided pair is
 * checked.
 */
function decisionConditions(db: ReadableDb, { reviewer, decidedFrom, decidedBefore }: CandidateFilter): Sql[] {
  const parts: Sql[] = []
  if (reviewer !== undefined) parts.push(sql`reviewer = ${reviewer}`)
  if (decidedFrom !== undefined) parts.push(sql`decided_at >= ${decidedFrom}`)
  if (decidedBefore !== undefined) parts.push(sql`decided_at < ${decidedBefore}`)
  if (parts.length === 0) return []
  const such = join(parts, ' AND ')
  const standing = sql`candidate.state IN ('accepted', 'edited', 'rejected', 'ignored')
      AND EXISTS (SELECT 1 FROM decision WHERE decision.id = candidate.decision_id AND ${such})`
  return isFew(db, sql`decision WHERE ${such}`)
    ? [sql`candidate.id IN (SELECT candidate_id FROM decision WHERE ${such})`, standing]
    : [standing]
}

/** Returns whether there are few enough rows to collect them. */
const isFew = (db: ReadableDb, rows: Sql): boolean =>
  numberSchema.parse(readValue(db, sql`SELECT count(*) FROM (SELECT 1 FROM ${rows} LIMIT ${gathered + 1})`)) <= gathered

/** Collects all matches of a search, for operations on the whole result. Pages and counts use `candidateParts`. */
function searchCondition(db: ReadableDb, filter: CandidateFilter, words: string, reviewer: string): Sql {
  const [texts, comments, contexts] = searched.map((table) => toMatch(db, table, words))
  if (!texts || !comments || !contexts) return sql`0` // punctuation alone is in no index
  return sql`(candidate.id IN (SELECT rowid FROM candidate_text WHERE candidate_text MATCH ${texts})
      OR candidate.id IN (${commentedWith(comments, filter, reviewer)})
      OR candidate.item_id IN (SELECT rowid FROM item_text WHERE item_text MATCH ${contexts}))`
}

/** Pairs of a rare language are collected; walking the list finds those of a common one soon enough. */
function languageCondition(db: ReadableDb, language: string): Sql {
  return isFew(db, sql`candidate_language WHERE language = ${language}`)
    ? sql`candidate.id IN (SELECT candidate_id FROM candidate_language WHERE language = ${language})`
    : sql`EXISTS (SELECT 1 FROM candidate_language WHERE candidate_id = candidate.id AND language = ${language})`
}
