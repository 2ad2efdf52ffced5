import sql, { type Sql } from 'sql-template-tag'
import { z } from 'zod'
import type { Split } from '../../../shared/domain'
import type { SnapshotFilter } from '../../../shared/snapshot'
import { readTuples, run, valuesOf } from '../sql/statement'
import { driverOf, type WritableDb } from '../sql/types'
import { conditionsOfSnapshot } from './snapshotFilter'

const table = `
  CREATE TEMP TABLE IF NOT EXISTS chosen_item (
    item_id INTEGER PRIMARY KEY,
    -- approved pairs
    pairs INTEGER NOT NULL,
    -- as in snapshot_item
    media TEXT NOT NULL,
    split TEXT NOT NULL DEFAULT 'train'
  ) STRICT;
  DELETE FROM chosen_item;
`

/** Stores the items of the pairs that match a filter in `chosen_item`, a temporary table of this connection that the next call clears. */
export function chooseItems(db: WritableDb, filter: SnapshotFilter): void {
  driverOf(db).exec(table)
  run(
    db,
    sql`INSERT INTO chosen_item (item_id, pairs, media)
      SELECT found.item_id, found.pairs,
        coalesce((SELECT group_concat(position || ' ' || sha256) FROM item_media JOIN media ON media.id = media_id
            WHERE item_media.item_id = found.item_id), '')
          || coalesce((SELECT json_group_array(json_array(position, name)) FROM missing_media WHERE missing_media.item_id = found.item_id), '')
      FROM (SELECT candidate.item_id, sum(candidate.state <> 'rejected') AS pairs FROM candidate INDEXED BY candidate_by_item
        WHERE ${conditionsOfSnapshot(db, filter)} GROUP BY candidate.item_id) AS found`,
  )
}

/** One check per row: schemas of its columns would take longer than the query. */
const sizesSchema = z.custom<[number, number][]>(
  (rows) => Array.isArray(rows) && rows.every(([one, other]: unknown[]) => typeof one === 'number' && typeof other === 'number'),
)

/** Returns the chosen items with the number of their approved pairs, and the media that they show. */
export function readChosenItems(db: WritableDb): { sizes: Map<number, number>; shown: [itemId: number, mediaId: number][] } {
  const sizes = new Map(sizesSchema.parse(readTuples(db, sql`SELECT item_id, pairs FROM chosen_item`)))
  const shown = readTuples(
    db,
    sql`SELECT item_media.item_id, media_id FROM chosen_item CROSS JOIN item_media ON item_media.item_id = chosen_item.item_id`,
  )
  return { sizes, shown: sizesSchema.parse(shown) }
}

/** Stores the split of each chosen item; items that are not listed are in `train`. */
export function saveChosenSplits(db: WritableDb, splitOf: ReadonlyMap<number, Split>): void {
  for (const split of ['validation', 'test'] as const) {
    const ids = [...splitOf].flatMap(([id, its]) => (its === split ? id : []))
    run(db, sql`UPDATE chosen_item SET split = ${split} WHERE item_id IN ${valuesOf(ids)}`)
  }
}

/** The first and the last id of a range of items that are stored together. */
export type ItemRange = readonly [first: number, last: number]

/** Condition: the item id is in the range. @param id the column that holds it */
export const isInRange = (id: Sql, [first, last]: ItemRange): Sql => sql`${id} BETWEEN ${first} AND ${last}`

/** Drops the table of chosen items to release its memory. */
export const forgetChosen = (db: WritableDb): void => {
  driverOf(db).exec(`DROP TABLE IF EXISTS temp.chosen_item`)
}
