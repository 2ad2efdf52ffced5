import sql from 'sql-template-tag'
import type { SnapshotFilter } from '../../../shared/snapshot'
import { prepare, run, valuesOf } from '../sql/statement'
import { numberSchema } from '../sql/stored'
import type { WritableDb } from '../sql/types'
import { isInRange, type ItemRange } from './chooseItems'
import { conditionsOfSnapshot } from './snapshotFilter'

/**
 * Stores the pairs of a range of chosen items that match a filter, and those of the items that no snapshot contains yet. Texts are copied
 * only when they change.
 */
export function storePairs(db: WritableDb, snapshotId: number, filter: SnapshotFilter, range: ItemRange): void {
  storeItems(db, range)
  run(
    db,
    sql`INSERT INTO snapshot_pair (snapshot_id, item_id, candidate_id, text_version, snapshot_item_id, decision_id, state, turn, split)
     SELECT ${snapshotId}, candidate.item_id, candidate.id, text_version, snapshot_item.id, candidate.decision_id, candidate.state, candidate.turn, split
     FROM chosen_item CROSS JOIN context ON context.item_id = chosen_item.item_id
       CROSS JOIN snapshot_item ON snapshot_item.item_id = chosen_item.item_id AND snapshot_item.media = chosen_item.media
         AND snapshot_item.context = body
       CROSS JOIN candidate ON candidate.item_id = chosen_item.item_id
       CROSS JOIN pair ON pair.candidate_id = candidate.id
     WHERE ${isInRange(sql`chosen_item.item_id`, range)} AND ${conditionsOfSnapshot(db, filter)}`,
  )
}

function storeItems(db: WritableDb, range: ItemRange): void {
  const last = numberSchema.parse(prepare(db, `SELECT coalesce(max(id), 0) FROM snapshot_item`).pluck().get())
  run(
    db,
    sql`INSERT INTO snapshot_item (item_id, media, context)
     SELECT chosen_item.item_id, media, body FROM chosen_item CROSS JOIN context ON context.item_id = chosen_item.item_id
     WHERE ${isInRange(sql`chosen_item.item_id`, range)} AND NOT EXISTS (SELECT 1 FROM snapshot_item AS held
       WHERE held.item_id = chosen_item.item_id AND held.media = chosen_item.media AND held.context = body)`,
  )
  prepare(
    db,
    `INSERT INTO snapshot_medium (snapshot_item_id, position, media_id, missing_name)
     SELECT id, position, media_id, NULL FROM snapshot_item CROSS JOIN item_media ON item_media.item_id = snapshot_item.item_id WHERE id > $last
     UNION ALL
     SELECT id, position, NULL, name FROM snapshot_item CROSS JOIN missing_media ON missing_media.item_id = snapshot_item.item_id WHERE id > $last`,
  ).run({ last })
}

/** Stores the settings of the runs that drafted the pairs of a snapshot. */
export function storeRuns(db: WritableDb, snapshotId: number, runIds: readonly number[]): void {
  run(
    db,
    sql`INSERT INTO snapshot_run (snapshot_id, run_id, settings) SELECT ${snapshotId}, id, settings FROM run WHERE id IN ${valuesOf(runIds)}`,
  )
}
