import { createHash } from 'node:crypto'
import { prepare } from '../sql/statement'
import { numberSchema, textSchema } from '../sql/stored'
import type { WritableDb } from '../sql/types'

/** Copies the chosen pairs with all that an export takes from them, as far as no snapshot holds it yet. */
export function copyChosen(db: WritableDb, snapshotId: number): void {
  prepare(
    db,
    `INSERT OR IGNORE INTO snapshot_text (candidate_id, digest, instruction, response, draft_instruction, draft_response, rationale)
     SELECT pair.candidate_id, chosen_pair.digest, instruction, response, draft_instruction, draft_response, rationale
     FROM chosen_pair CROSS JOIN pair ON pair.candidate_id = chosen_pair.candidate_id`,
  ).run()
  const last = numberSchema.parse(prepare(db, `SELECT coalesce(max(id), 0) FROM snapshot_item`).pluck().get())
  prepare(
    db,
    `INSERT OR IGNORE INTO snapshot_item (item_id, media_digest, context_digest, context)
     SELECT chosen_item.item_id, media_digest, context_digest, body FROM chosen_item CROSS JOIN context ON context.item_id = chosen_item.item_id`,
  ).run()
  prepare(
    db,
    `INSERT INTO snapshot_medium (snapshot_item_id, position, media_id, missing_name)
     SELECT id, position, media_id, NULL FROM snapshot_item CROSS JOIN item_media ON item_media.item_id = snapshot_item.item_id WHERE id > $last
     UNION ALL
     SELECT id, position, NULL, name FROM snapshot_item CROSS JOIN missing_media ON missing_media.item_id = snapshot_item.item_id WHERE id > $last`,
  ).run({ last })
  prepare(
    db,
    `INSERT INTO snapshot_pair (snapshot_id, item_id, candidate_id, text_id, snapshot_item_id, decision_id, state, turn, split)
     SELECT ?, chosen_pair.item_id, chosen_pair.candidate_id, snapshot_text.id, snapshot_item.id, decision_id, state, turn, split
     FROM chosen_item
       CROSS JOIN snapshot_item ON snapshot_item.item_id = chosen_item.item_id AND snapshot_item.media_digest = chosen_item.media_digest
         AND snapshot_item.context_digest = chosen_item.context_digest
       CROSS JOIN chosen_pair ON chosen_pair.item_id = chosen_item.item_id
       CROSS JOIN snapshot_text ON snapshot_text.candidate_id = chosen_pair.candidate_id AND snapshot_text.digest = chosen_pair.digest`,
  ).run(snapshotId)
  prepare(
    db,
    `INSERT INTO snapshot_run (snapshot_id, run_id, settings)
     SELECT ?, id, settings FROM run WHERE id IN (SELECT run_id FROM chosen_pair)`,
  ).run(snapshotId)
}

/** Returns a SHA-256 of the content of the chosen pairs: their texts, media, contexts, decisions, places in conversations and splits. */
export function hashChosen(db: WritableDb): string {
  const content = createHash('sha256')
  const rows = prepare(
    db,
    `SELECT media_digest || ' ' || context_digest || ' ' || split || ' ' || (
       SELECT group_concat(candidate_id || ' ' || digest || ' ' || decision_id || ' ' || coalesce(turn, ''))
       FROM chosen_pair WHERE chosen_pair.item_id = chosen_item.item_id)
     FROM chosen_item ORDER BY item_id`,
  ).pluck()
  for (const line of rows.iterate()) content.update(`${textSchema.parse(line)}\n`)
  return content.digest('hex')
}
