import type { Pair } from '../../../shared/domain'
import type { WritableDb } from '../sql/types'
import { prepare } from '../sql/statement'

/** Puts the text of a new candidate beside its row. Call it in the transaction that adds the row. */
export function addPairText(db: WritableDb, candidateId: number, text: Pair, rationale: string | null = null): void {
  prepare(db, `INSERT INTO pair (candidate_id, instruction, response, rationale) VALUES (?, ?, ?, ?)`).run(
    candidateId,
    text.instruction,
    text.response,
    rationale,
  )
}

/** @param draft the model's words where they differ from the text, or null */
export function changePairText(db: WritableDb, candidateId: number, text: Pair, draft: Pair | null): void {
  prepare(db, `UPDATE pair SET instruction = ?, response = ?, draft_instruction = ?, draft_response = ? WHERE candidate_id = ?`).run(
    text.instruction,
    text.response,
    draft?.instruction ?? null,
    draft?.response ?? null,
    candidateId,
  )
}
