import { promptVersionSchema, type PromptText, type PromptVersion } from '../../shared/domain'
import { Problem } from '../../shared/problem'
import type { Database } from './database'
import { prepare } from './statement'

const columns = `id, system_message AS systemMessage, context_template AS contextTemplate, output_form AS outputForm, created_at AS createdAt`

export function listPromptVersions(db: Database): PromptVersion[] {
  return promptVersionSchema.array().parse(prepare(db, `SELECT ${columns} FROM prompt_version ORDER BY id DESC`).all())
}

export function getPromptVersion(db: Database, id: number): PromptVersion | undefined {
  return promptVersionSchema.optional().parse(prepare(db, `SELECT ${columns} FROM prompt_version WHERE id = ?`).get(id))
}

/** The newest version. @throws Problem when the project has none, which only a damaged file has */
export function currentPromptVersion(db: Database): PromptVersion {
  const row = prepare(db, `SELECT ${columns} FROM prompt_version ORDER BY id DESC LIMIT 1`).get()
  if (row === undefined) throw new Problem('damaged-project', 'The project has no prompt.', 'Restore a copy from its backups folder.')
  return promptVersionSchema.parse(row)
}

/** Appends a version; the text of the current one is not stored twice. */
export function savePromptVersion(db: Database, text: PromptText): PromptVersion {
  const last = listPromptVersions(db)[0]
  if (last && last.systemMessage === text.systemMessage && last.contextTemplate === text.contextTemplate && last.outputForm === text.outputForm) return last
  prepare(db, `INSERT INTO prompt_version (system_message, context_template, output_form, created_at) VALUES (?, ?, ?, ?)`).run(
    text.systemMessage,
    text.contextTemplate,
    text.outputForm,
    Date.now(),
  )
  return currentPromptVersion(db)
}
