import { z } from 'zod'
import {
  type CandidateFilter,
  candidateFilterSchema,
  type SavedView,
  type Work,
  workSchema,
  type WorkSessionKey,
} from '../../../shared/review'
import type { ReadableDb, WritableDb } from '../sql/types'
import { prepare } from '../sql/statement'
import { write } from '../sql/transaction'
import { message } from '../../../shared/messages/message'
import { parseStored } from '../sql/stored'

/** Starts a session with the work done so far. @throws Problem if the project is open for reading only */
export function startReviewSession(
  db: WritableDb,
  reviewer: string,
  { activeMs, decisions }: Work,
  startedAt = Date.now(),
): WorkSessionKey {
  const { lastInsertRowid } = write(db, () =>
    prepare(db, `INSERT INTO review_session (reviewer, started_at, ended_at, active_ms, decisions) VALUES (?, ?, ?, ?, ?)`).run(
      reviewer,
      startedAt,
      startedAt,
      Math.round(activeMs),
      decisions,
    ),
  )
  return { id: Number(lastInsertRowid), startedAt }
}

/** Saves the progress of this reviewer's session. Does nothing for a session of another reviewer or another project. */
export function keepReviewSession(
  db: WritableDb,
  reviewer: string,
  { id, startedAt, activeMs, decisions }: WorkSessionKey & Work,
  now = Date.now(),
): void {
  write(db, () =>
    prepare(
      db,
      `UPDATE review_session SET ended_at = ?, active_ms = ?, decisions = ? WHERE id = ? AND started_at = ? AND reviewer = ?`,
    ).run(now, Math.round(activeMs), decisions, id, startedAt, reviewer),
  )
}

/** Sums the sessions of a reviewer that began at `from` or later. */
export function sumReviewSessions(db: ReadableDb, reviewer: string, from: number): Work {
  return workSchema.parse(
    prepare(
      db,
      `SELECT coalesce(sum(decisions), 0) AS decisions, coalesce(sum(active_ms), 0) AS activeMs FROM review_session
       WHERE reviewer = ? AND started_at >= ?`,
    ).get(reviewer, from),
  )
}

const rowsSchema = z.object({ id: z.number(), name: z.string(), filter: z.string() }).array()

/** Returns the saved views, by name. */
export function listSavedViews(db: ReadableDb): SavedView[] {
  return rowsSchema.parse(prepare(db, `SELECT id, name, filter FROM saved_view ORDER BY name`).all()).map(({ id, name, filter }) => ({
    id,
    name,
    filter: parseStored(candidateFilterSchema, filter, message('store.rowOf.view', { name })),
  }))
}

/** Saves a filter under a name, replacing any view with that name. */
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
