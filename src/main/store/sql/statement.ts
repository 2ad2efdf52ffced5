import type { RunResult, Statement } from 'better-sqlite3'
import sql, { type Sql } from 'sql-template-tag'
import { markWhenAlone } from './projectMark'
import { driverOf, type ReadableDb, type WritableDb } from './types'
import { numberSchema } from './stored'

/** Duration in milliseconds above which a query is logged. */
const slowMs = 40

type Log = (line: string) => void
let log: Log | null = null

/** Logs queries that take over 40 ms, on connections opened from now on: their text, never the values bound to it. */
export function logSlowQueries(to: Log | null): void {
  log = to
}

function report(text: string, milliseconds: number): void {
  if (milliseconds > slowMs) log?.(`slow query (${Math.round(milliseconds)} ms): ${text.replace(/\s+/g, ' ').trim()}`)
}

/** Measures every execution of a statement if slow queries are logged. @returns the statement */
function timeStatement(statement: Statement, text: string): Statement {
  if (log === null) return statement
  for (const method of ['run', 'get', 'all'] as const) {
    const execute = statement[method].bind(statement) as (...values: unknown[]) => never
    statement[method] = (...values: unknown[]) => {
      const start = performance.now()
      try {
        return execute(...values)
      } finally {
        report(text, performance.now() - start)
      }
    }
  }
  const iterate = statement.iterate.bind(statement)
  statement.iterate = (...values: unknown[]) => timeRows(iterate(...values), text)
  return statement
}

/** Measures the time of the query, without the time spent processing its rows. */
function* timeRows(rows: IterableIterator<unknown>, text: string): Generator<unknown, void, undefined> {
  let milliseconds = 0
  const next = () => {
    const start = performance.now()
    const result = rows.next()
    milliseconds += performance.now() - start
    return result
  }
  try {
    for (let result = next(); !result.done; result = next()) yield result.value
  } finally {
    rows.return?.()
    report(text, milliseconds)
  }
}

/** Methods of a prepared query. */
interface ReadStatement {
  get(...values: unknown[]): unknown
  all(...values: unknown[]): unknown[]
  iterate(...values: unknown[]): IterableIterator<unknown>
  pluck(toggle?: boolean): this
  raw(toggle?: boolean): this
}

/** Format of the rows of a statement: as objects, as their first column, or as arrays. */
type Rows = 'objects' | 'values' | 'tuples'

const caches = new WeakMap<ReadableDb, Record<Rows, Map<string, Statement>>>()

function findStatement(db: ReadableDb, text: string, rows: Rows): Statement {
  let cache = caches.get(db)
  if (!cache) caches.set(db, (cache = { objects: new Map(), values: new Map(), tuples: new Map() }))
  let statement = cache[rows].get(text)
  if (!statement) {
    statement = markWhenAlone(db, timeStatement(driverOf(db).prepare(text), text))
    if (rows === 'values') statement.pluck()
    if (rows === 'tuples') statement.raw()
    cache[rows].set(text, statement)
  }
  return statement
}

/**
 * Returns the prepared statement of a constant text, prepared once per connection; use the functions below for statements composed of
 * parts. Only a writable connection returns a statement that can be run.
 */
export function prepare(db: WritableDb, text: string): Statement
export function prepare(db: ReadableDb, text: string): ReadStatement
export function prepare(db: ReadableDb, text: string): Statement {
  return findStatement(db, text, 'objects')
}

/** Runs a statement that changes rows. */
export const run = (db: WritableDb, { sql: text, values }: Sql): RunResult => findStatement(db, text, 'objects').run(...values)

/** Returns the rows of a query. */
export const readRows = (db: ReadableDb, { sql: text, values }: Sql): unknown[] => findStatement(db, text, 'objects').all(...values)

/** Returns the first row of a query, or undefined. */
export const readRow = (db: ReadableDb, { sql: text, values }: Sql): unknown => findStatement(db, text, 'objects').get(...values)

/** Returns the first column of a query. */
export const readValues = (db: ReadableDb, { sql: text, values }: Sql): unknown[] => findStatement(db, text, 'values').all(...values)

/** Yields the first column of a query row by row. */
export const iterateValues = (db: ReadableDb, { sql: text, values }: Sql): IterableIterator<unknown> =>
  findStatement(db, text, 'values').iterate(...values)

/** Returns the first column of the first row of a query, or undefined. */
export const readValue = (db: ReadableDb, { sql: text, values }: Sql): unknown => findStatement(db, text, 'values').get(...values)

/** Returns the rows of a query as arrays of their columns. */
export const readTuples = (db: ReadableDb, { sql: text, values }: Sql): unknown[] => findStatement(db, text, 'tuples').all(...values)

/**
 * Binds a value in a statement that joins tables or chooses among indexes: SQLite, built with STAT4, plans such a statement again for every
 * directly bound value (https://sqlite.org/c3ref/prepare.html), which takes ten times as long as a lookup by key.
 */
export const one = (value: unknown): Sql => sql`(SELECT ${value})`

/** Binds the values of a list as one parameter: the statement is the same for lists of any length. */
export const valuesOf = (list: readonly (string | number)[]): Sql => sql`(SELECT value FROM json_each(${JSON.stringify(list)}))`

/**
 * Returns SQLite's number of the last change by another connection; changes by this connection do not affect it. Cheap: it reads no page.
 */
export const readDataVersion = (db: ReadableDb): number => numberSchema.parse(driverOf(db).pragma('data_version', { simple: true }))

/** Returns a text that differs after every change of the file, by this connection or another. Cheap: it reads no page. */
export const changeNumber = (db: ReadableDb): string =>
  `${readDataVersion(db)}.${String(prepare(db, `SELECT total_changes()`).pluck().get())}`
