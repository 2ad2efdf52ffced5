import type { Candidate, CandidateState, Pair, Verdict } from '../../../shared/domain'
import { applyBatch, nextBatch } from './bulkDecisions'
import type { WritableDb } from '../sql/types'
import { saveReasons } from './reasons'
import { readStacks } from './decisionStacks'
import { prepare } from '../sql/statement'

/** What one step does with one candidate. */
export interface StepRow {
  readonly candidate: Candidate
  readonly verdict: Verdict
  readonly state: CandidateState
  readonly reason: string | null
  /** the new text; left out where it stays */
  readonly text?: Pair
  /** the new place in its conversation; left out where it stays */
  readonly turn?: number
}

const insertSql = `INSERT INTO decision (candidate_id, kind, verdict, reason_list_id, reviewer, before_state, after_state, before_reason_list_id,
    before_instruction, before_response, after_instruction, after_response, before_turn, after_turn, seconds, undo_below, decided_at, batch_id)
  VALUES (?, 'decide', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/**
 * Decisions of several kinds on several candidates as one step, which one undo takes back. The undo goes to the first of them, which also
 * carries the seconds. Call it inside a transaction.
 */
export function takeStep(db: WritableDb, reviewer: string, rows: readonly StepRow[], seconds: number | null = null): void {
  if (rows.length === 0) return
  const batch = nextBatch(db)
  const { undo } = readStacks(db, reviewer)
  const now = Date.now()
  for (const [index, { candidate, verdict, state, reason, text, turn }] of rows.entries()) {
    const changed = text !== undefined && (text.instruction !== candidate.instruction || text.response !== candidate.response)
    prepare(db, insertSql).run(
      candidate.id,
      verdict,
      saveReasons(db, reason),
      reviewer,
      candidate.state,
      state,
      saveReasons(db, candidate.reason),
      changed ? candidate.instruction : null,
      changed ? candidate.response : null,
      changed ? text.instruction : null,
      changed ? text.response : null,
      turn === undefined ? null : (candidate.turn ?? 0),
      turn ?? null,
      index === 0 ? seconds : null,
      undo,
      now,
      batch,
    )
  }
  applyBatch(db, batch)
}
