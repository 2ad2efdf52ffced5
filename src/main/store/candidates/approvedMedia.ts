import sql, { join, type Sql } from 'sql-template-tag'
import { z } from 'zod'
import type { CandidateState, MediaKind } from '../../../shared/domain'
import type { ReadableDb } from '../sql/types'
import { hasLeftOut, takesPart } from '../library/leftOut'
import { readRow } from '../sql/statement'

const mediaSchema = z.object({ count: z.number(), bytes: z.number() })
/** The media of the items that have approved pairs, each once. */
export type ApprovedMedia = z.infer<typeof mediaSchema>

const approved = sql`candidate.state IN ('accepted', 'edited')`

/** Counts the media of the items with approved pairs, and their bytes. It reads all of those pairs, so it is for the helper process. */
export const sumApprovedMedia = (db: ReadableDb): ApprovedMedia =>
  mediaSchema.parse(
    readRow(
      db,
      sql`SELECT count(*) AS count, coalesce(sum(bytes), 0) AS bytes FROM media WHERE id IN
       (SELECT media_id FROM item_media WHERE item_id IN (SELECT item_id FROM candidate WHERE ${approved}))`,
    ),
  )

const trainingSchema = z.object({
  rows: z.number(),
  texts: z.number(),
  images: z.number(),
  imagesOfRows: z.number(),
  videos: z.number(),
  videoCount: z.number(),
})

/**
 * Sums what rows about decided pairs are made of, in bytes: their texts, their images once and once a row, where a conversation is a row, and
 * their videos. It reads all of those pairs.
 * @param maxImages pairs of items with more are left out
 */
export function sumTrainingBytes(db: ReadableDb, states: readonly CandidateState[], maxImages: number): z.infer<typeof trainingSchema> {
  const decided = sql`candidate.state IN (${join([...states])}) AND ${hasLeftOut(db) ? takesPart(db) : sql`1`}`
  const shown = (kind: MediaKind) => sql`FROM media WHERE kind = ${kind} AND id IN
    (SELECT media_id FROM item_media WHERE item_id IN (SELECT item_id FROM item_rows))`
  return trainingSchema.parse(
    readRow(
      db,
      sql`WITH item_rows AS (
         SELECT item_id, count(DISTINCT CASE WHEN conversation IS NULL THEN candidate.id
           ELSE coalesce(call_id, conversation_call_id, 0) || ':' || conversation END) AS rows,
           sum(length(CAST(instruction AS BLOB)) + length(CAST(response AS BLOB))) AS texts
         FROM candidate JOIN pair ON candidate_id = candidate.id
         WHERE ${decided} AND (SELECT count(*) FROM item_media JOIN media ON media.id = media_id
           WHERE item_media.item_id = candidate.item_id AND media.kind = 'image') <= ${Math.min(maxImages, 1e9)}
         GROUP BY item_id)
       SELECT coalesce(sum(rows), 0) AS rows, coalesce(sum(texts), 0) AS texts,
         (SELECT coalesce(sum(bytes), 0) ${shown('image')}) AS images,
         coalesce(sum(rows * (SELECT coalesce(sum(bytes), 0) FROM item_media JOIN media ON media.id = media_id
           WHERE item_media.item_id = item_rows.item_id AND media.kind = 'image')), 0) AS imagesOfRows,
         (SELECT coalesce(sum(bytes), 0) ${shown('video')}) AS videos, (SELECT count(*) ${shown('video')}) AS videoCount
       FROM item_rows`,
    ),
  )
}

const countSchema = z.object({ count: z.number() })

/** Counts the approved pairs whose item waits for media, has none, or has one that cannot be read; each pair once, in this order. */
export function countWithoutMedia(db: ReadableDb): { missing: number; none: number; broken: number } {
  const count = (items: Sql) =>
    countSchema.parse(readRow(db, sql`SELECT count(*) AS count FROM candidate WHERE ${approved} AND ${items}`)).count
  const isMissing = sql`item_id IN (SELECT item_id FROM missing_media)`
  const hasMedia = sql`item_id IN (SELECT item_id FROM item_media)`
  const isBroken = sql`item_id IN (SELECT item_id FROM item_media JOIN media ON media.id = media_id WHERE problem IS NOT NULL)`
  return {
    missing: count(isMissing),
    none: count(sql`NOT (${isMissing}) AND NOT (${hasMedia})`),
    broken: count(sql`NOT (${isMissing}) AND ${isBroken}`),
  }
}
