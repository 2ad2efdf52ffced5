import sql, { raw, type Sql } from 'sql-template-tag'
import { z } from 'zod'
import { candidateSchema, type Item } from '../../../shared/domain'
import { spanStart } from '../../../shared/spanStart'
import type { RowMedium, TableRow } from '../../../shared/table'
import { message } from '../../../shared/messages/message'
import { readItems } from '../library/items'
import { readItemMedia } from '../library/media'
import { readCandidates } from './candidates'
import type { ReadableDb } from '../sql/types'
import { parseRow } from '../sql/stored'
import { readRows, valuesOf } from '../sql/statement'

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

const gather = (value: string, from: string, order: string): Sql =>
  raw(`(SELECT json_group_array(value) FROM (SELECT ${value} AS value FROM ${from} WHERE candidate_id = candidate.id ORDER BY ${order}))`)

const marksOf = (ids: readonly number[]): Sql => sql`SELECT candidate.id,
    ${gather('reviewer', 'flag', 'flagged_at')} AS flaggedBy,
    ${gather('tag', 'tag', 'tag')} AS tags,
    ${gather('body', 'comment', 'id')} AS comments,
    (SELECT avg(value) FROM rating WHERE candidate_id = candidate.id) AS rating,
    (SELECT language FROM candidate_language WHERE candidate_id = candidate.id) AS language,
    CASE WHEN state <> 'pending' THEN decision.reviewer END AS reviewer,
    CASE WHEN state <> 'pending' THEN decision.decided_at END AS decidedAt
  FROM candidate LEFT JOIN decision ON decision.id = candidate.decision_id
  WHERE candidate.id IN ${valuesOf(ids)}`

/** The first medium of each item; for videos, with where the span begins that the item is about. */
function readRowMedia(db: ReadableDb, itemIds: readonly number[]): Map<number, RowMedium> {
  const first = [...readItemMedia(db, itemIds)].flatMap(([itemId, [medium]]) => (medium ? [{ itemId, medium }] : []))
  const videos = first.filter(({ medium }) => medium.kind === 'video').map(({ itemId }) => itemId)
  const items = videos.length > 0 ? readItems(db, videos) : new Map<number, Item>()
  return new Map(
    first.map(({ itemId, medium: { id, kind, fileName, width, height, problem } }) => {
      const item = items.get(itemId)
      return [itemId, { id, kind, fileName, width, height, problem, at: item ? Math.max(0, spanStart(item.context)) : 0 }]
    }),
  )
}

/** Rows of the table for these candidates, in the order of their ids as given. */
export function readTableRows(db: ReadableDb, ids: readonly number[]): TableRow[] {
  const marks = parseRow(marksSchema, readRows(db, marksOf(ids)), message('store.rowOf.marks'))
  const byId = new Map(marks.map(({ id, ...rest }) => [id, rest]))
  const candidates = readCandidates(db, ids)
  const media = readRowMedia(db, [...new Set(candidates.map(({ itemId }) => itemId))])
  return candidates.flatMap((candidate) => {
    const found = byId.get(candidate.id)
    return found ? { candidate, medium: media.get(candidate.itemId) ?? null, ...found } : []
  })
}
