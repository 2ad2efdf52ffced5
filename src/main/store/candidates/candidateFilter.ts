import type { CandidateFilter } from '../../../shared/review'
import type { ReadableDb } from '../sql/types'
import { prepare } from '../sql/statement'
import { numberSchema } from '../sql/stored'
import { listsWithReason } from '../decisions/reasons'
import { searched, toMatch } from '../search/searchTerms'
import { similarIds } from '../search/similarIds'

export interface Conditions {
  /** joined by AND; about a row of `candidate` */
  readonly where: string
  readonly parameters: readonly (string | number)[]
}

/** Up to so many finds are gathered before the list is walked; more of them are met soon enough by walking. */
const gathered = 20_000

/** A filter as SQL. @param reviewer who asks, for what is theirs */
export function conditionsOf(db: ReadableDb, filter: CandidateFilter, reviewer = ''): Conditions {
  const where: string[] = []
  const parameters: (string | number)[] = []
  const add = (condition: string, ...values: (string | number)[]) => {
    where.push(condition)
    parameters.push(...values)
  }
  const { states, onlyOwn } = filter
  if (onlyOwn) add(undecidedOrOwn, reviewer)
  if (states?.length) add(`candidate.state IN (${states.map(() => '?').join(', ')})`, ...states)
  if (filter.runId !== undefined) add(`candidate.run_id = ?`, filter.runId)
  if (filter.promptVersionId !== undefined)
    add(`candidate.run_id IN (SELECT id FROM run WHERE prompt_version_id = ?)`, filter.promptVersionId)
  if (filter.itemId !== undefined) add(`candidate.item_id = ?`, filter.itemId)
  if (filter.kind !== undefined) add(`candidate.kind = ?`, filter.kind)
  if (filter.origin !== undefined) add(`candidate.author IS ${filter.origin === 'human' ? 'NOT NULL' : 'NULL'}`)
  if (filter.flagged === 'any' && !onlyOwn) add(`candidate.id IN (SELECT candidate_id FROM flag)`)
  else if (filter.flagged !== undefined) add(`candidate.id IN (SELECT candidate_id FROM flag WHERE reviewer = ?)`, reviewer)
  if (filter.tag !== undefined) add(`candidate.id IN (SELECT candidate_id FROM tag WHERE tag = ?)`, filter.tag)
  if (filter.commented) {
    const { sql, values } = commentsSeen(filter, reviewer)
    add(`candidate.id IN (SELECT candidate_id FROM comment WHERE ${sql})`, ...values)
  }
  if (filter.reason !== undefined) add(`candidate.reason_list_id IN (${listsWithReason})`, filter.reason, filter.reason, filter.reason)
  addDecision(db, filter, add)
  if (filter.exemplarId !== undefined) {
    add(`candidate.call_id IN (SELECT call_id FROM call_exemplar WHERE candidate_id = ?)`, filter.exemplarId)
    if (onlyOwn) add(`EXISTS (SELECT 1 FROM candidate WHERE id = ? AND ${undecidedOrOwn})`, filter.exemplarId, reviewer)
  }
  if (filter.look === 'second')
    add(`candidate.id IN (SELECT candidate_id FROM second_review WHERE state = 'waiting' AND first_reviewer <> ?)`, reviewer)
  if (filter.look === 'disagreement') add(`candidate.id IN (SELECT candidate_id FROM second_review WHERE state = 'disagreement')`)
  if (filter.language !== undefined) addLanguage(db, filter.language, add)
  if (filter.similarTo !== undefined)
    add(`candidate.id IN (SELECT value FROM json_each(?))`, JSON.stringify(similarIds(db, filter.similarTo)))
  addSearch(db, filter, reviewer, add)
  return { where: where.length > 0 ? where.join(' AND ') : '1', parameters }
}

/** Nobody has decided the pair, or the reviewer has (one value: their name). */
export const undecidedOrOwn = `(candidate.state = 'pending'
  OR EXISTS (SELECT 1 FROM decision WHERE decision.id = candidate.decision_id AND decision.reviewer = ?))`

/** The comments that the reviewer who asks may see, as a condition on `comment`. */
export const commentsSeen = ({ onlyOwn }: CandidateFilter, reviewer = ''): { sql: string; values: readonly string[] } =>
  onlyOwn ? { sql: `comment.reviewer = ?`, values: [reviewer] } : { sql: `1`, values: [] }

type Add = (condition: string, ...values: (string | number)[]) => void

/** Whose decision stands and when it was made. A few are gathered by their pairs; of many, each decided pair is looked at. */
function addDecision(db: ReadableDb, { reviewer, decidedFrom, decidedBefore }: CandidateFilter, add: Add): void {
  const parts: string[] = []
  const values: (string | number)[] = []
  if (reviewer !== undefined) {
    parts.push(`reviewer = ?`)
    values.push(reviewer)
  }
  if (decidedFrom !== undefined) {
    parts.push(`decided_at >= ?`)
    values.push(decidedFrom)
  }
  if (decidedBefore !== undefined) {
    parts.push(`decided_at < ?`)
    values.push(decidedBefore)
  }
  if (parts.length === 0) return
  const such = parts.join(' AND ')
  if (countSome(db, `decision WHERE ${such}`, values) <= gathered)
    add(`candidate.id IN (SELECT candidate_id FROM decision WHERE ${such})`, ...values)
  add(
    `candidate.state IN ('accepted', 'edited', 'rejected', 'ignored')
      AND EXISTS (SELECT 1 FROM decision WHERE decision.id = candidate.decision_id AND ${such})`,
    ...values,
  )
}

/** How many rows there are, counted a little further than are gathered. */
const countSome = (db: ReadableDb, rows: string, values: readonly (string | number)[]): number =>
  numberSchema.parse(
    prepare(db, `SELECT count(*) FROM (SELECT 1 FROM ${rows} LIMIT ${gathered + 1})`)
      .pluck()
      .get(...values),
  )

/** All that is found, gathered: for steps over the whole of it. Pages and counts go by `candidateParts`. */
function addSearch(db: ReadableDb, filter: CandidateFilter, reviewer: string, add: Add): void {
  const words = filter.query ?? ''
  if (!words.trim()) return
  const [texts, comments, contexts] = searched.map((table) => toMatch(db, table, words))
  if (!texts || !comments || !contexts) return add('0') // signs alone are in no index
  const seen = commentsSeen(filter, reviewer)
  add(
    `(candidate.id IN (SELECT rowid FROM candidate_text WHERE candidate_text MATCH ?)
      OR candidate.id IN (SELECT candidate_id FROM comment
        WHERE id IN (SELECT rowid FROM comment_text WHERE comment_text MATCH ?) AND ${seen.sql})
      OR candidate.item_id IN (SELECT rowid FROM item_text WHERE item_text MATCH ?))`,
    texts,
    comments,
    ...seen.values,
    contexts,
  )
}

/** Pairs of a rare language are gathered; those of a common one are met soon enough by walking. */
function addLanguage(db: ReadableDb, language: string, add: Add): void {
  if (countSome(db, `candidate_language WHERE language = ?`, [language]) <= gathered)
    add(`candidate.id IN (SELECT candidate_id FROM candidate_language WHERE language = ?)`, language)
  else add(`EXISTS (SELECT 1 FROM candidate_language WHERE candidate_id = candidate.id AND language = ?)`, language)
}
