import { z } from 'zod'
import type { Pair } from '../../../shared/domain'
import type { ReadableDb, WritableDb } from '../sql/types'
import { prepare } from '../sql/statement'
import type { CandidateCursor } from '../../../shared/contract'

const rowsSchema = z
  .object({ id: z.number(), itemId: z.number(), itemSourceId: z.string(), instruction: z.string(), response: z.string() })
  .array()
type PendingText = z.infer<typeof rowsSchema>[number]

/** Returns the next texts of pending pairs, by item and then by age. @param after end of the previous page */
export function listPendingTexts(db: ReadableDb, after: CandidateCursor | null, limit: number): PendingText[] {
  const { itemId, id } = after ?? { itemId: 0, id: 0 }
  return rowsSchema.parse(
    prepare(
      db,
      `SELECT candidate.id, item_id AS itemId, source_id AS itemSourceId, instruction, response
       FROM candidate JOIN pair ON candidate_id = candidate.id JOIN item ON item.id = item_id
       WHERE state = 'pending' AND (item_id, candidate.id) > (?, ?) ORDER BY item_id, candidate.id LIMIT ?`,
    ).all(itemId, id, limit),
  )
}

/** Stores the text of a new candidate, and its text before an edit. Call it in the transaction that adds the candidate. */
export function addPairText(
  db: WritableDb,
  candidateId: number,
  text: Pair,
  rationale: string | null = null,
  draft: Pair | null = null,
): void {
  prepare(
    db,
    `INSERT INTO pair (candidate_id, instruction, response, draft_instruction, draft_response, rationale) VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(candidateId, text.instruction, text.response, draft?.instruction ?? null, draft?.response ?? null, rationale)
}

/** @param draft the model's text if it differs from the new text, or null */
export function changePairText(db: WritableDb, candidateId: number, text: Pair, draft: Pair | null): void {
  prepare(
    db,
    `UPDATE pair SET instruction = ?, response = ?, draft_instruction = ?, draft_response = ?, text_version = text_version + 1
     WHERE candidate_id = ?`,
  ).run(text.instruction, text.response, draft?.instruction ?? null, draft?.response ?? null, candidateId)
}
