import type { Candidate } from '../../shared/domain'
import { readCandidates, requireCandidate } from './candidates'
import type { Database } from './database'
import { distinctWords } from './search'
import { rarestWords } from './similarExemplars'
import { prepare } from './statement'
import { numbersSchema } from './stored'

/** Candidates in any state whose words are most like those of this one (BM25 over its rarest words), the most similar first. */
export function listSimilarCandidates(db: Database, id: number, limit: number): Candidate[] {
  const { instruction, response } = requireCandidate(db, id)
  const words = rarestWords(db, 'candidate_text', distinctWords(`${instruction}\n${response}`))
  if (words.length === 0) return []
  const found = prepare(
    db,
    `SELECT rowid FROM candidate_text WHERE candidate_text MATCH ? AND rowid <> ? ORDER BY bm25(candidate_text), rowid LIMIT ?`,
  )
  return readCandidates(db, numbersSchema.parse(found.pluck().all(words.map((word) => `"${word}"`).join(' OR '), id, limit)))
}
