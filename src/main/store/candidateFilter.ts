import type { CandidateFilter } from '../../shared/review'
import type { Database } from './database'
import { prepare } from './statement'
import { numberSchema } from './stored'
import { toSearchQuery } from './search'

export interface Conditions {
  /** joined by AND; about a row of `candidate` */
  readonly where: string
  readonly parameters: readonly (string | number)[]
}

/** Up to so many finds are gathered before the list is walked; more of them are met soon enough by walking. */
const gathered = 5_000

/** A filter as SQL. @param reviewer who asks, for what is theirs */
export function conditionsOf(db: Database, filter: CandidateFilter, reviewer = ''): Conditions {
  const where: string[] = []
  const parameters: (string | number)[] = []
  const add = (condition: string, ...values: (string | number)[]) => {
    where.push(condition)
    parameters.push(...values)
  }
  const { states } = filter
  if (states?.length) add(`candidate.state IN (${states.map(() => '?').join(', ')})`, ...states)
  if (filter.runId !== undefined) add(`candidate.run_id = ?`, filter.runId)
  if (filter.promptVersionId !== undefined)
    add(`candidate.run_id IN (SELECT id FROM run WHERE prompt_version_id = ?)`, filter.promptVersionId)
  if (filter.itemId !== undefined) add(`candidate.item_id = ?`, filter.itemId)
  if (filter.kind !== undefined) add(`candidate.kind = ?`, filter.kind)
  if (filter.origin !== undefined) add(`candidate.author IS ${filter.origin === 'human' ? 'NOT NULL' : 'NULL'}`)
  if (filter.flagged === 'any') add(`candidate.id IN (SELECT candidate_id FROM flag)`)
  if (filter.flagged === 'mine') add(`candidate.id IN (SELECT candidate_id FROM flag WHERE reviewer = ?)`, reviewer)
  if (filter.tag !== undefined) add(`candidate.id IN (SELECT candidate_id FROM tag WHERE tag = ?)`, filter.tag)
  if (filter.commented) add(`candidate.id IN (SELECT candidate_id FROM comment)`)
  if (filter.reason !== undefined)
    add(
      `candidate.reason IN (SELECT reason FROM candidate WHERE reason IS NOT NULL GROUP BY reason
         HAVING instr(char(10) || reason || char(10), char(10) || ? || char(10)) > 0 OR instr(char(10) || reason, char(10) || ? || ': ') > 0)`,
      filter.reason,
      filter.reason,
    )
  addDecision(filter, add)
  if (filter.exemplarId !== undefined)
    add(`candidate.call_id IN (SELECT call_id FROM call_exemplar WHERE candidate_id = ?)`, filter.exemplarId)
  if (filter.look === 'second')
    add(`candidate.id IN (SELECT candidate_id FROM second_look WHERE state = 'waiting' AND first_reviewer <> ?)`, reviewer)
  if (filter.look === 'disagreement') add(`candidate.id IN (SELECT candidate_id FROM second_look WHERE state = 'disagreement')`)
  const query = toSearchQuery(filter.query ?? '')
  if (query !== null) addSearch(db, query, add)
  return { where: where.length > 0 ? where.join(' AND ') : '1', parameters }
}

type Add = (condition: string, ...values: (string | number)[]) => void

function addDecision({ reviewer, decidedFrom, decidedBefore }: CandidateFilter, add: Add): void {
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
  add(`candidate.state <> 'pending' AND candidate.decision_id IN (SELECT id FROM decision WHERE ${parts.join(' AND ')})`, ...values)
}

function addSearch(db: Database, query: string, add: Add): void {
  const sources = [
    `SELECT rowid FROM candidate_text WHERE candidate_text MATCH ?`,
    `SELECT candidate_id FROM comment WHERE id IN (SELECT rowid FROM comment_text WHERE comment_text MATCH ?)`,
    `SELECT found.id FROM item_text JOIN candidate AS found ON found.item_id = item_text.rowid WHERE item_text MATCH ?`,
  ]
  const count = numberSchema.parse(
    prepare(db, `SELECT count(*) FROM (${sources.join(' UNION ALL ')} LIMIT ${gathered + 1})`)
      .pluck()
      .get(query, query, query),
  )
  if (count <= gathered) return add(`candidate.id IN (${sources.join(' UNION ')})`, query, query, query)
  add(
    `(EXISTS (SELECT 1 FROM candidate_text WHERE candidate_text MATCH ? AND rowid = candidate.id)
      OR EXISTS (SELECT 1 FROM item_text WHERE item_text MATCH ? AND rowid = candidate.item_id)
      OR candidate.id IN (${sources[1]}))`,
    query,
    query,
    query,
  )
}
