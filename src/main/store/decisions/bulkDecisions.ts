import sql, { raw, type Sql } from 'sql-template-tag'
import { z } from 'zod'
import { type Candidate, stateAfter, type Verdict } from '../../../shared/domain'
import type { BulkTarget } from '../../../shared/review'
import { conditionsOf, undecidedOrOwn } from '../candidates/candidateFilter'
import { requireCandidate } from '../candidates/candidates'
import type { ReadableDb, WritableDb } from '../sql/types'
import { saveReasons } from './reasons'
import { onlyMoves, readStacks } from './decisionStacks'
import { guidelineInForce } from '../project/guidelines'
import { endDrafts } from '../candidates/drafts'
import { getQualitySettings } from '../quality/qualitySettings'
import { numberOrNoneSchema, numberSchema } from '../sql/stored'
import { write } from '../sql/transaction'
import { prepare, readValue, run, valuesOf } from '../sql/statement'

interface BulkDecision {
  readonly target: BulkTarget
  readonly verdict: Exclude<Verdict, 'edit'>
  readonly reason?: string | undefined
  readonly reviewer: string
}

/** The reviewer's undo and redo stacks, as stored in the rows of a step; see `decision`. */
interface Stacks {
  readonly undoTop: number | null
  readonly undoBelow: number | null
  readonly redoTop: number | null
  readonly redoBelow: number | null
}

/** Converts a target to a condition on `candidate`. */
export const targetCondition = (db: ReadableDb, target: BulkTarget, reviewer: string): Sql =>
  'ids' in target ? sql`candidate.id IN ${valuesOf(target.ids)}` : conditionsOf(db, target.filter, reviewer)

/** Returns the batch number of the next step over several candidates. */
export const nextBatch = (db: ReadableDb) =>
  (numberOrNoneSchema.parse(prepare(db, `SELECT max(id) FROM decision`).pluck().get() ?? undefined) ?? 0) + 1

const columns = sql`candidate_id, kind, target_id, verdict, reason_list_id, reviewer, before_state, after_state, before_reason_list_id, seconds,
  undo_top, undo_below, redo_top, redo_below, decided_at, batch_id, guideline_version`

/** Text that was edited stays edited when it is accepted. Names the small index of edited texts, so that no other texts are read. */
const isEdited = sql`EXISTS (SELECT 1 FROM pair INDEXED BY pair_edited WHERE pair.candidate_id = candidate.id AND draft_instruction IS NOT NULL)`
const acceptedState = sql`CASE WHEN ${isEdited} THEN 'edited' ELSE 'accepted' END`
const acceptedVerdict = sql`CASE WHEN ${isEdited} THEN 'edit' ELSE 'accept' END`

/**
 * Excludes pairs that another reviewer judged and that are waiting for a second review or disputed: a bulk step would override that
 * verdict.
 */
const notJudgedByOthers = (reviewer: string): Sql => sql`NOT EXISTS (SELECT 1 FROM second_review
  WHERE second_review.candidate_id = candidate.id AND second_review.state IN ('waiting', 'disagreement') AND first_reviewer <> ${reviewer})`

/** Excludes pairs that are shown as an attention check: the reviewer has not seen the pair itself, which comes up again later. */
const notBehindCheck = (reviewer: string): Sql => sql`NOT EXISTS (SELECT 1 FROM attention_check
  WHERE attention_check.candidate_id = candidate.id AND attention_check.reviewer = ${reviewer} AND closed_at IS NULL)`

/**
 * Applies one decision to many candidates, with a row for each, in one durable transaction; one undo reverts all of them. Candidates that
 * already have that state and reason are skipped. 100,000 take seconds, so do not call it in the main process.
 * @returns number of candidates changed
 */
export const decideMany = (db: WritableDb, decision: BulkDecision): number => decideTogether(db, decision.reviewer, [decision])[0] ?? 0

/** Applies several decisions of one reviewer, each to other candidates, like `decideMany` and as one step. @returns candidates changed by each */
export function decideTogether(db: WritableDb, reviewer: string, decisions: readonly Omit<BulkDecision, 'reviewer'>[]): number[] {
  return write(db, () => {
    const batch = nextBatch(db)
    const { undo } = readStacks(db, reviewer)
    // In blind review nobody sees the decisions of others, so a bulk step must not override them.
    const { blind } = getQualitySettings(db)
    const changed = decisions.map(({ target, verdict, reason }) => {
      const reasons = verdict === 'reject' ? saveReasons(db, reason ?? null) : null
      const accepts = verdict === 'accept'
      const state = accepts ? acceptedState : sql`${stateAfter[verdict]}`
      return run(
        db,
        sql`INSERT INTO decision (${columns})
         SELECT id, 'decide', NULL, ${accepts ? acceptedVerdict : verdict}, ${reasons}, ${reviewer}, state, ${state}, reason_list_id, NULL,
           NULL, ${undo}, NULL, NULL, ${Date.now()}, ${batch}, ${guidelineInForce}
         FROM candidate WHERE ${targetCondition(db, target, reviewer)} AND (state <> ${state} OR reason_list_id IS NOT ${reasons})
           AND ${notJudgedByOthers(reviewer)} AND ${notBehindCheck(reviewer)} AND ${blind ? undecidedOrOwn(reviewer) : sql`1`} ORDER BY id`,
      ).changes
    })
    applyBatch(db, batch)
    return changed
  })
}

/** Number of rows of a step applied together, so that their pages are read and written only once. */
const atOnce = 2000

/**
 * Gives every candidate of a step the state and reason of its row, and the text and turn if the row has them. Drafts are kept if a row only
 * moves a turn. Call it inside a transaction.
 */
export function applyBatch(db: WritableDb, batch: number): void {
  const last = nextBatch(db)
  // The text first: when the state changes, a second review of the pair is compared with the text.
  run(
    db,
    sql`UPDATE pair SET instruction = made.after_instruction, response = made.after_response, text_version = text_version + 1,
       draft_instruction = ${keptDraft('instruction')}, draft_response = ${keptDraft('response')}
     FROM decision AS made WHERE made.batch_id = ${batch} AND made.after_instruction IS NOT NULL AND pair.candidate_id = made.candidate_id`,
  )
  for (let from = batch; from < last; from += atOnce)
    run(
      db,
      sql`UPDATE candidate SET state = made.after_state, reason_list_id = made.reason_list_id, decision_id = made.id
       FROM decision AS made WHERE made.batch_id = ${batch} AND made.id BETWEEN ${from} AND ${from + atOnce - 1} AND candidate.id = made.candidate_id
         AND NOT ${onlyMoves('made')}`,
    )
  prepare(
    db,
    `UPDATE candidate SET turn = made.after_turn
     FROM decision AS made WHERE made.batch_id = ? AND made.after_turn IS NOT NULL AND candidate.id = made.candidate_id`,
  ).run(batch)
  endDrafts(db, batch)
}

/** The model's text if the new text differs from it; null if they are equal again, or if a person wrote the pair. */
export const keptDraft = (part: 'instruction' | 'response'): Sql =>
  raw(`CASE WHEN (SELECT author FROM candidate WHERE id = pair.candidate_id) IS NOT NULL
     OR (coalesce(draft_instruction, instruction) = made.after_instruction AND coalesce(draft_response, response) = made.after_response)
   THEN NULL ELSE coalesce(draft_${part}, ${part}) END`)

const verdictOfState = (state: string): Sql =>
  raw(
    `CASE ${state} WHEN 'pending' THEN 'reopen' WHEN 'accepted' THEN 'accept' WHEN 'edited' THEN 'edit' WHEN 'rejected' THEN 'reject' ELSE 'ignore' END`,
  )

/** Reverts a step. Call it inside a transaction. */
export function undoBatch(db: WritableDb, reviewer: string, batch: number, stacks: Stacks): Candidate {
  return repeat(db, reviewer, batch, stacks, {
    kind: 'undo',
    original: 'made',
    from: sql`decision AS made JOIN candidate ON candidate.id = made.candidate_id`,
    verdict: verdictOfState('made.before_state'),
    reasons: sql`made.before_reason_list_id`,
    state: sql`made.before_state`,
    texts: sql`made.before_instruction, made.before_response, made.before_turn`,
  })
}

/** Applies a step again that was undone. Call it inside a transaction. @param batch the batch of the undo */
export function redoBatch(db: WritableDb, reviewer: string, batch: number, stacks: Stacks): Candidate {
  return repeat(db, reviewer, batch, stacks, {
    kind: 'redo',
    original: 'first',
    from: sql`decision AS made JOIN decision AS first ON first.id = made.target_id JOIN candidate ON candidate.id = made.candidate_id`,
    verdict: sql`first.verdict`,
    reasons: sql`first.reason_list_id`,
    state: sql`first.after_state`,
    texts: sql`first.after_instruction, first.after_response, first.after_turn`,
  })
}

interface Repeated {
  readonly kind: 'undo' | 'redo'
  /** Alias of the decision that is undone or redone. */
  readonly original: 'made' | 'first'
  readonly from: Sql
  readonly verdict: Sql
  readonly reasons: Sql
  readonly state: Sql
  /** Columns with the text and turn to restore. */
  readonly texts: Sql
}

/** The current text, if the repeated row changed it. */
const textAsItStands = (part: 'instruction' | 'response'): Sql =>
  raw(`CASE WHEN made.before_${part} IS NOT NULL THEN (SELECT ${part} FROM pair WHERE pair.candidate_id = candidate.id) END`)

function repeat(
  db: WritableDb,
  reviewer: string,
  batch: number,
  stacks: Stacks,
  { kind, original, from, verdict, reasons, state, texts }: Repeated,
): Candidate {
  const made = nextBatch(db)
  // If only a turn was moved, decisions made in the meantime are kept.
  const orStays = (value: Sql, now: Sql): Sql => sql`CASE WHEN ${onlyMoves(original)} THEN ${now} ELSE ${value} END`
  run(
    db,
    sql`INSERT INTO decision (${columns}, before_instruction, before_response, before_turn, after_instruction, after_response, after_turn)
     SELECT candidate.id, ${kind}, made.id, ${orStays(verdict, verdictOfState('candidate.state'))},
       ${orStays(reasons, sql`candidate.reason_list_id`)}, ${reviewer}, candidate.state, ${orStays(state, sql`candidate.state`)},
       candidate.reason_list_id, NULL, ${stacks.undoTop}, ${stacks.undoBelow}, ${stacks.redoTop}, ${stacks.redoBelow}, ${Date.now()}, ${made},
       ${guidelineInForce}, ${textAsItStands('instruction')}, ${textAsItStands('response')},
       CASE WHEN made.before_turn IS NOT NULL THEN candidate.turn END, ${texts}
     FROM ${from} WHERE made.batch_id = ${batch} ORDER BY made.id`,
  )
  applyBatch(db, made)
  const first = prepare(db, `SELECT candidate_id FROM decision WHERE batch_id = ? ORDER BY id LIMIT 1`).pluck().get(made)
  return requireCandidate(db, numberSchema.parse(first))
}

const stepSchema = z.object({ batchId: z.number().nullable(), size: z.number() })

/** Returns the number of pairs that the reviewer's next undo or redo changes; 0 if there is none. */
export function countPairsOfNextStep(db: ReadableDb, reviewer: string, kind: 'undo' | 'redo'): number {
  const id = readStacks(db, reviewer)[kind]
  if (id === null) return 0
  const { batchId, size } = stepSchema.parse(
    prepare(
      db,
      `SELECT batch_id AS batchId, (SELECT count(*) FROM decision AS made WHERE made.batch_id = decision.batch_id) AS size
       FROM decision WHERE id = ?`,
    ).get(id),
  )
  return batchId === null ? 1 : size
}

/**
 * Returns the number of pairs decided by hand that the reviewer's next undo or redo affects: single decisions, or a step over a few pairs
 * with a measured time. Pairs whose turn only moved do not count, nor do pairs of a step without a time, because nobody read them one by
 * one.
 */
export function countDecidedByHand(db: ReadableDb, reviewer: string, kind: 'undo' | 'redo'): number {
  const decided = readValue(
    db,
    sql`WITH RECURSIVE step (id, target_id, batch_id) AS (
       SELECT id, target_id, batch_id FROM decision WHERE id = ${readStacks(db, reviewer)[kind]}
       UNION ALL SELECT first.id, first.target_id, first.batch_id FROM step JOIN decision AS first ON first.id = step.target_id)
     SELECT CASE
       WHEN batch_id IS NULL THEN 1
       WHEN (SELECT seconds FROM decision WHERE decision.id = step.batch_id) IS NULL THEN 0
       ELSE (SELECT count(*) FROM decision AS made WHERE made.batch_id = step.batch_id AND NOT ${onlyMoves('made')})
     END FROM step WHERE target_id IS NULL`,
  )
  return numberOrNoneSchema.parse(decided) ?? 0
}
