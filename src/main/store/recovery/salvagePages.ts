import { z } from 'zod'
import type { Database } from 'better-sqlite3'
import { readRawPages, type RawRow } from './rawPages'

/** Tables whose rows are never deleted, in the order in which they are tried for a page that fits several. */
const kept = [
  'decision',
  'candidate',
  'pair',
  'call',
  'run',
  'item',
  'media',
  'prompt_version',
  'project',
  'context',
  'reason',
  'reason_list',
] as const

const columnSchema = z.object({ name: z.string(), type: z.string(), notnull: z.number(), pk: z.number(), dflt_value: z.unknown() }).array()

interface Shape {
  readonly table: string
  readonly columns: z.output<typeof columnSchema>
}

const shapeOf = (db: Database, table: string): Shape => ({
  table,
  columns: columnSchema.parse(db.prepare(`SELECT name, type, "notnull", pk, dflt_value FROM pragma_table_info(?)`).all(table)),
})

function fitsType(type: string, value: RawRow['values'][number]): boolean {
  switch (type) {
    case 'TEXT':
      return typeof value === 'string'
    case 'INTEGER':
    case 'INT':
      return typeof value === 'bigint' || Number.isInteger(value)
    case 'REAL':
      return typeof value === 'number'
    case 'BLOB':
      return Buffer.isBuffer(value)
    default:
      return true
  }
}

function fits({ columns }: Shape, { values }: RawRow): boolean {
  if (values.length > columns.length) return false
  return columns.every(({ type, notnull, pk, dflt_value: otherwise }, index) => {
    if (index >= values.length) return notnull === 0 || otherwise !== null
    const value = values[index] ?? null
    if (pk > 0) return value === null // stored as the rowid
    return value === null ? notnull === 0 : fitsType(type, value)
  })
}

/**
 * Adds rows of pages that nothing refers to any more to those that SQLite could reach. The shape of its rows determines the table of a
 * page; the constraints of the new tables reject what does not fit. Existing rows are kept. @returns the tables that received rows
 */
export function salvagePages(file: string, db: Database): Set<string> {
  const shapes = kept.map((table) => shapeOf(db, table)).filter(({ columns }) => columns.length > 0)
  const found = new Set<string>()
  const insert = new Map<string, ReturnType<Database['prepare']>>()
  db.transaction(() => {
    for (const rows of readRawPages(file)) {
      const shape = shapes.find((one) => rows.filter((row) => fits(one, row)).length * 2 > rows.length)
      if (!shape || isSingle(shape, rows)) continue
      for (const row of rows) if (fits(shape, row) && insertRow(db, insert, shape, row)) found.add(shape.table)
    }
  })()
  return found
}

/** Tables with a single row, such as drafts, have the same shape as tables with many. */
const isSingle = ({ table }: Shape, rows: readonly RawRow[]) => table === 'context' && rows.length === 1 && rows[0]?.rowid === 1

function insertRow(
  db: Database,
  statements: Map<string, ReturnType<Database['prepare']>>,
  { table, columns }: Shape,
  { rowid, values }: RawRow,
): boolean {
  const used = columns.slice(0, values.length)
  const key = `${table} ${used.length}`
  let statement = statements.get(key)
  if (!statement) {
    const names = used.map(({ name }) => `"${name}"`).join(', ')
    statement = db.prepare(`INSERT OR IGNORE INTO "${table}" (${names}) VALUES (${used.map(() => '?').join(', ')})`)
    statements.set(key, statement)
  }
  try {
    return statement.run(used.map(({ pk }, index) => (pk > 0 ? rowid : values[index]))).changes > 0
  } catch {
    return false
  }
}

/**
 * Adds lost rows from a backup of the same project, for tables whose rows are never deleted.
 * @param tables tables with lost rows
 */
export function fillFromBackup(db: Database, backup: string, tables: ReadonlySet<string>): void {
  db.prepare(`ATTACH ? AS backup`).run(backup)
  try {
    const isSame = db.prepare(
      `SELECT 1 FROM backup.project WHERE uuid = (SELECT uuid FROM main.project) OR NOT EXISTS (SELECT 1 FROM main.project)`,
    )
    const sameSchema = db.pragma('backup.user_version', { simple: true }) === db.pragma('main.user_version', { simple: true })
    if (!sameSchema || isSame.get() === undefined) return
    for (const table of [...kept, 'item_media', 'run_item', 'prompt_exemplar'])
      if (table === 'project' || tables.has(table)) {
        const names = shapeOf(db, table)
          .columns.map(({ name }) => `"${name}"`)
          .join(', ')
        if (names !== '') db.exec(`INSERT OR IGNORE INTO main."${table}" (${names}) SELECT ${names} FROM backup."${table}"`)
      }
  } finally {
    db.exec(`DETACH backup`)
  }
}
