import sql, { join, type Sql } from 'sql-template-tag'
import { z } from 'zod'
import type { CandidateState } from '../../../shared/domain'
import type { ReadableDb } from '../sql/types'
import { hasLeftOut, takesPart } from '../library/leftOut'
import { readRow, valuesOf } from '../sql/statement'

export const approvedMediaSchema = z.object({ count: z.number(), bytes: z.number() })
/** Number and size of the distinct media of items with approved pairs. */
export type ApprovedMedia = z.infer<typeof approvedMediaSchema>

const approved = sql`candidate.state IN ('accepted', 'edited')`

/**
 * Counts the media of the items with approved pairs, and sums their bytes. It reads all of those pairs, so call it in the helper process.
 */
export const sumApprovedMedia = (db: ReadableDb): ApprovedMedia =>
  approvedMediaSchema.parse(
    readRow(
      db,
      sql`SELECT count(*) AS count, coalesce(sum(bytes), 0) AS bytes FROM media WHERE id IN
       (SELECT media_id FROM item_media WHERE item_id IN (SELECT item_id FROM candidate WHERE ${approved}))`,
    ),
  )

const trainingSchema = z.object({
  ...{ rows: z.number(), texts: z.number(), images: z.number(), imagesOfRows: z.number() },
  ...{ videos: z.number(), videoCount: z.number() },
})
/** Sizes in bytes of the content of the rows of decided pairs: texts, images (each counted once, and once per row) and videos. */
export type TrainingBytes = z.infer<typeof trainingSchema>

/**
 * Sums the sizes of the content of rows. A conversation is one row.
 * @param pairs owner, conversation (or another row key) and bytes of text of each pair
 * @param shown owner and media_id of the media that owners show
 * @param maxImages pairs of owners with more images are left out
 */
export const sumRowBytes = (db: ReadableDb, pairs: Sql, shown: Sql, maxImages: number): TrainingBytes =>
  trainingSchema.parse(
    readRow(
      db,
      sql`WITH decided AS (${pairs}), shown AS (${shown}),
         sizes AS (SELECT owner, total(bytes) AS bytes, count(*) AS images FROM shown JOIN media ON media.id = media_id
           WHERE kind = 'image' GROUP BY owner),
         owner_rows AS (SELECT owner, count(DISTINCT conversation) AS rows, sum(texts) AS texts FROM decided
           WHERE owner NOT IN (SELECT owner FROM sizes WHERE images > ${Math.min(maxImages, 1e9)}) GROUP BY owner),
         wanted AS (SELECT kind, bytes FROM media WHERE id IN
           (SELECT media_id FROM shown WHERE owner IN (SELECT owner FROM owner_rows)))
       SELECT coalesce(sum(rows), 0) AS rows, coalesce(sum(texts), 0) AS texts,
         coalesce(sum(rows * coalesce((SELECT bytes FROM sizes WHERE sizes.owner = owner_rows.owner), 0)), 0) AS imagesOfRows,
         (SELECT total(bytes) FROM wanted WHERE kind = 'image') AS images,
         (SELECT total(bytes) FROM wanted WHERE kind = 'video') AS videos, (SELECT count(*) FROM wanted WHERE kind = 'video') AS videoCount
       FROM owner_rows`,
    ),
  )

/**
 * Sums the sizes of the content of the rows of a project's decided pairs. It reads all of those pairs.
 * @param itemIds counts only pairs of these items
 */
export function sumTrainingBytes(
  db: ReadableDb,
  states: readonly CandidateState[],
  maxImages: number,
  itemIds?: readonly number[],
): TrainingBytes {
  const takingPart = hasLeftOut(db) ? sql`AND ${takesPart(db)}` : sql``
  const ofItems = itemIds ? sql`AND candidate.item_id IN ${valuesOf(itemIds)}` : sql``
  const pairs = sql`SELECT item_id AS owner, CASE WHEN conversation IS NULL THEN 'pair ' || candidate.id
      ELSE coalesce(call_id, conversation_call_id, 0) || ':' || conversation END AS conversation,
      length(CAST(instruction AS BLOB)) + length(CAST(response AS BLOB)) AS texts
    FROM candidate JOIN pair ON candidate_id = candidate.id WHERE candidate.state IN (${join([...states])}) ${takingPart} ${ofItems}`
  return sumRowBytes(db, pairs, sql`SELECT item_id AS owner, media_id FROM item_media`, maxImages)
}

const countSchema = z.object({ count: z.number() })

/**
 * Counts the approved pairs whose item misses a medium, has no media, or has unreadable media. Each pair is counted once, checked in this
 * order.
 */
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
