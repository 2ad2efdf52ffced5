import type { Candidate } from '../../shared/domain'
import { readCandidates, requireCandidate } from './candidates'
import type { Database } from './database'
import { prepare } from './statement'
import { numberSchema, numbersSchema } from './stored'

/** Most words that are looked up, and most entries of the index that a search walks through: the rarest words tell most. */
const mostWords = 12
const mostEntries = 20_000

/** Candidates in any state whose words are most like those of this one (BM25 over its rarest words), the most similar first. */
export function listSimilarCandidates(db: Database, id: number, limit: number): Candidate[] {
  const { instruction, response } = requireCandidate(db, id)
  const words = rarest(db, [...new Set(`${instruction}\n${response}`.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu))])
  if (words.length === 0) return []
  const found = prepare(
    db,
    `SELECT rowid FROM candidate_text WHERE candidate_text MATCH ? AND rowid <> ? ORDER BY bm25(candidate_text), rowid LIMIT ?`,
  )
  return readCandidates(db, numbersSchema.parse(found.pluck().all(words.map((word) => `"${word}"`).join(' OR '), id, limit)))
}

function rarest(db: Database, words: readonly string[]): string[] {
  const entries = prepare(db, `SELECT count(*) FROM (SELECT 1 FROM candidate_text WHERE candidate_text MATCH ? LIMIT ?)`).pluck()
  let sum = 0
  return words
    .map((word) => ({ word, count: numberSchema.parse(entries.get(`"${word}"`, mostEntries)) }))
    .filter(({ count }) => count > 1)
    .toSorted((a, b) => a.count - b.count)
    .slice(0, mostWords)
    .filter(({ count }, at) => at === 0 || (sum += count) <= mostEntries)
    .map(({ word }) => word)
}
