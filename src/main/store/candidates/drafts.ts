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
  /** they edited the pair themselves: what lies here is an earlier state of the text that they decided on */
  edited: z.number(),
  decidedInstruction: z.string(),
  decidedResponse: z.string(),
})

/** The few drafts are gone through, not the decisions, which may be 100,000. A row that moves its turn and nothing else ends no draft, nor does an undo. */
const endedBy = (
  from: number,
): Sql => sql`SELECT made.id AS decisionId, draft.candidate_id AS candidateId, draft.reviewer, draft.instruction, draft.response,
    draft.saved_at AS savedAt,
    made.kind = 'decide' AND made.batch_id IS NULL AND made.after_instruction IS NOT NULL AND made.reviewer = draft.reviewer AS edited,
    pair.instruction AS decidedInstruction, pair.response AS decidedResponse
  FROM draft CROSS JOIN decision AS made ON made.candidate_id = draft.candidate_id JOIN pair ON pair.candidate_id = draft.candidate_id
  WHERE made.id >= ${one(from)} AND made.kind <> 'undo' AND NOT ${onlyMoves('made')}`

/**
 * Ends what is being typed for pairs that were just decided on, and keeps it with the decision for its undo; what was typed and decided
 * on stands in the decision itself. Call it inside a transaction, once the pairs have their texts.
 * @param from the first of the decisions
 * @param candidateId the only pair that was decided on
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

/** Brings back what these decisions ended, but where the reviewer has typed anew since. Call it inside a transaction that undoes them. */
export function bringBackDrafts(db: WritableDb, first: number, last: number): void {
  prepare(
    db,
    `INSERT INTO draft (candidate_id, reviewer, instruction, response, saved_at)
     SELECT candidate_id, reviewer, instruction, response, saved_at FROM kept_draft WHERE decision_id BETWEEN ? AND ?
     ON CONFLICT DO NOTHING`,
  ).run(first, last)
  prepare(db, `DELETE FROM kept_draft WHERE decision_id BETWEEN ? AND ?`).run(first, last)
}

/** Keeps what a reviewer has typed for a candidate and not decided on; a decision removes it. */
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
 * What this reviewer typed for a candidate, or else what was typed before drafts were kept by reviewer: nobody knows whose that is.
 * @param alone what may be another's is hidden
 */
export function getDraft(db: ReadableDb, candidateId: number, reviewer = '', alone = false): Draft | null {
  const row = prepare(
    db,
    `SELECT instruction, response, saved_at AS savedAt FROM draft WHERE candidate_id = ? AND reviewer IN (?, ?)
     ORDER BY reviewer = ? DESC LIMIT 1`,
  ).get(candidateId, reviewer, alone ? reviewer : '', reviewer)
  return row === undefined ? null : draftSchema.parse(row)
}

/** Gives what was typed under one reviewer's name, also in forms, to another, in place of what that one typed for the same pairs. */
export function moveDrafts(db: WritableDb, from: string, to: string): void {
  prepare(db, `UPDATE OR REPLACE draft SET reviewer = ? WHERE reviewer = ?`).run(to, from)
  prepare(db, `UPDATE OR REPLACE typed_pair SET reviewer = ? WHERE reviewer = ?`).run(to, from)
}

/** Forgets what `getDraft` finds. */
export function discardDraft(db: WritableDb, candidateId: number, reviewer = '', alone = false): void {
  prepare(db, `DELETE FROM draft WHERE candidate_id = ? AND reviewer IN (?, ?)`).run(candidateId, reviewer, alone ? reviewer : '')
}

/** Whose form it is: of a pair of one's own by item, of a split by candidate. */
interface FormPlace {
  readonly form: PairForm
  readonly subjectId: number
  readonly reviewer: string
}

/** Keeps what a reviewer types in a form until it is sent or discarded. */
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

/** Forgets the halves that anybody began of a pair: its text is another now. */
export function discardSplitHalves(db: WritableDb, candidateId: number): void {
  prepare(db, `DELETE FROM typed_pair WHERE form = 'split' AND subject_id = ?`).run(candidateId)
}
