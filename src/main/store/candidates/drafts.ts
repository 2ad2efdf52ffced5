import { draftSchema, type Draft } from '../../../shared/domain'
import { requireCandidate } from './candidates'
import type { ReadableDb, WritableDb } from '../sql/types'
import { prepare } from '../sql/statement'

/** Keeps what a reviewer has typed for a candidate and not decided on; a decision removes it. */
export function saveDraft(db: WritableDb, candidateId: number, text: { instruction: string; response: string }, reviewer = ''): Draft {
  requireCandidate(db, candidateId)
  const savedAt = Date.now()
  prepare(
    db,
    `INSERT INTO draft (candidate_id, reviewer, instruction, response, saved_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (candidate_id, reviewer) DO UPDATE
     SET instruction = excluded.instruction, response = excluded.response, saved_at = excluded.saved_at`,
  ).run(candidateId, reviewer, text.instruction, text.response, savedAt)
  return { ...text, savedAt }
}

/**
 * What this reviewer typed for a candidate, or else what was typed before drafts were kept by reviewer: nobody knows whose that is.
 * @param alone what may be another's is hidden
 */
export function getDraft(db: ReadableDb, candidateId: number, reviewer = '', alone = false): Draft | null {
  const row = prepare(
    db,
    `SELECT instruction, response, saved_at AS savedAt FROM draft WHERE candidate_id = ? AND reviewer IN (?, ?)
     ORDER BY reviewer = ? DESC LIMIT 1`,
  ).get(candidateId, reviewer, alone ? reviewer : '', reviewer)
  return row === undefined ? null : draftSchema.parse(row)
}

/** Gives what was typed under one reviewer's name, also in forms, to another, in place of what that one typed for the same pairs. */
export function moveDrafts(db: WritableDb, from: string, to: string): void {
  prepare(db, `UPDATE OR REPLACE draft SET reviewer = ? WHERE reviewer = ?`).run(to, from)
  prepare(db, `UPDATE OR REPLACE typed_pair SET reviewer = ? WHERE reviewer = ?`).run(to, from)
}

/** Forgets what `getDraft` finds. */
export function discardDraft(db: WritableDb, candidateId: number, reviewer = '', alone = false): void {
  prepare(db, `DELETE FROM draft WHERE candidate_id = ? AND reviewer IN (?, ?)`).run(candidateId, reviewer, alone ? reviewer : '')
}
