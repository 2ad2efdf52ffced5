import { z } from 'zod'
import type { BulkTarget } from '../../shared/review'
import { targetConditions } from './bulkDecisions'
import type { Database } from './database'
import { readStacks } from './decisionStacks'
import { prepare } from './statement'
import { numberSchema, numbersSchema, parseStored } from './stored'
import { write } from './transaction'

interface Step {
  readonly target: BulkTarget
  readonly reviewer: string
}

/** What is put on or taken off: a tag, or for null the reviewer's flag. */
interface Change {
  readonly reviewer: string
  readonly tag: string | null
  readonly added: boolean
}

/** So many steps can be taken back; each holds the numbers of all pairs that it changed. */
const stepsKept = 20

/** Carries out a change on the rows that a condition on `candidate` finds. @returns the candidates that it changed */
function mark(db: Database, { reviewer, tag, added }: Change, where: string, parameters: readonly (string | number)[]): number[] {
  const found = `SELECT candidate.id FROM candidate WHERE ${where}`
  const of = `candidate_id IN (${found})`
  const rows =
    tag === null
      ? added
        ? prepare(
            db,
            `INSERT OR IGNORE INTO flag (candidate_id, reviewer, flagged_at) SELECT id, ?, ? FROM (${found}) WHERE 1 RETURNING candidate_id`,
          )
            .pluck()
            .all(reviewer, Date.now(), ...parameters)
        : prepare(db, `DELETE FROM flag WHERE reviewer = ? AND ${of} RETURNING candidate_id`)
            .pluck()
            .all(reviewer, ...parameters)
      : prepare(
          db,
          added
            ? `INSERT OR IGNORE INTO tag (tag, candidate_id) SELECT ?, id FROM (${found}) WHERE 1 RETURNING candidate_id`
            : `DELETE FROM tag WHERE tag = ? AND ${of} RETURNING candidate_id`,
        )
          .pluck()
          .all(tag, ...parameters)
  return numbersSchema.parse(rows)
}

const lastSideVerdict = (db: Database, reviewer: string) =>
  numberSchema.parse(
    prepare(db, `SELECT coalesce(max(id), 0) FROM side_verdict WHERE reviewer = ? AND stack = 'undo'`).pluck().get(reviewer),
  )

function markMany(db: Database, target: BulkTarget, change: Change): number {
  const { reviewer, tag, added } = change
  return write(db, () => {
    const { where, parameters } = targetConditions(db, target, reviewer)
    const changed = mark(db, change, where, parameters)
    if (changed.length === 0) return 0
    prepare(
      db,
      `INSERT INTO mark_step (reviewer, tag, added, candidate_ids, last_decision, last_side_verdict)
       VALUES (?, ?, ?, ?, (SELECT coalesce(max(id), 0) FROM decision), ?)`,
    ).run(reviewer, tag, added ? 1 : 0, JSON.stringify(changed), lastSideVerdict(db, reviewer))
    prepare(
      db,
      `DELETE FROM mark_step WHERE reviewer = ? AND id NOT IN (SELECT id FROM mark_step WHERE reviewer = ? ORDER BY id DESC LIMIT ${stepsKept})`,
    ).run(reviewer, reviewer)
    return changed.length
  })
}

/** Puts a tag on many candidates, or takes it off, in one step that can be taken back. @returns how many were changed */
export const tagMany = (db: Database, { target, reviewer, tag, tagged }: Step & { tag: string; tagged: boolean }): number =>
  markMany(db, target, { reviewer, tag, added: tagged })

/** Flags many candidates for the reviewer, or takes their flags off, in one step that can be taken back. @returns how many were changed */
export const flagMany = (db: Database, { target, reviewer, flagged }: Step & { flagged: boolean }): number =>
  markMany(db, target, { reviewer, tag: null, added: flagged })

const topSchema = z.object({ id: z.number(), pairs: z.number(), lastDecision: z.number(), lastSideVerdict: z.number() })
const stepSchema = z.object({ tag: z.string().nullable(), added: z.number(), candidateIds: z.string() })

/** The reviewer's last step of marks, where nothing that they did since is to be undone first; else null. */
export function findMarkStep(db: Database, reviewer: string): { id: number; pairs: number } | null {
  const row = prepare(
    db,
    `SELECT id, json_array_length(candidate_ids) AS pairs, last_decision AS lastDecision, last_side_verdict AS lastSideVerdict
     FROM mark_step WHERE reviewer = ? ORDER BY id DESC LIMIT 1`,
  ).get(reviewer)
  if (row === undefined) return null
  const step = topSchema.parse(row)
  const onTop = (readStacks(db, reviewer).undo ?? 0) <= step.lastDecision && lastSideVerdict(db, reviewer) <= step.lastSideVerdict
  return onTop ? { id: step.id, pairs: step.pairs } : null
}

/** Takes a step of marks back: each pair has again what it had. Many take seconds: not for the window's process. @returns the first of its pairs */
export function undoMarks(db: Database, reviewer: string, stepId: number): number {
  return write(db, () => {
    const row = prepare(db, `SELECT tag, added, candidate_ids AS candidateIds FROM mark_step WHERE id = ? AND reviewer = ?`).get(
      stepId,
      reviewer,
    )
    const { tag, added, candidateIds } = stepSchema.parse(row)
    const ids = parseStored(numbersSchema, candidateIds, `Step ${stepId} of marks`)
    mark(db, { reviewer, tag, added: added === 0 }, `candidate.id IN (SELECT value FROM json_each(?))`, [candidateIds])
    prepare(db, `DELETE FROM mark_step WHERE id = ?`).run(stepId)
    return ids.reduce((first, id) => Math.min(first, id))
  })
}
