import type { Candidate, CandidateState, Pair, Verdict } from '../../../shared/domain'
import { applyBatch, nextBatch } from './bulkDecisions'
import type { WritableDb } from '../sql/types'
import { saveReasons } from './reasons'
import { readStacks } from './decisionStacks'
import { prepare } from '../sql/statement'

/** The change of one candidate in a step. */
export interface StepRow {
  readonly candidate: Candidate
  readonly verdict: Verdict
  readonly state: CandidateState
  readonly reason: string | null
  /** The new text; omitted if unchanged. */
  readonly text?: Pair
  /** The new position in its conversation; omitted if unchanged. */
  readonly turn?: number
}

const insertSql = `INSERT INTO decision (candidate_id, kind, verdict, reason_list_id, reviewer, before_state, after_state, before_reason_list_id,
    before_instruction, before_response, after_instruction, after_response, before_turn, after_turn, seconds, undo_below, decided_at, batch_id)
  VALUES (?, 'decide', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/**
 * Stores decisions of different kinds on several candidates as one step, which one undo reverts. The undo returns to the first candidate,
 * whose row also holds the seconds. Call it inside a transaction.
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
