import { z } from 'zod'
import type { ReadableDb, WritableDb } from '../sql/types'
import { prepare } from '../sql/statement'
import { write } from '../sql/transaction'

const wordsSchema = z.string().array()

/** The words that are right in this project whatever a dictionary says, in their order. */
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
