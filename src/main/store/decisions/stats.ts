import type { Stats } from '../../../shared/domain'
import { readCounts } from '../candidates/counts'
import type { ReadableDb } from '../sql/types'
import { prepare } from '../sql/statement'
import { numberSchema } from '../sql/stored'

const number = (db: ReadableDb, sql: string) => numberSchema.parse(prepare(db, sql).pluck().get())

/** What the project holds. `failedCalls` are calls that failed and were not asked again. */
export function readStats(db: ReadableDb): Stats {
  const counts = readCounts(db)
  return {
    items: number(db, `SELECT (SELECT count(*) FROM item) - (SELECT count(*) FROM left_out_item)`),
    excluded: number(db, `SELECT count(*) FROM left_out_item WHERE standing = 'excluded'`),
    media: number(db, `SELECT count(*) FROM media`),
    candidates: Object.values(counts).reduce((sum, n) => sum + n, 0),
    ...counts,
    written: number(db, `SELECT count(*) FROM candidate WHERE author IS NOT NULL`),
    runs: number(db, `SELECT count(*) FROM run`),
    calls: number(db, `SELECT count(*) FROM call`),
    failedCalls: number(db, `SELECT coalesce(sum(failed), 0) FROM run`),
    promptTokens: number(db, `SELECT coalesce(sum(prompt_tokens), 0) FROM run`),
    completionTokens: number(db, `SELECT coalesce(sum(completion_tokens), 0) FROM run`),
  }
}
