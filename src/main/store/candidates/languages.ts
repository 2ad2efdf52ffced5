import sql from 'sql-template-tag'
import { z } from 'zod'
import { undecidedOrOwn } from './candidateFilter'
import type { ReadableDb, WritableDb } from '../sql/types'
import { numberSchema } from '../sql/stored'
import { write } from '../sql/transaction'
import { prepare, readRows, readRow, readValue } from '../sql/statement'

/** Code for a text whose language cannot be determined, as in ISO 639-2. */
export const undetermined = 'und'

const languagesSchema = z.string().array()

/** Returns the languages of the pairs. Jumps within the index, so that a million pairs of one language are one step. */
export function listLanguages(db: ReadableDb): string[] {
  return languagesSchema.parse(
    prepare(
      db,
      `WITH RECURSIVE found (language) AS (
         SELECT min(language) FROM candidate_language
         UNION ALL SELECT (SELECT min(language) FROM candidate_language WHERE language > found.language) FROM found WHERE language IS NOT NULL)
       SELECT language FROM found WHERE language IS NOT NULL`,
    )
      .pluck()
      .all(),
  )
}

/** Returns the languages of pairs that are undecided or that this reviewer decided. */
export const listOwnLanguages = (db: ReadableDb, reviewer: string): string[] =>
  listLanguages(db).filter(
    (language) =>
      readRow(
        db,
        sql`SELECT 1 FROM candidate_language JOIN candidate ON candidate.id = candidate_id
         WHERE language = ${language} AND ${undecidedOrOwn(reviewer)} LIMIT 1`,
      ) !== undefined,
  )

const lastNamed = sql`(SELECT coalesce(max(candidate_id), 0) FROM candidate_language)`

/** Returns whether any pair's language has not been detected yet. */
export const hasUnnamed = (db: ReadableDb): boolean => listUnnamed(db, 1).length > 0

/**
 * Returns the number of pairs whose language has not been detected yet. @param reviewer counts only pairs that are undecided or that they
 * decided
 */
export function countUnnamed(db: ReadableDb, reviewer?: string): number {
  const counted = reviewer === undefined ? sql`1` : undecidedOrOwn(reviewer)
  const edited = sql`SELECT count(*) FROM language_stale JOIN candidate ON candidate.id = candidate_id WHERE id <= ${lastNamed} AND ${counted}`
  const drafted = sql`SELECT count(*) FROM candidate WHERE id > ${lastNamed} AND ${counted}`
  return numberSchema.parse(readValue(db, sql`SELECT (${edited}) + (${drafted})`))
}

const textSchema = z.object({ id: z.number(), text: z.string() })
const textsSchema = textSchema.array()
type Unnamed = z.infer<typeof textSchema>

/** A text of a pair with its detected language. */
export const namedTextSchema = textSchema.extend({ language: z.string() })
export type NamedText = z.infer<typeof namedTextSchema>

/** Returns pairs without a detected language: edited pairs first, then pairs drafted since, oldest first. */
export function listUnnamed(db: ReadableDb, limit: number): Unnamed[] {
  const text = sql`SELECT candidate_id AS id, instruction || char(10) || response AS text FROM pair`
  const stale = textsSchema.parse(
    readRows(
      db,
      sql`${text} WHERE candidate_id IN (SELECT candidate_id FROM language_stale LIMIT ${limit}) AND candidate_id <= ${lastNamed}`,
    ),
  )
  if (stale.length > 0) return stale
  return textsSchema.parse(readRows(db, sql`${text} WHERE candidate_id > ${lastNamed} ORDER BY candidate_id LIMIT ${limit}`))
}

/** Saves the languages of these pairs, except those whose text has changed since it was read. */
export function saveLanguages(db: WritableDb, named: readonly NamedText[]): void {
  write(db, () => {
    const insert = prepare(
      db,
      `INSERT INTO candidate_language (candidate_id, language) VALUES (?, ?) ON CONFLICT DO UPDATE SET language = excluded.language`,
    )
    const settle = prepare(
      db,
      `DELETE FROM language_stale WHERE candidate_id = ?
         AND EXISTS (SELECT 1 FROM pair WHERE pair.candidate_id = language_stale.candidate_id AND instruction || char(10) || response = ?)`,
    )
    for (const { id, text, language } of named) {
      insert.run(id, language)
      settle.run(id, text)
    }
  })
}
