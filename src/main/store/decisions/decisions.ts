import sql, { join } from 'sql-template-tag'
import { z } from 'zod'
import {
  type Candidate,
  type CandidateState,
  candidateStateSchema,
  type Pair,
  pairSchema,
  stateAfter,
  type Verdict,
  verdictSchema,
} from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import { redoBatch, undoBatch } from './bulkDecisions'
import { requireCandidate } from '../candidates/candidates'
import type { ReadableDb, WritableDb } from '../sql/types'
import { reasonsText, saveReasons } from './reasons'
import { readStacks } from './decisionStacks'
import { guidelineInForce } from '../project/guidelines'
import { bringBackDrafts, discardSplitHalves, endDrafts } from '../candidates/drafts'
import { changePairText } from '../candidates/pairText'
import { numberSchema } from '../sql/stored'
import { write } from '../sql/transaction'
import { readRow, run } from '../sql/statement'

export interface NewDecision {
  readonly candidateId: number
  readonly verdict: Verdict
  readonly reviewer: string
  /** The new text; only with `edit`. */
  readonly pair?: Pair | undefined
  readonly reason?: string | undefined
  readonly seconds?: number | undefined
}

const samePair = (a: Pair, b: Pair) => a.instruction === b.instruction && a.response === b.response
const pairOf = ({ instruction, response }: Pair): Pair => ({ instruction, response })

/**
 * Returns the verdict and state of a text: accepting text that differs from the model's draft is an edit; editing it back to the draft is
 * an accept, and so is any text of a pair that a person wrote.
 */
export function settle(verdict: Verdict, text: Pair, { author, draft, ...before }: Candidate): { verdict: Verdict; state: CandidateState } {
  if (verdict !== 'accept' && verdict !== 'edit') return { verdict, state: stateAfter[verdict] }
  const settled = author !== null || samePair(text, draft ?? before) ? 'accept' : 'edit'
  return { verdict: settled, state: stateAfter[settled] }
}

/**
 * Appends a decision and derives the candidate's state and text from it, in one durable transaction.
 * @returns the candidate after the decision
 * @throws Problem not-found, wrong-use (an edit without text)
 */
export function decide(db: WritableDb, decision: NewDecision): Candidate {
  return write(db, () => {
    appendDecision(db, requireCandidate(db, decision.candidateId), decision)
    return requireCandidate(db, decision.candidateId)
  })
}

/** Like `decide`, for a candidate that was read in the same transaction. Call it inside a transaction. */
export function appendDecision(db: WritableDb, candidate: Candidate, decision: NewDecision): void {
  if (decision.verdict === 'edit' && !decision.pair)
    throw new Problem('wrong-use', message('store.editNeedsText', { id: decision.candidateId }), message('store.giveText'), {
      item: `candidate ${decision.candidateId}`,
    })
  const before = pairOf(candidate)
  const after = decision.verdict === 'edit' && decision.pair ? pairSchema.parse(decision.pair) : before
  const { verdict, state } = settle(decision.verdict, after, candidate)
  append(db, candidate, {
    kind: 'decide',
    targetId: null,
    verdict,
    reason: verdict === 'reject' ? (decision.reason ?? null) : null,
    reviewer: decision.reviewer,
    state,
    text: after,
    seconds: decision.seconds ?? null,
    undoTop: null,
    undoBelow: readStacks(db, decision.reviewer).undo,
    redoTop: null,
    redoBelow: null,
  })
}

interface Appended {
  readonly kind: 'decide' | 'undo' | 'redo'
  readonly targetId: number | null
  readonly verdict: Verdict
  readonly reason: string | null
  readonly reviewer: string
  readonly state: CandidateState
  readonly text: Pair
  readonly seconds: number | null
  readonly undoTop: number | null
  readonly undoBelow: number | null
  readonly redoTop: number | null
  readonly redoBelow: number | null
}

function append(db: WritableDb, candidate: Candidate, row: Appended): void {
  const before = pairOf(candidate)
  const changed = !samePair(before, row.text)
  const reasons = saveReasons(db, row.reason)
  const texts = changed ? [before.instruction, before.response, row.text.instruction, row.text.response] : [null, null, null, null]
  const { lastInsertRowid } = run(
    db,
    sql`INSERT INTO decision (candidate_id, kind, target_id, verdict, reason_list_id, reviewer, before_state, after_state, before_reason_list_id,
      before_instruction, before_response, after_instruction, after_response, seconds, undo_top, undo_below, redo_top, redo_below,
      decided_at, guideline_version)
    VALUES (${candidate.id}, ${row.kind}, ${row.targetId}, ${row.verdict}, ${reasons}, ${row.reviewer}, ${candidate.state}, ${row.state},
      ${saveReasons(db, candidate.reason)}, ${join(texts)}, ${row.seconds}, ${row.undoTop}, ${row.undoBelow}, ${row.redoTop},
      ${row.redoBelow}, ${Date.now()}, ${guidelineInForce})`,
  )
  // The text first: when the state changes, a second review of the pair is compared with the text.
  if (changed) {
    const draft = candidate.draft ?? before
    const kept = candidate.author !== null || samePair(draft, row.text) ? null : draft
    changePairText(db, candidate.id, row.text, kept)
    discardSplitHalves(db, candidate.id)
  }
  run(
    db,
    sql`UPDATE candidate SET state = ${row.state}, reason_list_id = ${reasons}, decision_id = ${lastInsertRowid} WHERE id = ${candidate.id}`,
  )
  endDrafts(db, Number(lastInsertRowid), candidate.id)
}

// — undo and redo —

const storedSchema = z.object({
  id: z.number(),
  candidateId: z.number(),
  targetId: z.number().nullable(),
  verdict: verdictSchema,
  reason: z.string().nullable(),
  beforeState: candidateStateSchema,
  afterState: candidateStateSchema,
  beforeReason: z.string().nullable(),
  beforeInstruction: z.string().nullable(),
  beforeResponse: z.string().nullable(),
  afterInstruction: z.string().nullable(),
  afterResponse: z.string().nullable(),
  undoBelow: z.number().nullable(),
  redoBelow: z.number().nullable(),
  batchId: z.number().nullable(),
})

const storedColumns = sql`SELECT id, candidate_id AS candidateId, target_id AS targetId, verdict, ${reasonsText('reason_list_id')} AS reason, before_state AS beforeState,
  after_state AS afterState, ${reasonsText('before_reason_list_id')} AS beforeReason, before_instruction AS beforeInstruction, before_response AS beforeResponse,
  after_instruction AS afterInstruction, after_response AS afterResponse, undo_below AS undoBelow, redo_below AS redoBelow,
  batch_id AS batchId FROM decision`

function readDecision(db: ReadableDb, id: number): z.infer<typeof storedSchema> {
  return storedSchema.parse(readRow(db, sql`${storedColumns} WHERE id = ${id}`))
}

const textOr = (instruction: string | null, response: string | null, otherwise: Pair): Pair =>
  instruction !== null && response !== null ? { instruction, response } : otherwise

export const verdictOf = {
  pending: 'reopen',
  accepted: 'accept',
  edited: 'edit',
  rejected: 'reject',
  ignored: 'ignore',
} as const satisfies Record<CandidateState, Verdict>

/**
 * Undoes the reviewer's latest decision that is not undone yet, without limit and across restarts; if many pairs were decided in one step,
 * all of them. The undo is itself a decision, and restores the drafts that the decision ended.
 * @returns the candidate in its earlier state, the first one of a step; null if there is nothing to undo
 */
export function undo(db: WritableDb, reviewer: string): Candidate | null {
  return write(db, () => {
    const stacks = readStacks(db, reviewer)
    if (stacks.undo === null) return null
    const target = readDecision(db, stacks.undo)
    bringBackDrafts(db, target.batchId ?? target.id, target.id)
    if (target.batchId !== null)
      return undoBatch(db, reviewer, target.batchId, { undoTop: target.undoBelow, undoBelow: null, redoTop: null, redoBelow: stacks.redo })
    const candidate = requireCandidate(db, target.candidateId)
    append(db, candidate, {
      kind: 'undo',
      targetId: target.id,
      verdict: verdictOf[target.beforeState],
      reason: target.beforeReason,
      reviewer,
      state: target.beforeState,
      text: textOr(target.beforeInstruction, target.beforeResponse, candidate),
      seconds: null,
      undoTop: target.undoBelow,
      undoBelow: null,
      redoTop: null,
      redoBelow: stacks.redo,
    })
    return requireCandidate(db, candidate.id)
  })
}

/** Redoes the decision that the last undo reverted. @returns the candidate; null if there is nothing to redo */
export function redo(db: WritableDb, reviewer: string): Candidate | null {
  return write(db, () => {
    const stacks = readStacks(db, reviewer)
    if (stacks.redo === null) return null
    const undone = readDecision(db, stacks.redo)
    if (undone.batchId !== null)
      return redoBatch(db, reviewer, undone.batchId, { undoTop: null, undoBelow: stacks.undo, redoTop: undone.redoBelow, redoBelow: null })
    const target = readDecision(db, numberSchema.parse(undone.targetId))
    const candidate = requireCandidate(db, target.candidateId)
    append(db, candidate, {
      kind: 'redo',
      targetId: undone.id,
      verdict: target.verdict,
      reason: target.reason,
      reviewer,
      state: target.afterState,
      text: textOr(target.afterInstruction, target.afterResponse, candidate),
      seconds: null,
      undoTop: null,
      undoBelow: stacks.undo,
      redoTop: undone.redoBelow,
      redoBelow: null,
    })
    return requireCandidate(db, candidate.id)
  })
}
