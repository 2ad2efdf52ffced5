import type { Database, Statement } from 'better-sqlite3'

const caches = new WeakMap<Database, Map<string, Statement>>()

/**
 * A bound value in a statement that joins tables or chooses among indexes: SQLite, built with STAT4, plans such a statement anew for every
 * value that stands in it as it is (https://sqlite.org/c3ref/prepare.html), which takes ten times as long as a look-up by a key.
 */
export const oneValue = '(SELECT ?)'

/** The prepared statement for `sql`, prepared once a connection. */
export function prepare(db: Database, sql: string): Statement {
  let cache = caches.get(db)
  if (!cache) caches.set(db, (cache = new Map()))
  let statement = cache.get(sql)
  if (!statement) cache.set(sql, (statement = db.prepare(sql)))
  return statement
}
