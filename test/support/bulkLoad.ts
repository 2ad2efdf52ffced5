import { z } from 'zod'
import type { WritableDb } from '../../src/main/store/sql/types'

const kept = z.object({ type: z.enum(['index', 'trigger']), name: z.string(), sql: z.string() }).array()

/**
 * Inserts many candidates several times as fast: indexes and triggers of `candidate` and `pair` are taken off, and made again, word for word, when
 * `work` is done; the words are indexed at once.
 */
export function loadInBulk(db: WritableDb, work: () => void): void {
  const parts = kept.parse(
    db
      .prepare(`SELECT type, name, sql FROM sqlite_schema WHERE tbl_name IN ('candidate', 'pair') AND type <> 'table' AND sql IS NOT NULL`)
      .all(),
  )
  for (const { type, name } of parts) db.exec(`DROP ${type} ${name}`)
  work()
  db.exec(`INSERT INTO candidate_text (candidate_text) VALUES ('rebuild')`)
  for (const { sql } of parts) db.exec(sql)
}
