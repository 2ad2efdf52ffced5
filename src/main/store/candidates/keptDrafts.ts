import sql, { type Sql } from 'sql-template-tag'
import { z } from 'zod'
import { cleanPairText } from '../../../shared/domain'
import type { WritableDb } from '../sql/types'
import { onlyMoves } from '../decisions/moves'
import { prepare, readRows, one } from '../sql/statement'

const endedSchema = z.object({
  decisionId: z.number(),
  candidateId: z.number(),
  reviewer: z.string(),
  instruction: z.string(),
  response: z.string(),
  savedAt: z.number(),
  /** they edited the pair themselves: what lies here is an earlier state of the text that they decided on */
  edited: z.number(),
  decidedInstruction: z.string(),
  decidedResponse: z.string(),
})

/** The few drafts are gone through, not the decisions, which may be 100,000. A row that moves its turn and nothing else ends no draft, nor does an undo. */
const endedBy = (
  from: number,
): Sql => sql`SELECT made.id AS decisionId, draft.candidate_id AS candidateId, draft.reviewer, draft.instruction, draft.response,
    draft.saved_at AS savedAt,
    made.kind = 'decide' AND made.batch_id IS NULL AND made.after_instruction IS NOT NULL AND made.reviewer = draft.reviewer AS edited,
    pair.instruction AS decidedInstruction, pair.response AS decidedResponse
  FROM draft CROSS JOIN decision AS made ON made.candidate_id = draft.candidate_id JOIN pair ON pair.candidate_id = draft.candidate_id
  WHERE made.id >= ${one(from)} AND made.kind <> 'undo' AND NOT ${onlyMoves('made')}`

/**
 * Ends what is being typed for pairs that were just decided on, and keeps it with the decision for its undo; what was typed and decided
 * on stands in the decision itself. Call it inside a transaction, once the pairs have their texts.
 * @param from the first of the decisions
 * @param candidateId the only pair that was decided on
 */
export function endDrafts(db: WritableDb, from: number, candidateId?: number): void {
  const ended =
    candidateId === undefined
      ? readRows(db, endedBy(from))
      : readRows(db, sql`${endedBy(from)} AND draft.candidate_id = ${one(candidateId)}`)
  for (const draft of endedSchema.array().parse(ended)) {
    const same = cleanPairText(draft.instruction) === draft.decidedInstruction && cleanPairText(draft.response) === draft.decidedResponse
    if (!same && !draft.edited)
      prepare(
        db,
        `INSERT INTO kept_draft (decision_id, candidate_id, reviewer, instruction, response, saved_at) VALUES (?, ?, ?, ?, ?, ?)`,
      ).run(draft.decisionId, draft.candidateId, draft.reviewer, draft.instruction, draft.response, draft.savedAt)
    prepare(db, `DELETE FROM draft WHERE candidate_id = ? AND reviewer = ?`).run(draft.candidateId, draft.reviewer)
  }
}

/** Brings back what these decisions ended, but where the reviewer has typed anew since. Call it inside a transaction that undoes them. */
export function bringBackDrafts(db: WritableDb, first: number, last: number): void {
  prepare(
    db,
    `INSERT INTO draft (candidate_id, reviewer, instruction, response, saved_at)
     SELECT candidate_id, reviewer, instruction, response, saved_at FROM kept_draft WHERE decision_id BETWEEN ? AND ?
     ON CONFLICT DO NOTHING`,
  ).run(first, last)
  prepare(db, `DELETE FROM kept_draft WHERE decision_id BETWEEN ? AND ?`).run(first, last)
}
