import { changeNumber, prepare } from '../sql/statement'
import type { ReadableDb } from '../sql/types'
import { numberSchema, numbersSchema, textSchema } from '../sql/stored'

/** Maximum number of words to look up and of index entries that a search reads: the rarest words are the most informative. */
const maxWords = 12
const maxEntries = 20_000

/** Maximum number of similar candidates. */
const maxSimilar = 100

const known = new WeakMap<ReadableDb, { readonly id: number; readonly change: string; readonly ids: readonly number[] }>()

/**
 * Returns the ids of candidates in any state whose words are most similar to those of this one (BM25 over its rarest words), the most
 * similar first.
 */
export function similarIds(db: ReadableDb, id: number): readonly number[] {
  const change = changeNumber(db)
  const last = known.get(db)
  if (last?.id === id && last.change === change) return last.ids
  const ids = findSimilar(db, id)
  known.set(db, { id, change, ids })
  return ids
}

function findSimilar(db: ReadableDb, id: number): number[] {
  const text = textSchema.parse(
    prepare(db, `SELECT instruction || char(10) || response FROM pair WHERE candidate_id = ?`).pluck().get(id) ?? '',
  )
  const words = rarest(db, [...new Set(text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu))])
  if (words.length === 0) return []
  const found = prepare(
    db,
    `SELECT rowid FROM candidate_text WHERE candidate_text MATCH ? AND rowid <> ? ORDER BY bm25(candidate_text), rowid LIMIT ?`,
  )
  return numbersSchema.parse(found.pluck().all(words.map((word) => `"${word}"`).join(' OR '), id, maxSimilar))
}

function rarest(db: ReadableDb, words: readonly string[]): string[] {
  const entries = prepare(db, `SELECT count(*) FROM (SELECT 1 FROM candidate_text WHERE candidate_text MATCH ? LIMIT ?)`).pluck()
  let sum = 0
  return words
    .map((word) => ({ word, count: numberSchema.parse(entries.get(`"${word}"`, maxEntries)) }))
    .filter(({ count }) => count > 1)
    .toSorted((a, b) => a.count - b.count)
    .slice(0, maxWords)
    .filter(({ count }, at) => at === 0 || (sum += count) <= maxEntries)
    .map(({ word }) => word)
}
