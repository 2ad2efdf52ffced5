import sql from 'sql-template-tag'
import type { SnapshotFilter } from '../../../shared/snapshot'
import { prepare, run } from '../sql/statement'
import { numberSchema } from '../sql/stored'
import type { WritableDb } from '../sql/types'
import { conditionsOfSnapshot } from './snapshotFilter'

/** Stores the pairs that a filter finds, and the chosen items as far as no snapshot holds them yet. Texts are copied when they change. */
export function storePairs(db: WritableDb, snapshotId: number, filter: SnapshotFilter): void {
  storeItems(db)
  run(
    db,
    sql`INSERT INTO snapshot_pair (snapshot_id, item_id, candidate_id, text_version, snapshot_item_id, decision_id, state, turn, split)
     SELECT ${snapshotId}, candidate.item_id, candidate.id, text_version, snapshot_item.id, candidate.decision_id, candidate.state, candidate.turn, split
     FROM chosen_item CROSS JOIN context ON context.item_id = chosen_item.item_id
       CROSS JOIN snapshot_item ON snapshot_item.item_id = chosen_item.item_id AND snapshot_item.media = chosen_item.media
         AND snapshot_item.context = body
       CROSS JOIN candidate ON candidate.item_id = chosen_item.item_id
       CROSS JOIN pair ON pair.candidate_id = candidate.id
     WHERE ${conditionsOfSnapshot(db, filter)}`,
  )
  prepare(
    db,
    `INSERT INTO snapshot_run (snapshot_id, run_id, settings)
     SELECT $id, id, settings FROM run
     WHERE id IN (SELECT run_id FROM snapshot_pair CROSS JOIN candidate ON candidate.id = candidate_id WHERE snapshot_id = $id)`,
  ).run({ id: snapshotId })
}

function storeItems(db: WritableDb): void {
  const last = numberSchema.parse(prepare(db, `SELECT coalesce(max(id), 0) FROM snapshot_item`).pluck().get())
  prepare(
    db,
    `INSERT INTO snapshot_item (item_id, media, context)
     SELECT chosen_item.item_id, media, body FROM chosen_item CROSS JOIN context ON context.item_id = chosen_item.item_id
     WHERE NOT EXISTS (SELECT 1 FROM snapshot_item AS held
       WHERE held.item_id = chosen_item.item_id AND held.media = chosen_item.media AND held.context = body)`,
  ).run()
  prepare(
    db,
    `INSERT INTO snapshot_medium (snapshot_item_id, position, media_id, missing_name)
     SELECT id, position, media_id, NULL FROM snapshot_item CROSS JOIN item_media ON item_media.item_id = snapshot_item.item_id WHERE id > $last
     UNION ALL
     SELECT id, position, NULL, name FROM snapshot_item CROSS JOIN missing_media ON missing_media.item_id = snapshot_item.item_id WHERE id > $last`,
  ).run({ last })
}
