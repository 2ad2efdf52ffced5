import type { Candidate } from '../../../shared/domain'
import { readCandidates } from '../candidates/candidates'
import type { ReadableDb } from '../sql/types'
import { similarIds } from './similarIds'

/** The candidates most similar to one, the most similar first. */
export function listSimilarCandidates(db: ReadableDb, id: number, limit: number): Candidate[] {
  return readCandidates(db, similarIds(db, id).slice(0, limit))
}
