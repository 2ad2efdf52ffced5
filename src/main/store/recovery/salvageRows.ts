import type { Database } from 'better-sqlite3'
import { z } from 'zod'

export type SalvagedRow = Readonly<Record<string, unknown>>

/** Maximum number of failed reads per table; gaps that remain are then skipped. */
const maxTries = 2_000

/** Estimated maximum number of rows per page, for rows with a few columns. */
const maxRowsOfPage = 100

const idSchema = z.number().nullable()

/**
 * Yields the readable rows of a table, even if pages between them are damaged: reads from both ends of every gap, and bisects the rest.
 * Tables without a rowid are only read from both ends.
 * @param columns columns to read @param order columns of the primary key; null if the table has a rowid
 * @param onDamage called if something could not be read
 */
export function* salvageRows(
  db: Database,
  table: string,
  columns: readonly string[],
  order: readonly string[] | null,
  onDamage: () => void,
): Generator<SalvagedRow, void, undefined> {
  const list = columns.map((column) => `"${column}"`).join(', ')
  if (order) return yield* fromBothEnds(db, `SELECT ${list} FROM "${table}"`, order, onDamage)
  const sql = `SELECT rowid AS "row id", ${list} FROM "${table}" WHERE rowid BETWEEN ? AND ? ORDER BY rowid`
  const up = db.prepare<[number, number], SalvagedRow>(sql)
  const down = db.prepare<[number, number], SalvagedRow>(`${sql} DESC`)
  let tries = 0

  function* range(from: number, to: number): Generator<SalvagedRow, void, undefined> {
    if (from > to || tries > maxTries) return
    let low = from
    try {
      for (const row of up.iterate(low, to)) {
        low = Number(row['row id']) + 1
        yield row
      }
      return
    } catch {
      onDamage()
      tries += 1
    }
    if (low >= to) return
    let high = to
    try {
      for (const row of down.iterate(low, to)) {
        high = Number(row['row id']) - 1
        yield row
      }
      return
    } catch {
      tries += 1
    }
    const middle = Math.floor((low + high) / 2)
    if (middle < high) {
      yield* range(low, middle)
      yield* range(middle + 1, high)
    }
  }
  yield* range(Number.MIN_SAFE_INTEGER, -1)
  yield* range(0, greatestId(db, table))
}

/**
 * The end of the table may be damaged and yield a wrong id. A bound based on the file size is never too low for ids that were assigned in
 * order.
 */
function greatestId(db: Database, table: string): number {
  const ask = (sql: string): number => {
    try {
      return idSchema.parse(db.prepare(sql).pluck().get()) ?? 0
    } catch {
      return 0
    }
  }
  const bound = Math.max(ask('PRAGMA page_count') * maxRowsOfPage, 4096)
  const greatest = ask(`SELECT max(rowid) FROM "${table}"`)
  return greatest > 0 && greatest <= Number.MAX_SAFE_INTEGER ? Math.max(greatest, bound) : bound
}

function* fromBothEnds(
  db: Database,
  select: string,
  order: readonly string[],
  onDamage: () => void,
): Generator<SalvagedRow, void, undefined> {
  const by = (direction: string) => `${select} ORDER BY ${order.map((column) => `"${column}" ${direction}`).join(', ')}`
  for (const direction of ['ASC', 'DESC'])
    try {
      yield* db.prepare<[], SalvagedRow>(by(direction)).iterate()
      return
    } catch {
      onDamage()
    }
}
