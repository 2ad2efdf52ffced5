import sql, { type Sql } from 'sql-template-tag'
import { z } from 'zod'
import { cleanPairText, type Draft, draftSchema } from '../../../shared/domain'
import { requireCandidate } from './candidates'
import type { ReadableDb, WritableDb } from '../sql/types'
import { one, prepare, readRows } from '../sql/statement'
import { onlyMoves } from '../decisions/decisionStacks'
import { type PairForm, type TypedPairs, typedPairsSchema } from '../../../shared/editing'
import { message } from '../../../shared/messages/message'
import { parseStored } from '../sql/stored'

const endedSchema = z.object({
  decisionId: z.number(),
  candidateId: z.number(),
  reviewer: z.string(),
  instruction: z.string(),
  response: z.string(),
  savedAt: z.number(),
  /** Whether the reviewer edited the pair: the draft is then an earlier version of the text that they decided on. */
  edited: z.number(),
  decidedInstruction: z.string(),
  decidedResponse: z.string(),
})

/** Starts from the few drafts, not from the decisions, of which there may be 100,000. Undos and rows that only move a turn end no draft. */
const endedBy = (
  from: number,
): Sql => sql`SELECT made.id AS decisionId, draft.candidate_id AS candidateId, draft.reviewer, draft.instruction, draft.response,
    draft.saved_at AS savedAt,
    made.kind = 'decide' AND made.batch_id IS NULL AND made.after_instruction IS NOT NULL AND made.reviewer = draft.reviewer AS edited,
    pair.instruction AS decidedInstruction, pair.response AS decidedResponse
  FROM draft CROSS JOIN decision AS made ON made.candidate_id = draft.candidate_id JOIN pair ON pair.candidate_id = draft.candidate_id
  WHERE made.id >= ${one(from)} AND made.kind <> 'undo' AND NOT ${onlyMoves('made')}`

/**
 * Ends the drafts of pairs that were just decided, and stores them with the decision so that its undo can restore them. A draft that became
 * the decided text is not stored, because the decision contains it. Call it inside a transaction, after the pairs have their new texts.
 * @param from id of the first of the decisions
 * @param candidateId the only pair that was decided
 */
export function endDrafts(db: WritableDb, from: number, candidateId?: number): void {
  const ended =
    candidateId === undefined
      ? readRows(db, endedBy(from))
      : readRows(db, sql`${endedBy(from)} AND draft.candidate_id = ${one(candidateId)}`)
  for (const draft of endedSchema.array().parse(ended)) {
    const same = cleanPairText(draft.instruction) === draft.decidedInstruction && cleanPairText(draft.response) === draft.decidedResponse
    if (!same && !draft.edited)
      prepare(
        db,
        `INSERT INTO kept_draft (decision_id, candidate_id, reviewer, instruction, response, saved_at) VALUES (?, ?, ?, ?, ?, ?)`,
      ).run(draft.decisionId, draft.candidateId, draft.reviewer, draft.instruction, draft.response, draft.savedAt)
    prepare(db, `DELETE FROM draft WHERE candidate_id = ? AND reviewer = ?`).run(draft.candidateId, draft.reviewer)
  }
}

/**
 * Restores the drafts that these decisions ended, unless the reviewer has a newer draft. Call it inside the transaction that undoes the
 * decisions.
 */
export function bringBackDrafts(db: WritableDb, first: number, last: number): void {
  prepare(
    db,
    `INSERT INTO draft (candidate_id, reviewer, instruction, response, saved_at)
     SELECT candidate_id, reviewer, instruction, response, saved_at FROM kept_draft WHERE decision_id BETWEEN ? AND ?
     ON CONFLICT DO NOTHING`,
  ).run(first, last)
  prepare(db, `DELETE FROM kept_draft WHERE decision_id BETWEEN ? AND ?`).run(first, last)
}

/** Saves what a reviewer has typed for a candidate without deciding; a decision removes it. */
export function saveDraft(db: WritableDb, candidateId: number, text: { instruction: string; response: string }, reviewer = ''): Draft {
  requireCandidate(db, candidateId)
  const savedAt = Date.now()
  prepare(
    db,
    `INSERT INTO draft (candidate_id, reviewer, instruction, response, saved_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (candidate_id, reviewer) DO UPDATE
     SET instruction = excluded.instruction, response = excluded.response, saved_at = excluded.saved_at`,
  ).run(candidateId, reviewer, text.instruction, text.response, savedAt)
  return { ...text, savedAt }
}

/**
 * Returns this reviewer's draft of a candidate, or else a draft from before drafts were stored per reviewer, whose author is unknown.
 * @param alone ignores drafts that may belong to someone else
 */
export function getDraft(db: ReadableDb, candidateId: number, reviewer = '', alone = false): Draft | null {
  const row = prepare(
    db,
    `SELECT instruction, response, saved_at AS savedAt FROM draft WHERE candidate_id = ? AND reviewer IN (?, ?)
     ORDER BY reviewer = ? DESC LIMIT 1`,
  ).get(candidateId, reviewer, alone ? reviewer : '', reviewer)
  return row === undefined ? null : draftSchema.parse(row)
}

/** Moves one reviewer's drafts, including those in forms, to another reviewer, replacing the latter's drafts of the same pairs. */
export function moveDrafts(db: WritableDb, from: string, to: string): void {
  prepare(db, `UPDATE OR REPLACE draft SET reviewer = ? WHERE reviewer = ?`).run(to, from)
  prepare(db, `UPDATE OR REPLACE typed_pair SET reviewer = ? WHERE reviewer = ?`).run(to, from)
}

/** Deletes the draft that `getDraft` returns. */
export function discardDraft(db: WritableDb, candidateId: number, reviewer = '', alone = false): void {
  prepare(db, `DELETE FROM draft WHERE candidate_id = ? AND reviewer IN (?, ?)`).run(candidateId, reviewer, alone ? reviewer : '')
}

/** Identifies a form: by item for a new pair, by candidate for a split. */
interface FormPlace {
  readonly form: PairForm
  readonly subjectId: number
  readonly reviewer: string
}

/** Saves what a reviewer types in a form until it is submitted or discarded. */
export function saveTypedPair(db: WritableDb, { form, subjectId, reviewer }: FormPlace, pairs: TypedPairs): void {
  prepare(
    db,
    `INSERT INTO typed_pair (form, subject_id, reviewer, body, saved_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (form, subject_id, reviewer) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at`,
  ).run(form, subjectId, reviewer, JSON.stringify(pairs), Date.now())
}

export function getTypedPair(db: ReadableDb, { form, subjectId, reviewer }: FormPlace): TypedPairs | null {
  const text = prepare(db, `SELECT body FROM typed_pair WHERE form = ? AND subject_id = ? AND reviewer = ?`)
    .pluck()
    .get(form, subjectId, reviewer)
  return text === undefined ? null : parseStored(typedPairsSchema, text, message('store.rowOf.form'))
}

export function discardTypedPair(db: WritableDb, { form, subjectId, reviewer }: FormPlace): void {
  prepare(db, `DELETE FROM typed_pair WHERE form = ? AND subject_id = ? AND reviewer = ?`).run(form, subjectId, reviewer)
}

/** Deletes everyone's unfinished split of a pair, because its text has changed. */
export function discardSplitHalves(db: WritableDb, candidateId: number): void {
  prepare(db, `DELETE FROM typed_pair WHERE form = 'split' AND subject_id = ?`).run(candidateId)
}
