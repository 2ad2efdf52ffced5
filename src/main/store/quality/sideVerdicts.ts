import sql, { empty, type Sql } from 'sql-template-tag'
import { z } from 'zod'
import { candidateStateSchema, verdictSchema, type Candidate, type Pair, type Verdict } from '../../../shared/domain'
import type { ReadableDb, WritableDb } from '../sql/types'
import { settle, type NewDecision } from '../decisions/decisions'
import { reasonsText, saveReasons } from '../decisions/reasons'
import { readStacks } from '../decisions/decisionStacks'
import { numberSchema } from '../sql/stored'
import { prepare, readRows, readRow } from '../sql/statement'

/** Purpose of a verdict that is not a decision of the project: a second review, or an answer to an attention check. */
export type Purpose = 'second' | 'check'

/** Fields that every verdict has. */
export const verdictPartsSchema = z.object({
  candidateId: z.number(),
  reviewer: z.string(),
  verdict: verdictSchema,
  state: candidateStateSchema,
  reason: z.string().nullable(),
  instruction: z.string(),
  response: z.string(),
  decidedAt: z.number(),
})

const sideVerdictSchema = verdictPartsSchema.extend({
  id: z.number(),
  purpose: z.enum(['second', 'check']),
  seconds: z.number().nullable(),
})
type SideVerdict = z.infer<typeof sideVerdictSchema>

const select = sql`SELECT id, candidate_id AS candidateId, purpose, reviewer, verdict, state, ${reasonsText('reason_list_id')} AS reason, instruction, response, seconds,
  decided_at AS decidedAt FROM side_verdict`

/** Returns the last verdict on a candidate that was not withdrawn, by one reviewer or, without `reviewer`, by anyone. */
export function readSideVerdict(db: ReadableDb, purpose: Purpose, candidateId: number, reviewer?: string): SideVerdict | null {
  const by = reviewer === undefined ? empty : sql`AND reviewer = ${reviewer}`
  const row = readRow(
    db,
    sql`${select} WHERE candidate_id = ${candidateId} AND purpose = ${purpose} AND withdrawn = 0 ${by} ORDER BY id DESC LIMIT 1`,
  )
  return row === undefined ? null : sideVerdictSchema.parse(row)
}

/**
 * Stores a verdict next to the project's decisions, on top of the reviewer's undo stack. Call it inside a transaction.
 * @param shown candidate as shown to the reviewer: the text that an acceptance accepts, and the model's draft
 */
export function addSideVerdict(db: WritableDb, purpose: Purpose, shown: Candidate, decision: NewDecision): void {
  const { reviewer, reason = null, seconds = null } = decision
  const text: Pair = decision.verdict === 'edit' && decision.pair ? decision.pair : shown
  const { verdict, state } = settle(decision.verdict, text, shown)
  prepare(db, `UPDATE side_verdict SET stack = NULL WHERE reviewer = ? AND stack = 'redo'`).run(reviewer)
  prepare(
    db,
    `INSERT INTO side_verdict (candidate_id, purpose, reviewer, verdict, state, reason_list_id, instruction, response, seconds, stack, undo_above, decided_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'undo', ?, ?)`,
  ).run(
    shown.id,
    purpose,
    reviewer,
    verdict,
    state,
    verdict === 'reject' ? saveReasons(db, reason) : null,
    text.instruction,
    text.response,
    seconds,
    topsOf(db, reviewer).undo,
    Date.now(),
  )
}

const doneAgainSchema = z.object({ of: z.number() }).optional()

/** Returns the decisions on top of the stacks. A redone decision counts as the decision that it repeats, so that it keeps its position. */
function topsOf(db: ReadableDb, reviewer: string): { undo: number | null; redo: number | null } {
  const { undo, redo } = readStacks(db, reviewer)
  const repeated = prepare(
    db,
    `SELECT undone.target_id AS of FROM decision JOIN decision AS undone ON undone.id = decision.target_id
     WHERE decision.id = ? AND decision.kind = 'redo'`,
  )
  let first = undo
  for (let again = doneAgainSchema.parse(repeated.get(first)); again; again = doneAgainSchema.parse(repeated.get(first))) first = again.of
  return { undo: first, redo }
}

type Tops = ReturnType<typeof topsOf>

/** Selects the side verdict on top of a reviewer's stack, if there is one. */
const topOf = {
  undo: (reviewer: string, { undo }: Tops): Sql =>
    sql`${select} WHERE reviewer = ${reviewer} AND stack = 'undo' AND undo_above IS ${undo}
    AND id = (SELECT max(id) FROM side_verdict WHERE reviewer = ${reviewer} AND stack = 'undo')`,
  redo: (reviewer: string, { undo, redo }: Tops): Sql =>
    sql`${select} WHERE reviewer = ${reviewer} AND stack = 'redo' AND undo_above IS ${undo} AND redo_above IS ${redo}
    AND id = (SELECT min(id) FROM side_verdict WHERE reviewer = ${reviewer} AND stack = 'redo')`,
} as const

/**
 * Undoes or redoes the side verdict on top of the reviewer's stack. Call it inside a transaction.
 * @returns the side verdict; null if a decision is on top, or the stack is empty
 */
export function stepSideVerdict(db: WritableDb, reviewer: string, kind: 'undo' | 'redo'): SideVerdict | null {
  const tops = topsOf(db, reviewer)
  const row = readRow(db, topOf[kind](reviewer, tops))
  if (row === undefined) return null
  const taken = sideVerdictSchema.parse(row)
  if (kind === 'undo')
    prepare(db, `UPDATE side_verdict SET withdrawn = 1, stack = 'redo', redo_above = ? WHERE id = ?`).run(tops.redo, taken.id)
  else prepare(db, `UPDATE side_verdict SET withdrawn = 0, stack = 'undo', redo_above = NULL WHERE id = ?`).run(taken.id)
  return taken
}

/** Removes the verdicts on a check from the stacks: they can no longer be undone or redone. */
export function resolveSideVerdicts(db: WritableDb, candidateId: number, reviewer: string): void {
  prepare(db, `UPDATE side_verdict SET stack = NULL WHERE candidate_id = ? AND purpose = 'check' AND reviewer = ?`).run(
    candidateId,
    reviewer,
  )
}

/** Returns the reviewer's latest second reviews and answers to attention checks, newest first. */
export function listSideVerdicts(
  db: ReadableDb,
  reviewer: string,
  limit: number,
): { verdict: Verdict; seconds: number | null; decidedAt: number }[] {
  const rows = readRows(db, sql`${select} WHERE reviewer = ${reviewer} AND withdrawn = 0 ORDER BY id DESC LIMIT ${limit}`)
  return sideVerdictSchema.array().parse(rows)
}

export const lastDecisionId = (db: ReadableDb): number =>
  numberSchema.parse(prepare(db, `SELECT coalesce(max(id), 0) FROM decision`).pluck().get())
