import sql from 'sql-template-tag'
import { z } from 'zod'
import { prepare, readRow } from '../sql/statement'
import type { ReadableDb, WritableDb } from '../sql/types'
import { requireSnapshot } from './snapshots'

const cardSchema = z.object({ text: z.string(), savedBy: z.string(), savedAt: z.number() })

/** Returns the saved card of a snapshot; null if none was saved. */
export function readSavedCard(db: ReadableDb, snapshotId: number): z.infer<typeof cardSchema> | null {
  const row = readRow(db, sql`SELECT text, saved_by AS savedBy, saved_at AS savedAt FROM snapshot_card WHERE snapshot_id = ${snapshotId}`)
  return row === undefined ? null : cardSchema.parse(row)
}

/** Saves the card of a snapshot, replacing an earlier one. @throws Problem not-found if there is no such snapshot */
export function saveCard(db: WritableDb, card: { readonly snapshotId: number; readonly text: string; readonly savedBy: string }): void {
  requireSnapshot(db, card.snapshotId)
  prepare(
    db,
    `INSERT INTO snapshot_card (snapshot_id, text, saved_by, saved_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (snapshot_id) DO UPDATE SET text = excluded.text, saved_by = excluded.saved_by, saved_at = excluded.saved_at`,
  ).run(card.snapshotId, card.text, card.savedBy, Date.now())
}
