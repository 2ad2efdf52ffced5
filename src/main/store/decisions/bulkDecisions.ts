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

/** The reviewer's stacks as the rows of a step carry them; see `decision`. */
interface Stacks {
  readonly undoTop: number | null
  readonly undoBelow: number | null
  readonly redoTop: number | null
  readonly redoBelow: number | null
}

/** A target as a condition on `candidate`. */
export const targetCondition = (db: ReadableDb, target: BulkTarget, reviewer: string): Sql =>
  'ids' in target ? sql`candidate.id IN ${valuesOf(target.ids)}` : conditionsOf(db, target.filter, reviewer)

/** The number of the next step over several candidates. */
export const nextBatch = (db: ReadableDb) =>
  (numberOrNoneSchema.parse(prepare(db, `SELECT max(id) FROM decision`).pluck().get() ?? undefined) ?? 0) + 1

const columns = sql`candidate_id, kind, target_id, verdict, reason_list_id, reviewer, before_state, after_state, before_reason_list_id, seconds,
  undo_top, undo_below, redo_top, redo_below, decided_at, batch_id, guideline_version`

/** Text that was edited stays edited when it is accepted. Named is the small index of edited texts: no other is read. */
const isEdited = sql`EXISTS (SELECT 1 FROM pair INDEXED BY pair_edited WHERE pair.candidate_id = candidate.id AND draft_instruction IS NOT NULL)`
const acceptedState = sql`CASE WHEN ${isEdited} THEN 'edited' ELSE 'accepted' END`
const acceptedVerdict = sql`CASE WHEN ${isEdited} THEN 'edit' ELSE 'accept' END`

/** A pair that another judged and that waits for a second look, or is disagreed on, is looked at by itself: a step would go over that verdict. */
const notJudgedByOthers = (reviewer: string): Sql => sql`NOT EXISTS (SELECT 1 FROM second_review
  WHERE second_review.candidate_id = candidate.id AND second_review.state IN ('waiting', 'disagreement') AND first_reviewer <> ${reviewer})`

/** A pair that an attention check stands in the place of was not seen by the reviewer: it comes up by itself later. */
const notBehindCheck = (reviewer: string): Sql => sql`NOT EXISTS (SELECT 1 FROM attention_check
  WHERE attention_check.candidate_id = candidate.id AND attention_check.reviewer = ${reviewer} AND closed_at IS NULL)`

/**
 * One decision on many candidates, each with a row of its own, in one durable transaction; one undo takes all of them back. Those that
 * stand so already are left alone. 100,000 take seconds: not for the window's process.
 * @returns how many were changed
 */
export function decideMany(db: WritableDb, { target, verdict, reason, reviewer }: BulkDecision): number {
  return write(db, () => {
    const batch = nextBatch(db)
    const { undo } = readStacks(db, reviewer)
    const reasons = verdict === 'reject' ? saveReasons(db, reason ?? null) : null
    const accepts = verdict === 'accept'
    // In blind review nobody sees what others decided, so no step goes over it.
    const { blind } = getQualitySettings(db)
    const state = accepts ? acceptedState : sql`${stateAfter[verdict]}`
    const { changes } = run(
      db,
      sql`INSERT INTO decision (${columns})
       SELECT id, 'decide', NULL, ${accepts ? acceptedVerdict : verdict}, ${reasons}, ${reviewer}, state, ${state}, reason_list_id, NULL,
         NULL, ${undo}, NULL, NULL, ${Date.now()}, ${batch}, ${guidelineInForce}
       FROM candidate WHERE ${targetCondition(db, target, reviewer)} AND (state <> ${state} OR reason_list_id IS NOT ${reasons})
         AND ${notJudgedByOthers(reviewer)} AND ${notBehindCheck(reviewer)} AND ${blind ? undecidedOrOwn(reviewer) : sql`1`} ORDER BY id`,
    )
    applyBatch(db, batch)
    return changes
  })
}

/** Rows of a step that are carried out together: their pages are read once, and written once. */
const atOnce = 2000

/**
 * Gives every candidate of a step the state and reason that its row says, and where the row says them the text and the turn. What was
 * being typed stays where a row moves its turn and nothing else. Call it inside a transaction.
 */
export function applyBatch(db: WritableDb, batch: number): void {
  const last = nextBatch(db)
  // The text first: a second look at the pair is compared with it once the state follows.
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

/** The model's words once the text is another; none where it is theirs again, or where a person wrote the pair. */
export const keptDraft = (part: 'instruction' | 'response'): Sql =>
  raw(`CASE WHEN (SELECT author FROM candidate WHERE id = pair.candidate_id) IS NOT NULL
     OR (coalesce(draft_instruction, instruction) = made.after_instruction AND coalesce(draft_response, response) = made.after_response)
   THEN NULL ELSE coalesce(draft_${part}, ${part}) END`)

const verdictOfState = (state: string): Sql =>
  raw(
    `CASE ${state} WHEN 'pending' THEN 'reopen' WHEN 'accepted' THEN 'accept' WHEN 'edited' THEN 'edit' WHEN 'rejected' THEN 'reject' ELSE 'ignore' END`,
  )

/** Takes a step back. Call it inside a transaction. */
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

/** Carries out again what an undone step took back. @param batch of the undo. Call it inside a transaction */
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
  /** the name of the decision that is taken back, or carried out again */
  readonly original: 'made' | 'first'
  readonly from: Sql
  readonly verdict: Sql
  readonly reasons: Sql
  readonly state: Sql
  /** the columns with text and turn to be put back */
  readonly texts: Sql
}

/** A text as it stands, where the row that is repeated changed it. */
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
  // Where only a turn was moved, what was decided meanwhile stays.
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

/** How many pairs the reviewer's next undo, or redo, changes; 0 where there is nothing to do. */
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
 * How many pairs the reviewer's next undo, or redo, takes back or decides again that were decided by hand: alone, or in a step over a few
 * whose time was taken. Turns that only moved are none, nor are pairs of a step without a time, which nobody read one by one.
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
