import sql from 'sql-template-tag'
import { prepare, run } from '../sql/statement'
import { driverOf, type WritableDb } from '../sql/types'
import { write } from '../sql/transaction'
import { requireSnapshot } from './snapshots'

const isHeld = `EXISTS (SELECT 1 FROM snapshot CROSS JOIN snapshot_pair ON snapshot_id = snapshot.id AND item_id = snapshot_item.item_id
  AND snapshot_item_id = snapshot_item.id)`

/** Deletes rows that no snapshot uses any more. Media are kept: a backup may hold an older state of the project, and contains no files. */
const withoutPairs = `
  CREATE TEMP TABLE unheld_item AS SELECT id FROM snapshot_item WHERE NOT ${isHeld};
  DELETE FROM snapshot_medium WHERE snapshot_item_id IN (SELECT id FROM unheld_item);
  DELETE FROM snapshot_item WHERE id IN (SELECT id FROM unheld_item);
  DROP TABLE unheld_item;
  DELETE FROM snapshot_text WHERE NOT EXISTS (SELECT 1 FROM snapshot CROSS JOIN snapshot_pair ON snapshot_id = snapshot.id
    AND item_id = (SELECT item_id FROM candidate WHERE id = snapshot_text.candidate_id)
    AND candidate_id = snapshot_text.candidate_id AND text_version = snapshot_text.text_version);
`

/**
 * Deletes a snapshot with its card, and the texts, contexts and lists of media that only it used; pairs, items and media are kept. Use a
 * connection with `prepareLongStep`; otherwise SQLite searches all pairs for references. @throws Problem not-found
 */
export function deleteSnapshot(db: WritableDb, { id, deletedBy }: { readonly id: number; readonly deletedBy: string }): void {
  write(db, () => {
    const { name } = requireSnapshot(db, id)
    run(db, sql`INSERT INTO deleted_snapshot (id, name, deleted_at, deleted_by) VALUES (${id}, ${name}, ${Date.now()}, ${deletedBy})`)
    prepare(db, `DELETE FROM snapshot_card WHERE snapshot_id = ?`).run(id)
    prepare(db, `DELETE FROM snapshot WHERE id = ?`).run(id)
    prepare(db, `DELETE FROM snapshot_pair WHERE snapshot_id = ?`).run(id)
    prepare(db, `DELETE FROM snapshot_run WHERE snapshot_id = ?`).run(id)
    driverOf(db).exec(withoutPairs)
  })
}
