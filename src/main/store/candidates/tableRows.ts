import { z } from 'zod'
import { candidateSchema } from '../../../shared/domain'
import type { TableRow } from '../../../shared/table'
import { say } from '../../../shared/say'
import { readCandidates } from './candidates'
import type { ReadableDb } from '../sql/types'
import { prepare } from '../sql/statement'
import { parseRow } from '../sql/stored'

const list = z.string().transform((text) => z.string().array().parse(JSON.parse(text)))

const marksSchema = z
  .object({
    id: candidateSchema.shape.id,
    flaggedBy: list,
    tags: list,
    comments: list,
    rating: z.number().nullable(),
    language: z.string().nullable(),
    reviewer: z.string().nullable(),
    decidedAt: z.number().nullable(),
  })
  .array()

const gather = (value: string, from: string) =>
  `(SELECT json_group_array(value) FROM (SELECT ${value} AS value FROM ${from} WHERE candidate_id = candidate.id`

const marksSql = `SELECT candidate.id,
    ${gather('reviewer', 'flag')} ORDER BY flagged_at)) AS flaggedBy,
    ${gather('tag', 'tag')} ORDER BY tag)) AS tags,
    ${gather('body', 'comment')} ORDER BY id)) AS comments,
    (SELECT avg(value) FROM rating WHERE candidate_id = candidate.id) AS rating,
    (SELECT language FROM candidate_language WHERE candidate_id = candidate.id) AS language,
    CASE WHEN state <> 'pending' THEN decision.reviewer END AS reviewer,
    CASE WHEN state <> 'pending' THEN decision.decided_at END AS decidedAt
  FROM candidate LEFT JOIN decision ON decision.id = candidate.decision_id
  WHERE candidate.id IN (SELECT value FROM json_each(?))`

/** Rows of the table for these candidates, in the order of their ids as given. */
export function readTableRows(db: ReadableDb, ids: readonly number[]): TableRow[] {
  const marks = parseRow(marksSchema, prepare(db, marksSql).all(JSON.stringify(ids)), say`What was put on pairs`)
  const byId = new Map(marks.map(({ id, ...rest }) => [id, rest]))
  return readCandidates(db, ids).flatMap((candidate) => {
    const found = byId.get(candidate.id)
    return found ? { candidate, ...found } : []
  })
}
