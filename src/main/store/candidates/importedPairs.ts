import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { DraftedPair, Pair, ProviderKind } from '../../../shared/domain'
import type { ReadableDb, WritableDb } from '../sql/types'
import { numberOrNoneSchema } from '../sql/stored'
import { prepare } from '../sql/statement'
import { addPairText } from './pairText'

/** A pair of an imported file, with its texts as they are stored. */
export interface ImportedPair extends Pick<DraftedPair, 'instruction' | 'response' | 'kind' | 'rationale'> {
  /** The rejected answer, or the text before an edit. */
  readonly draft: Pair | null
  /** False marks a negative example; null if the file does not specify a label. */
  readonly label: boolean | null
}

/** A conversation of an imported file, or a single pair. */
export interface ImportedConversation {
  readonly line: number | null
  readonly system: string | null
  readonly origin: { readonly provider: ProviderKind; readonly model: string } | null
  readonly pairs: readonly ImportedPair[]
  /** Whether a single pair also counts as a conversation. */
  readonly isConversation: boolean
}

export interface ImportSource {
  readonly file: string
  readonly format: string
  readonly reviewer: string | null
  /** Whether the format has no conversations: a pair is then a duplicate if it equals a turn of a conversation. */
  readonly isFlat: boolean
}

/** Result for the pairs of one conversation, as candidate ids. */
interface SavedConversation {
  readonly added: readonly number[]
  /** Number of pairs that already existed; `undecided` lists those of them that an import added and nobody has decided. */
  readonly known: number
  readonly undecided: readonly number[]
}

const rowsSchema = z
  .object({
    id: z.number(),
    call: z.number().nullable(),
    conversation: z.number().nullable(),
    instruction: z.string(),
    response: z.string(),
    draftInstruction: z.string().nullable(),
    draftResponse: z.string().nullable(),
    isUndecided: z.number(),
  })
  .array()

type Texts = readonly (Pick<ImportedPair, 'instruction' | 'response'> & { readonly draft: Pair | null })[]

const keyOf = (texts: Texts, withDrafts: boolean): string =>
  JSON.stringify(
    texts.map(({ instruction, response, draft }) => [instruction, response, ...(withDrafts ? [draft?.instruction, draft?.response] : [])]),
  )

const digestOf = ({ system, pairs }: ImportedConversation): Buffer =>
  createHash('sha256')
    .update(
      JSON.stringify([
        system,
        pairs.map(({ instruction, response, rationale, draft, label }) => [instruction, response, rationale, draft, label]),
      ]),
    ) // prettier-ignore
    .digest()
    .subarray(0, 16)

/** Reads the candidates of an item by the texts of their conversation, and the next free conversation number. */
function readKnown(db: ReadableDb, itemId: number, isFlat: boolean) {
  const rows = rowsSchema.parse(
    prepare(
      db,
      `SELECT id, coalesce(call_id, conversation_call_id) AS call, conversation, instruction, response, draft_instruction AS draftInstruction,
         draft_response AS draftResponse, record_id IS NOT NULL AND decision_id IS NULL AS isUndecided
       FROM candidate JOIN pair ON candidate_id = id WHERE item_id = ? ORDER BY turn, id`,
    ).all(itemId),
  )
  const known = new Map<string, readonly number[]>()
  const conversations = Map.groupBy(rows, ({ id, call, conversation }) =>
    conversation === null ? `pair ${id}` : `${call}:${conversation}`,
  )
  const remember = (turns: typeof rows) => {
    const texts = turns.map(({ draftInstruction, draftResponse, ...text }) => ({
      ...text,
      draft: draftInstruction === null || draftResponse === null ? null : { instruction: draftInstruction, response: draftResponse },
    }))
    const undecided = turns.flatMap(({ id, isUndecided }) => (isUndecided === 1 ? [id] : []))
    for (const withDrafts of [true, false]) known.set(`${withDrafts} ${keyOf(texts, withDrafts)}`, undecided)
  }
  for (const turns of conversations.values()) {
    remember(turns)
    if (isFlat) for (const turn of turns) remember([turn])
  }
  const numbers = rows.flatMap(({ call, conversation }) => (call === null && conversation !== null ? [conversation] : []))
  return { known, next: numbers.reduce((most, one) => Math.max(most, one), -1) + 1 }
}

/**
 * Adds the conversations that an item does not have yet, as pending candidates. A conversation is recognised by its texts, either as
 * originally imported or as they are now. Call it inside a transaction.
 * @returns the results in the order of the conversations
 */
export function saveImported(
  db: WritableDb,
  source: ImportSource,
  itemId: number,
  conversations: readonly ImportedConversation[],
): SavedConversation[] {
  const { known, next } = readKnown(db, itemId, source.isFlat)
  const now = Date.now()
  let number = next
  return conversations.map((conversation): SavedConversation => {
    const { line, system, origin, pairs } = conversation
    const hasDraft = pairs.some(({ draft }) => draft !== null)
    const asItStands = known.get(`${hasDraft} ${keyOf(pairs, hasDraft)}`)
    const digest = digestOf(conversation)
    const imported = numberOrNoneSchema.parse(
      prepare(db, `SELECT id FROM imported_record WHERE item_id = ? AND digest = ?`).pluck().get(itemId, digest),
    )
    if (asItStands !== undefined || imported !== undefined)
      return { added: [], known: pairs.length, undecided: asItStands ?? listUndecided(db, imported ?? 0) }
    const { lastInsertRowid: recordId } = prepare(
      db,
      `INSERT INTO imported_record (item_id, file, format, line, system, provider, model, digest, reviewer, imported_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(itemId, source.file, source.format, line, system, origin?.provider ?? null, origin?.model ?? null, digest, source.reviewer, now)
    const place = conversation.isConversation || pairs.length > 1 ? number++ : null
    const added = pairs.map((pair, turn) => {
      const { lastInsertRowid } = prepare(
        db,
        `INSERT INTO candidate (item_id, record_id, kind, conversation, turn, created_at) VALUES (?, ?, ?, ?, ?, ?)`,
      ).run(itemId, recordId, pair.kind, place, place === null ? null : turn, now)
      addPairText(db, Number(lastInsertRowid), pair, pair.rationale, pair.draft)
      return Number(lastInsertRowid)
    })
    return { added, known: 0, undecided: [] }
  })
}

const listUndecided = (db: ReadableDb, recordId: number): number[] =>
  z.number().array().parse(prepare(db, `SELECT id FROM candidate WHERE record_id = ? AND decision_id IS NULL`).pluck().all(recordId))

/** Returns whether a conversation was imported with a system text. */
export const hasImportedSystem = (db: ReadableDb): boolean =>
  prepare(db, `SELECT 1 FROM imported_record WHERE system IS NOT NULL LIMIT 1`).get() !== undefined

/** Returns the system prompt of an imported pair's conversation, or null if it has none. */
export const readImportedSystem = (db: ReadableDb, candidateId: number): string | null =>
  z
    .string()
    .nullish()
    .parse(
      prepare(db, `SELECT system FROM candidate JOIN imported_record ON imported_record.id = record_id WHERE candidate.id = ?`)
        .pluck()
        .get(candidateId),
    ) ?? null
