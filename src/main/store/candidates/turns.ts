import sql from 'sql-template-tag'
import type { Candidate } from '../../../shared/domain'
import { candidateSelect, readCandidates, requireCandidate, toCandidate } from './candidates'
import type { ReadableDb, WritableDb } from '../sql/types'
import { verdictOf } from '../decisions/decisions'
import { takeStep, type StepRow } from '../decisions/steps'
import { write } from '../sql/transaction'
import { readRows } from '../sql/statement'

/** All turns of the conversation that a candidate stands in, in their order; what a person wrote and took back is left out. */
export function listTurns(db: ReadableDb, { conversationCallId, conversation }: Candidate): Candidate[] {
  if (conversation === null || conversationCallId === null) return []
  return readRows(
    db,
    sql`${candidateSelect} WHERE (call_id = ${conversationCallId} OR conversation_call_id = ${conversationCallId}) AND conversation = ${conversation}
       AND (author IS NULL OR candidate.state <> 'rejected') ORDER BY turn, candidate.id`,
  ).map(toCandidate)
}

/** What it takes for the turns to stand in this order: rows that move them and leave all else. */
export const inThisOrder = (turns: readonly Candidate[]): StepRow[] =>
  turns.flatMap((candidate, turn) =>
    candidate.turn === turn
      ? []
      : [{ candidate, verdict: verdictOf[candidate.state], state: candidate.state, reason: candidate.reason, turn }],
  )

/**
 * Moves a turn one place up or down in its conversation; a step of its own for the undo.
 * @returns the turns that moved, this one first; none where it stands at that end already, or in no conversation
 */
export function moveTurn(
  db: WritableDb,
  { candidateId, by, reviewer }: { candidateId: number; by: -1 | 1; reviewer: string },
): Candidate[] {
  return write(db, () => {
    const turns = listTurns(db, requireCandidate(db, candidateId))
    const place = turns.findIndex(({ id }) => id === candidateId)
    const [turn, other] = [turns[place], turns[place + by]]
    if (!turn || !other) return []
    const rows = inThisOrder(turns.with(place, other).with(place + by, turn))
    const own = (row: StepRow) => (row.candidate.id === candidateId ? 0 : 1)
    const ordered = rows.toSorted((a, b) => own(a) - own(b))
    takeStep(db, reviewer, ordered)
    return readCandidates(
      db,
      ordered.map(({ candidate }) => candidate.id),
    )
  })
}
