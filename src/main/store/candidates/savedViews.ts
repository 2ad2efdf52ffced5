import { z } from 'zod'
import { candidateFilterSchema, type CandidateFilter, type SavedView } from '../../../shared/review'
import type { ReadableDb, WritableDb } from '../sql/types'
import { message } from '../../../shared/messages/message'
import { prepare } from '../sql/statement'
import { parseStored } from '../sql/stored'
import { write } from '../sql/transaction'

const rowsSchema = z.object({ id: z.number(), name: z.string(), filter: z.string() }).array()

/** By name. */
export function listSavedViews(db: ReadableDb): SavedView[] {
  return rowsSchema.parse(prepare(db, `SELECT id, name, filter FROM saved_view ORDER BY name`).all()).map(({ id, name, filter }) => ({
    id,
    name,
    filter: parseStored(candidateFilterSchema, filter, message('store.rowOf.view', { name })),
  }))
}

/** Keeps a filter under a name; one of that name is replaced. */
export function saveView(db: WritableDb, name: string, filter: CandidateFilter): void {
  write(db, () => {
    prepare(
      db,
      `INSERT INTO saved_view (name, filter, saved_at) VALUES (?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET filter = excluded.filter, saved_at = excluded.saved_at`,
    ).run(name, JSON.stringify(filter), Date.now())
  })
}

export function removeView(db: WritableDb, id: number): void {
  write(db, () => prepare(db, `DELETE FROM saved_view WHERE id = ?`).run(id))
}
