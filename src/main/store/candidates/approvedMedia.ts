import sql, { type Sql } from 'sql-template-tag'
import { z } from 'zod'
import type { ReadableDb } from '../sql/types'
import { readRow } from '../sql/statement'

export const approvedMediaSchema = z.object({ count: z.number(), bytes: z.number() })
/** The media of the items that have approved pairs, each once. */
export type ApprovedMedia = z.infer<typeof approvedMediaSchema>

const approved = sql`candidate.state IN ('accepted', 'edited')`

/** Counts the media of the items with approved pairs, and their bytes. It reads all of those pairs, so it is for the helper process. */
export const sumApprovedMedia = (db: ReadableDb): ApprovedMedia =>
  approvedMediaSchema.parse(
    readRow(
      db,
      sql`SELECT count(*) AS count, coalesce(sum(bytes), 0) AS bytes FROM media WHERE id IN
       (SELECT media_id FROM item_media WHERE item_id IN (SELECT item_id FROM candidate WHERE ${approved}))`,
    ),
  )

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
