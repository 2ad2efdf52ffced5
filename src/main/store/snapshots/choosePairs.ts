import { hash } from 'node:crypto'
import sql from 'sql-template-tag'
import { z } from 'zod'
import type { Split } from '../../../shared/domain'
import type { SnapshotFilter } from '../../../shared/snapshot'
import { prepare, readTuples, run } from '../sql/statement'
import { driverOf, type WritableDb } from '../sql/types'
import { conditionsOfSnapshot } from './snapshotFilter'

/** 132 bits of SHA-256 as text, which crosses from JavaScript to SQLite twice as fast as bytes. */
const digest = (text: unknown): string => hash('sha256', String(text), 'base64url').slice(0, 22)

const tables = `
  CREATE TEMP TABLE IF NOT EXISTS chosen_pair (
    item_id INTEGER NOT NULL,
    candidate_id INTEGER NOT NULL,
    decision_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    turn INTEGER,
    run_id INTEGER,
    reviewer TEXT NOT NULL,
    language TEXT,
    digest TEXT NOT NULL,
    PRIMARY KEY (item_id, candidate_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TEMP TABLE IF NOT EXISTS chosen_item (
    item_id INTEGER PRIMARY KEY,
    -- approved pairs
    pairs INTEGER NOT NULL,
    media_digest TEXT NOT NULL,
    context_digest TEXT NOT NULL,
    split TEXT
  ) STRICT;
  DELETE FROM chosen_pair;
  DELETE FROM chosen_item;
`

/**
 * Notes the pairs that a filter finds, and their items, in tables of this connection that the next choice clears: `chosen_pair` and `chosen_item`,
 * with digests of what an export takes from them.
 */
export function choosePairs(db: WritableDb, filter: SnapshotFilter): void {
  driverOf(db).function('digest', { deterministic: true }, digest)
  driverOf(db).exec(tables)
  run(
    db,
    sql`INSERT INTO chosen_pair
      SELECT candidate.item_id, candidate.id, candidate.decision_id, candidate.state, candidate.turn, candidate.run_id, decision.reviewer,
        (SELECT language FROM candidate_language WHERE candidate_language.candidate_id = candidate.id),
        digest(json_array(pair.instruction, pair.response, pair.draft_instruction, pair.draft_response, pair.rationale))
      FROM candidate JOIN pair ON pair.candidate_id = candidate.id JOIN decision ON decision.id = candidate.decision_id
      WHERE ${conditionsOfSnapshot(db, filter)}`,
  )
  prepare(
    db,
    `INSERT INTO chosen_item (item_id, pairs, media_digest, context_digest)
     SELECT found.item_id, found.pairs,
       digest(coalesce((SELECT group_concat(position || ' ' || sha256) FROM item_media JOIN media ON media.id = media_id
           WHERE item_media.item_id = found.item_id), '')
         || coalesce((SELECT json_group_array(json_array(position, name)) FROM missing_media WHERE missing_media.item_id = found.item_id), '')),
       digest(body)
     FROM (SELECT item_id, sum(state <> 'rejected') AS pairs FROM chosen_pair GROUP BY item_id) AS found
       CROSS JOIN context ON context.item_id = found.item_id`,
  ).run()
}

/** One check for a row: schemas of its columns would take longer than the query. */
const sizesSchema = z.custom<[number, number][]>(
  (rows) => Array.isArray(rows) && rows.every(([one, other]: unknown[]) => typeof one === 'number' && typeof other === 'number'),
)

/** The chosen items with their approved pairs, and the media that they show. */
export function readChosenItems(db: WritableDb): { sizes: Map<number, number>; shown: [itemId: number, mediaId: number][] } {
  const sizes = new Map(sizesSchema.parse(readTuples(db, sql`SELECT item_id, pairs FROM chosen_item`)))
  const shown = readTuples(
    db,
    sql`SELECT item_media.item_id, media_id FROM chosen_item CROSS JOIN item_media ON item_media.item_id = chosen_item.item_id`,
  )
  return { sizes, shown: sizesSchema.parse(shown) }
}

/** Notes the split of each chosen item. */
export function saveChosenSplits(db: WritableDb, splitOf: ReadonlyMap<number, Split>): void {
  driverOf(db).function('split_of', (id: unknown) => splitOf.get(Number(id)) ?? 'train')
  prepare(db, `UPDATE chosen_item SET split = split_of(item_id)`).run()
}

/** Gives back the room that the choice took. */
export const forgetChosen = (db: WritableDb): void => {
  driverOf(db).exec(`DROP TABLE IF EXISTS temp.chosen_pair; DROP TABLE IF EXISTS temp.chosen_item`)
}
