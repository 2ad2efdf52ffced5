import { z } from 'zod'
import { promptDraftSchema, type PromptDraft } from '../../../shared/contract'
import { generationSettingsSchema, promptTextSchema } from '../../../shared/domain'
import type { ReadableDb, WritableDb } from '../sql/types'
import { message } from '../../../shared/messages/message'
import { prepare } from '../sql/statement'
import { parseStored } from '../sql/stored'

const nothing: PromptDraft = { text: null, settings: null }

/** A part that another version of Exemplar wrote in another shape is left out rather than in the way. */
const kept = z.object({ text: promptTextSchema.nullable().catch(null), settings: generationSettingsSchema.nullable().catch(null) })

/** Keeps what was typed on the prompt screen; nothing typed removes it. */
export function savePromptDraft(db: WritableDb, draft: PromptDraft): void {
  if (draft.text === null && draft.settings === null) return void prepare(db, `DELETE FROM prompt_draft`).run()
  prepare(
    db,
    `INSERT INTO prompt_draft (id, body, saved_at) VALUES (1, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at`,
  ).run(JSON.stringify(promptDraftSchema.parse(draft)), Date.now())
}

/** What was typed and not saved, in this session or an earlier one. */
export function getPromptDraft(db: ReadableDb): PromptDraft {
  const text = prepare(db, `SELECT body FROM prompt_draft`).pluck().get()
  return text === undefined ? nothing : parseStored(kept, text, message('store.rowOf.promptDraft'))
}
