import sql from 'sql-template-tag'
import { z } from 'zod'
import {
  type FileExemplar,
  fileExemplarSchema,
  generationSettingsSchema,
  type PromptLabel,
  type PromptText,
  promptTextSchema,
  type PromptVersion,
  promptVersionSchema,
} from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import type { ReadableDb, WritableDb } from '../sql/types'
import { message } from '../../../shared/messages/message'
import { write } from '../sql/transaction'
import { prepare, readRow, readRows } from '../sql/statement'
import { type PromptDraft, promptDraftSchema } from '../../../shared/contract'
import { parseStored } from '../sql/stored'

const columns = sql`id, system_message AS systemMessage, context_template AS contextTemplate, output_form AS outputForm, created_at AS createdAt,
  coalesce((SELECT name FROM prompt_label WHERE prompt_version_id = prompt_version.id), '') AS name,
  coalesce((SELECT note FROM prompt_label WHERE prompt_version_id = prompt_version.id), '') AS note`

const versionsSchema = promptVersionSchema.array()
const versionOrNoneSchema = promptVersionSchema.optional()

export function listPromptVersions(db: ReadableDb): PromptVersion[] {
  return versionsSchema.parse(readRows(db, sql`SELECT ${columns} FROM prompt_version ORDER BY id DESC`))
}

export function getPromptVersion(db: ReadableDb, id: number): PromptVersion | undefined {
  return versionOrNoneSchema.parse(readRow(db, sql`SELECT ${columns} FROM prompt_version WHERE id = ${id}`))
}

function findCurrent(db: ReadableDb): PromptVersion | undefined {
  return versionOrNoneSchema.parse(readRow(db, sql`SELECT ${columns} FROM prompt_version ORDER BY id DESC LIMIT 1`))
}

/** Returns the latest version. @throws Problem damaged-project if the project has none, which only happens in a damaged file */
export function currentPromptVersion(db: ReadableDb): PromptVersion {
  const version = findCurrent(db)
  if (!version) throw new Problem('damaged-project', message('store.noPrompt'), message('store.restoreBackup'))
  return version
}

/** @throws Problem not-found */
export function requirePromptVersion(db: ReadableDb, id: number): PromptVersion {
  const version = getPromptVersion(db, id)
  if (!version)
    throw new Problem('not-found', message('store.noPromptVersion', { id }), message('store.choosePromptVersion'), {
      item: `version ${id}`,
    })
  return version
}

/** Stores the name and note of a version; empty texts remove them. @throws Problem not-found */
export function savePromptLabel(db: WritableDb, id: number, { name, note }: PromptLabel): void {
  write(db, () => {
    requirePromptVersion(db, id)
    prepare(db, `DELETE FROM prompt_label WHERE prompt_version_id = ?`).run(id)
    if (name !== '' || note !== '')
      prepare(db, `INSERT INTO prompt_label (prompt_version_id, name, note) VALUES (?, ?, ?)`).run(id, name, note)
  })
}

const templatesSchema = z.string().array()

/** Returns the context templates of the project's versions, newest first. */
export function listContextTemplates(db: ReadableDb, limit: number): string[] {
  return templatesSchema.parse(
    prepare(db, `SELECT context_template FROM prompt_version GROUP BY context_template ORDER BY max(id) DESC LIMIT ?`).pluck().all(limit),
  )
}

const exemplarRowsSchema = z.object({ annotation: z.string(), pairs: z.string() }).array()

/** Returns the examples from a prompt file that belong to a version, in order. */
export function listPromptExemplars(db: ReadableDb, promptVersionId: number): FileExemplar[] {
  const rows = prepare(db, `SELECT annotation, pairs FROM prompt_exemplar WHERE prompt_version_id = ? ORDER BY position`).all(
    promptVersionId,
  )
  return exemplarRowsSchema.parse(rows).map(({ annotation, pairs }) => fileExemplarSchema.parse({ annotation, pairs: JSON.parse(pairs) }))
}

const sameText = (a: PromptText, b: PromptText) =>
  a.systemMessage === b.systemMessage && a.contextTemplate === b.contextTemplate && a.outputForm === b.outputForm

/**
 * Appends a version, unless it equals the current one.
 * @param exemplars examples from a prompt file; by default those of the current version
 */
export function savePromptVersion(db: WritableDb, text: PromptText, exemplars?: readonly FileExemplar[]): PromptVersion {
  return write(db, () => {
    const last = findCurrent(db)
    const before = last ? listPromptExemplars(db, last.id) : []
    const kept = exemplars ?? before
    if (last && sameText(last, text) && JSON.stringify(kept) === JSON.stringify(before)) return last
    const { lastInsertRowid: id } = prepare(
      db,
      `INSERT INTO prompt_version (system_message, context_template, output_form, created_at) VALUES (?, ?, ?, ?)`,
    ).run(text.systemMessage, text.contextTemplate, text.outputForm, Date.now())
    for (const [position, { annotation, pairs }] of kept.entries())
      prepare(db, `INSERT INTO prompt_exemplar (prompt_version_id, position, annotation, pairs) VALUES (?, ?, ?, ?)`).run(
        id,
        position,
        annotation,
        JSON.stringify(pairs),
      )
    return currentPromptVersion(db)
  })
}

const noDraft: PromptDraft = { text: null, settings: null }

/** Ignores a part that another version of Exemplar stored in an incompatible shape. */
const storedDraftSchema = z.object({
  text: promptTextSchema.nullable().catch(null),
  settings: generationSettingsSchema.nullable().catch(null),
})

/** Saves the unsaved input of the prompt screen; an empty draft removes it. */
export function savePromptDraft(db: WritableDb, draft: PromptDraft): void {
  if (draft.text === null && draft.settings === null) return void prepare(db, `DELETE FROM prompt_draft`).run()
  prepare(
    db,
    `INSERT INTO prompt_draft (id, body, saved_at) VALUES (1, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at`,
  ).run(JSON.stringify(promptDraftSchema.parse(draft)), Date.now())
}

/** Returns the unsaved input of the prompt screen, from this session or an earlier one. */
export function getPromptDraft(db: ReadableDb): PromptDraft {
  const text = prepare(db, `SELECT body FROM prompt_draft`).pluck().get()
  return text === undefined ? noDraft : parseStored(storedDraftSchema, text, message('store.rowOf.promptDraft'))
}
