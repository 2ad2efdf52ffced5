import sql from 'sql-template-tag'
import { z } from 'zod'
import { type Guideline, type GuidelineHead, guidelineHeadSchema, guidelineSchema } from '../../../shared/domain/project'
import type { ReadableDb, WritableDb } from '../sql/types'
import { message } from '../../../shared/messages/message'
import { numberSchema, parseRow } from '../sql/stored'
import { write } from '../sql/transaction'
import { prepare, readRow } from '../sql/statement'

const wordsSchema = z.string().array()

/** Returns the project dictionary, sorted: words that are correct in this project, even if other dictionaries do not contain them. */
export function listKnownWords(db: ReadableDb): string[] {
  return wordsSchema.parse(prepare(db, `SELECT word FROM known_word ORDER BY word COLLATE NOCASE, word`).pluck().all())
}

export function addKnownWord(db: WritableDb, word: string, reviewer: string): void {
  write(db, () =>
    prepare(db, `INSERT OR IGNORE INTO known_word (word, added_by, added_at) VALUES (?, ?, ?)`).run(word, reviewer, Date.now()),
  )
}

export function removeKnownWord(db: WritableDb, word: string): void {
  write(db, () => prepare(db, `DELETE FROM known_word WHERE word = ?`).run(word))
}

/** SQL expression of the current version number; 0 is the guideline of the recipe. */
export const guidelineInForce = sql`(SELECT coalesce(max(version), 0) FROM guideline)`

const headsSchema = guidelineHeadSchema.array()
const rowSchema = guidelineSchema.extend({ body: z.string() })

/** Returns the saved versions without their text, latest first. */
export function listGuidelines(db: ReadableDb): GuidelineHead[] {
  return headsSchema.parse(prepare(db, `SELECT version, author, saved_at AS savedAt FROM guideline ORDER BY version DESC`).all())
}

/** Returns a saved version, by default the latest. */
export function getGuideline(db: ReadableDb, version?: number): Guideline | null {
  const row = readRow(
    db,
    sql`SELECT version, body, author, saved_at AS savedAt FROM guideline WHERE version = ${version ?? guidelineInForce}`,
  )
  return row === undefined
    ? null
    : parseRow(rowSchema, row, message('store.rowOf.guidelines', { version: version ?? message('store.inForce') }))
}

/** Saves a text as the new current version. @returns its number */
export function saveGuideline(db: WritableDb, { body, author }: { readonly body: string; readonly author: string }): number {
  return write(db, () => {
    const { lastInsertRowid } = prepare(db, `INSERT INTO guideline (body, author, saved_at) VALUES (?, ?, ?)`).run(body, author, Date.now())
    return numberSchema.parse(lastInsertRowid)
  })
}
