import sql, { empty, type Sql } from 'sql-template-tag'
import { z } from 'zod'
import type { BulkTarget } from '../../../shared/review'
import { targetCondition } from './bulkDecisions'
import type { ReadableDb, WritableDb } from '../sql/types'
import { readStacks } from './decisionStacks'
import { numberSchema } from '../sql/stored'
import { write } from '../sql/transaction'
import { prepare, run, readRow, readValue } from '../sql/statement'

interface Step {
  readonly target: BulkTarget
  readonly reviewer: string
}

/** The mark that is added or removed: a tag, or the reviewer's flag if `tag` is null. */
interface Change {
  readonly reviewer: string
  readonly tag: string | null
  readonly added: boolean
}

/** Number of steps that can be undone; each has a row for every pair that it changed. */
const stepsKept = 20

/** Condition: the candidate already has the mark. */
const isMarked = ({ tag, reviewer }: Change): Sql =>
  tag === null
    ? sql`EXISTS (SELECT 1 FROM flag WHERE flag.candidate_id = candidate.id AND flag.reviewer = ${reviewer})`
    : sql`EXISTS (SELECT 1 FROM tag WHERE tag.candidate_id = candidate.id AND tag.tag = ${tag})`

/** Returns the statement that adds the mark to the candidates of a step, or removes it. */
function markSql({ reviewer, tag, added }: Change, stepId: number): Sql {
  const ofStep = sql`SELECT candidate_id FROM mark_step_candidate WHERE step_id = ${stepId}`
  if (tag === null)
    return added
      ? sql`INSERT OR IGNORE INTO flag (candidate_id, reviewer, flagged_at) SELECT candidate_id, ${reviewer}, ${Date.now()} FROM (${ofStep})`
      : sql`DELETE FROM flag WHERE reviewer = ${reviewer} AND candidate_id IN (${ofStep})`
  return added
    ? sql`INSERT OR IGNORE INTO tag (tag, candidate_id) SELECT ${tag}, candidate_id FROM (${ofStep})`
    : sql`DELETE FROM tag WHERE tag = ${tag} AND candidate_id IN (${ofStep})`
}

const lastSideVerdict = (db: ReadableDb, reviewer: string) =>
  numberSchema.parse(
    prepare(db, `SELECT coalesce(max(id), 0) FROM side_verdict WHERE reviewer = ? AND stack = 'undo'`).pluck().get(reviewer),
  )

function markMany(db: WritableDb, target: BulkTarget, change: Change): number {
  const { reviewer, tag, added } = change
  return write(db, () => {
    const { lastInsertRowid } = prepare(
      db,
      `INSERT INTO mark_step (reviewer, tag, added, last_decision, last_side_verdict)
       VALUES (?, ?, ?, (SELECT coalesce(max(id), 0) FROM decision), ?)`,
    ).run(reviewer, tag, added ? 1 : 0, lastSideVerdict(db, reviewer))
    const stepId = Number(lastInsertRowid)
    const { changes } = run(
      db,
      sql`INSERT INTO mark_step_candidate (step_id, candidate_id)
       SELECT ${stepId}, candidate.id FROM candidate
       WHERE ${targetCondition(db, target, reviewer)} AND ${added ? sql`NOT` : empty} ${isMarked(change)} ORDER BY candidate.id`,
    )
    if (changes === 0) {
      prepare(db, `DELETE FROM mark_step WHERE id = ?`).run(stepId)
      return 0
    }
    run(db, markSql(change, stepId))
    run(
      db,
      sql`DELETE FROM mark_step WHERE reviewer = ${reviewer} AND (taken_back
       OR id NOT IN (SELECT id FROM mark_step WHERE reviewer = ${reviewer} ORDER BY id DESC LIMIT ${stepsKept}))`,
    )
    return changes
  })
}

/** Adds a tag to many candidates, or removes it, in one step that can be undone. @returns number of candidates changed */
export const tagMany = (db: WritableDb, { target, reviewer, tag, tagged }: Step & { tag: string; tagged: boolean }): number =>
  markMany(db, target, { reviewer, tag, added: tagged })

/** Flags many candidates for the reviewer, or removes the flags, in one step that can be undone. @returns number of candidates changed */
export const flagMany = (db: WritableDb, { target, reviewer, flagged }: Step & { flagged: boolean }): number =>
  markMany(db, target, { reviewer, tag: null, added: flagged })

const topSchema = z.object({ id: z.number(), lastDecision: z.number(), lastSideVerdict: z.number() })
const stepSchema = z.object({ tag: z.string().nullable(), added: z.number(), takenBack: z.number() })

/** Returns whether the reviewer's decisions are as they were after a decision: none were made since, and every undo was redone. */
const standsWhereAfter = (db: ReadableDb, reviewer: string, decision: number): boolean => {
  const since = sql`FROM decision WHERE reviewer = ${reviewer} AND id > ${decision}`
  if (readRow(db, sql`SELECT 1 ${since} AND kind = 'decide' LIMIT 1`) !== undefined) return false
  return numberSchema.parse(readValue(db, sql`SELECT total(kind = 'undo') - total(kind = 'redo') ${since}`)) === 0
}

export interface MarkStep {
  readonly id: number
  readonly pairs: number
}

/**
 * Returns the step of marks that the reviewer's next undo or redo applies to: the latest one, unless something the reviewer did since comes
 * first; else null.
 */
export function findMarkStep(db: ReadableDb, reviewer: string, kind: 'undo' | 'redo'): MarkStep | null {
  const next = kind === 'undo' ? sql`taken_back = 0 ORDER BY id DESC` : sql`taken_back = 1 ORDER BY id`
  const row = readRow(
    db,
    sql`SELECT id, last_decision AS lastDecision, last_side_verdict AS lastSideVerdict FROM mark_step
     WHERE reviewer = ${reviewer} AND ${next} LIMIT 1`,
  )
  if (row === undefined) return null
  const { id, lastDecision, lastSideVerdict: lastVerdict } = topSchema.parse(row)
  const isOnTop = kind === 'undo' ? (readStacks(db, reviewer).undo ?? 0) <= lastDecision : standsWhereAfter(db, reviewer, lastDecision)
  if (!isOnTop || lastSideVerdict(db, reviewer) > lastVerdict) return null
  const pairs = prepare(db, `SELECT count(*) FROM mark_step_candidate WHERE step_id = ?`).pluck().get(id)
  return { id, pairs: numberSchema.parse(pairs) }
}

/**
 * Reverts a step of marks, so that each pair has its previous marks, or applies a reverted step again. Many pairs take seconds, so do not
 * call it in the main process.
 * @returns id of the first of its pairs
 */
export function turnMarks(db: WritableDb, reviewer: string, stepId: number): number {
  return write(db, () => {
    const row = prepare(db, `SELECT tag, added, taken_back AS takenBack FROM mark_step WHERE id = ? AND reviewer = ?`).get(stepId, reviewer)
    const { tag, added, takenBack } = stepSchema.parse(row)
    run(db, markSql({ reviewer, tag, added: added === takenBack }, stepId))
    prepare(
      db,
      `UPDATE mark_step SET taken_back = 1 - taken_back, last_decision = (SELECT coalesce(max(id), 0) FROM decision), last_side_verdict = ?
       WHERE id = ?`,
    ).run(lastSideVerdict(db, reviewer), stepId)
    return numberSchema.parse(prepare(db, `SELECT min(candidate_id) FROM mark_step_candidate WHERE step_id = ?`).pluck().get(stepId))
  })
}
