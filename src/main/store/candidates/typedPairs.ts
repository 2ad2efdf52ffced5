import { typedPairsSchema, type PairForm, type TypedPairs } from '../../../shared/editing'
import type { ReadableDb, WritableDb } from '../sql/types'
import { message } from '../../../shared/messages/message'
import { prepare } from '../sql/statement'
import { parseStored } from '../sql/stored'

/** Whose form it is: of a pair of one's own by item, of a split by candidate. */
export interface FormPlace {
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
