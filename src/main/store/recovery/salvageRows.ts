import type { Database } from 'better-sqlite3'
import { z } from 'zod'

export type SalvagedRow = Readonly<Record<string, unknown>>

/** Rows that the damaged part of a table may hold; a gap is tried id by id up to so many. */
const maxTries = 2_000

/** Of rows with a few columns. */
const maxRowsOfPage = 100

const idSchema = z.number().nullable()

/**
 * Gives the rows of a table that can be read, whatever pages between them are damaged: it reads from both ends of every gap, and divides what
 * is left. Tables without a rowid are read from both ends alone.
 * @param columns those to read @param order of the primary key; null where the table has a rowid
 * @param onDamage called where something could not be read
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

/** The end of the table may be damaged, and tell a wrong id: a bound by the size of the file is never too low for ids that were given in order. */
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
