import { draftSchema, type Draft } from '../../shared/domain'
import { requireCandidate } from './candidates'
import type { Database } from './database'
import { prepare } from './statement'

/** Keeps what a reviewer has typed for a candidate and not decided on; a decision removes it. */
export function saveDraft(db: Database, candidateId: number, text: { instruction: string; response: string }): Draft {
  requireCandidate(db, candidateId)
  const savedAt = Date.now()
  prepare(
    db,
    `INSERT INTO draft (candidate_id, instruction, response, saved_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (candidate_id) DO UPDATE SET instruction = excluded.instruction, response = excluded.response, saved_at = excluded.saved_at`,
  ).run(candidateId, text.instruction, text.response, savedAt)
  return { ...text, savedAt }
}

export function getDraft(db: Database, candidateId: number): Draft | null {
  const row = prepare(db, `SELECT instruction, response, saved_at AS savedAt FROM draft WHERE candidate_id = ?`).get(candidateId)
  return row === undefined ? null : draftSchema.parse(row)
}

export function discardDraft(db: Database, candidateId: number): void {
  prepare(db, `DELETE FROM draft WHERE candidate_id = ?`).run(candidateId)
}
