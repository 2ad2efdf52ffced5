import type { Statement } from 'better-sqlite3'
import { driverOf, type ReadableDb, type WritableDb } from './types'

/** What can be asked of a prepared query. */
export interface ReadStatement {
  get(...values: unknown[]): unknown
  all(...values: unknown[]): unknown[]
  iterate(...values: unknown[]): IterableIterator<unknown>
  pluck(toggle?: boolean): this
  raw(toggle?: boolean): this
}

const caches = new WeakMap<ReadableDb, Map<string, Statement>>()

/**
 * A bound value in a statement that joins tables or chooses among indexes: SQLite, built with STAT4, plans such a statement anew for every
 * value that stands in it as it is (https://sqlite.org/c3ref/prepare.html), which takes ten times as long as a look-up by a key.
 */
export const oneValue = '(SELECT ?)'

/** The prepared statement for `sql`, prepared once per connection. Only a connection that may write gets one that can be run. */
export function prepare(db: WritableDb, sql: string): Statement
export function prepare(db: ReadableDb, sql: string): ReadStatement
export function prepare(db: ReadableDb, sql: string): Statement {
  let cache = caches.get(db)
  if (!cache) caches.set(db, (cache = new Map()))
  let statement = cache.get(sql)
  if (!statement) cache.set(sql, (statement = driverOf(db).prepare(sql)))
  return statement
}
