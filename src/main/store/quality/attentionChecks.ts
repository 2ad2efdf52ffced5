import sql, { raw } from 'sql-template-tag'
import { z } from 'zod'
import { type Candidate, type Draft, type Pair, pairSchema, timeSchema } from '../../../shared/domain'
import { type CheckKind, checkKindSchema } from '../../../shared/quality'
import { type Marks, marksSchema } from '../../../shared/review'
import type { ReadableDb, WritableDb } from '../sql/types'
import { message } from '../../../shared/messages/message'
import { readSideVerdict, resolveSideVerdicts } from './sideVerdicts'
import { numberOrNoneSchema, numberSchema, parseStored } from '../sql/stored'
import { discardTypedPair } from '../candidates/drafts'
import { prepare, readRows, readValue, run } from '../sql/statement'

/** A known-bad text shown to one reviewer instead of a pending pair. */
export interface AttentionCheck {
  readonly candidateId: number
  readonly reviewer: string
  readonly kind: CheckKind
  readonly instruction: string
  readonly response: string
  readonly falseWords: string
}
export type CheckOutcome = 'caught' | 'missed' | 'passed'

const rowSchema = z.object({
  candidateId: z.number(),
  reviewer: z.string(),
  kind: checkKindSchema,
  instruction: z.string(),
  response: z.string(),
  falseWords: z.string(),
})

/** Returns the check shown to this reviewer instead of a candidate, or null. */
export function openCheck(db: ReadableDb, candidateId: number, reviewer: string): AttentionCheck | null {
  const row = prepare(
    db,
    `SELECT candidate_id AS candidateId, reviewer, kind, instruction, response, false_words AS falseWords
     FROM attention_check WHERE candidate_id = ? AND reviewer = ? AND closed_at IS NULL`,
  ).get(candidateId, reviewer)
  return row === undefined ? null : rowSchema.parse(row)
}

/**
 * Returns whether a check may replace a candidate: it is pending and never decided, has no draft, flag, comment or earlier check, and the
 * reviewer has not started to split it.
 */
export function isFree(db: ReadableDb, candidateId: number, reviewer: string): boolean {
  return (
    prepare(
      db,
      `SELECT 1 FROM candidate WHERE id = ? AND state = 'pending' AND decision_id IS NULL
         AND NOT EXISTS (SELECT 1 FROM attention_check WHERE candidate_id = candidate.id AND reviewer = ?)
         AND NOT EXISTS (SELECT 1 FROM draft WHERE candidate_id = candidate.id)
         AND NOT EXISTS (SELECT 1 FROM typed_pair WHERE form = 'split' AND subject_id = candidate.id AND reviewer = ?)
         AND NOT EXISTS (SELECT 1 FROM flag WHERE candidate_id = candidate.id)
         AND NOT EXISTS (SELECT 1 FROM comment WHERE candidate_id = candidate.id)`,
    ).get(candidateId, reviewer, reviewer) !== undefined
  )
}

/** Stores a check. Call this and the functions below inside a transaction. */
export function addCheck(db: WritableDb, { candidateId, reviewer, kind, instruction, response, falseWords }: AttentionCheck): void {
  prepare(
    db,
    `INSERT INTO attention_check (candidate_id, reviewer, kind, instruction, response, false_words, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(candidateId, reviewer, kind, instruction, response, falseWords, Date.now())
}

export function setOutcome(db: WritableDb, { candidateId, reviewer }: AttentionCheck, outcome: CheckOutcome | null): void {
  prepare(db, `UPDATE attention_check SET outcome = ? WHERE candidate_id = ? AND reviewer = ?`).run(outcome, candidateId, reviewer)
}

/**
 * Closes a check: from now on the reviewer sees the pair itself, and an unfinished split of the check is discarded. A check that the
 * reviewer has started to edit stays open, because the window would otherwise show its edited text for the pair.
 */
export function closeCheck(db: WritableDb, candidateId: number, reviewer: string): void {
  const check = openCheck(db, candidateId, reviewer)
  if (!check || draftOfCheck(db, check)) return
  discardTypedPair(db, { form: 'split', subjectId: candidateId, reviewer })
  prepare(db, `UPDATE attention_check SET closed_at = ? WHERE candidate_id = ? AND reviewer = ? AND closed_at IS NULL`).run(
    Date.now(),
    candidateId,
    reviewer,
  )
}

/**
 * Returns the checks of a reviewer that are answered, or whose pair is decided. There are few, because opening a queue closes each of them.
 */
export function listSpentChecks(db: ReadableDb, reviewer: string): number[] {
  const rows = prepare(
    db,
    `SELECT check_.candidate_id FROM attention_check AS check_ JOIN candidate ON candidate.id = check_.candidate_id
     WHERE check_.reviewer = ? AND check_.closed_at IS NULL AND check_.draft IS NULL
       AND (check_.outcome IS NOT NULL OR candidate.state <> 'pending')`,
  )
  return numberSchema.array().parse(rows.pluck().all(reviewer))
}

/** Closes the spent checks of a reviewer, so that their pairs are shown as they are. */
export function closeSpentChecks(db: WritableDb, reviewer: string): void {
  for (const candidateId of listSpentChecks(db, reviewer)) {
    closeCheck(db, candidateId, reviewer)
    resolveSideVerdicts(db, candidateId, reviewer)
  }
}

/** Returns the candidate with the text of the check, and the reviewer's verdict on it. */
export function inPlaceOf(db: ReadableDb, candidate: Candidate, check: AttentionCheck): Candidate {
  const bad: Pair = { instruction: check.instruction, response: check.response }
  const given = readSideVerdict(db, 'check', check.candidateId, check.reviewer)
  if (!given) return { ...candidate, ...bad, draft: null, state: 'pending', reason: null, pinned: false }
  const { instruction, response, state, reason } = given
  const same = instruction === bad.instruction && response === bad.response
  return { ...candidate, instruction, response, draft: same ? null : bad, state, reason, pinned: false }
}

/** Returns a pair of another item, at a position from 0 to 1 in the order of drafting. */
export function pairOfAnother(db: ReadableDb, itemId: number, place: number): Pair | null {
  const last = numberOrNoneSchema.parse(prepare(db, `SELECT max(id) FROM candidate`).pluck().get() ?? undefined) ?? 0
  const row = prepare(
    db,
    `SELECT instruction, response FROM candidate JOIN pair ON candidate_id = id
     WHERE id >= ? AND item_id <> ? AND state <> 'rejected' ORDER BY id LIMIT 1`,
  ).get(Math.floor(place * last) + 1, itemId)
  return row === undefined ? null : pairSchema.parse(row)
}

const outcomesSchema = z.object({ caught: z.number(), missed: z.number() })

/** Returns whether a reviewer has any open check. */
export const hasOpenCheck = (db: ReadableDb, reviewer: string): boolean =>
  readValue(db, sql`SELECT 1 FROM attention_check WHERE reviewer = ${reviewer} AND closed_at IS NULL LIMIT 1`) !== undefined

/** Counts the closed checks that a reviewer caught and missed. */
export function countClosedOutcomes(db: ReadableDb, reviewer: string): z.infer<typeof outcomesSchema> {
  const count = (outcome: CheckOutcome) =>
    numberSchema.parse(
      prepare(db, `SELECT count(*) FROM attention_check WHERE reviewer = ? AND outcome = ? AND closed_at IS NOT NULL`)
        .pluck()
        .get(reviewer, outcome),
    )
  return { caught: count('caught'), missed: count('missed') }
}

// — drafts and marks on a check —

const draftSchema = z.object({ instruction: z.string(), response: z.string(), savedAt: timeSchema })
const nothing: Marks = { flaggedBy: [], tags: [], comments: [], ratings: [] }

const kept = (db: ReadableDb, column: 'draft' | 'marks', { candidateId, reviewer }: AttentionCheck): unknown =>
  readValue(db, sql`SELECT ${raw(column)} FROM attention_check WHERE candidate_id = ${candidateId} AND reviewer = ${reviewer}`)
const keep = (db: WritableDb, column: 'draft' | 'marks', { candidateId, reviewer }: AttentionCheck, value: Draft | Marks | null) =>
  run(
    db,
    sql`UPDATE attention_check SET ${raw(column)} = ${value === null ? null : JSON.stringify(value)}
     WHERE candidate_id = ${candidateId} AND reviewer = ${reviewer}`,
  )

export function draftOfCheck(db: ReadableDb, check: AttentionCheck): Draft | null {
  const text = kept(db, 'draft', check)
  return text === null ? null : parseStored(draftSchema, text, message('store.rowOf.typedPair', { id: check.candidateId }))
}

export function saveDraftOfCheck(db: WritableDb, check: AttentionCheck, text: Pair | null): Draft | null {
  const draft = text && { ...text, savedAt: Date.now() }
  keep(db, 'draft', check, draft)
  return draft
}

export function marksOfCheck(db: ReadableDb, check: AttentionCheck): Marks {
  const text = kept(db, 'marks', check)
  return text === null ? nothing : parseStored(marksSchema, text, message('store.rowOf.remark', { id: check.candidateId }))
}

export function saveMarksOfCheck(db: WritableDb, check: AttentionCheck, marks: Marks): Marks {
  keep(db, 'marks', check, marks)
  return marks
}

const reviewerOutcomesSchema = z.object({ reviewer: z.string(), caught: z.number(), missed: z.number() }).array()

/** Counts the checks that each reviewer caught and missed, by reviewer; reviewers without any are left out. */
export const countOutcomesByReviewer = (db: ReadableDb): ReadonlyMap<string, { readonly caught: number; readonly missed: number }> =>
  new Map(
    reviewerOutcomesSchema
      .parse(
        readRows(
          db,
          sql`SELECT reviewer, sum(outcome = 'caught') AS caught, sum(outcome = 'missed') AS missed FROM attention_check
           WHERE outcome IN ('caught', 'missed') GROUP BY reviewer ORDER BY reviewer`,
        ),
      )
      .map(({ reviewer, ...outcomes }) => [reviewer, outcomes]),
  )
