import type { Database } from 'better-sqlite3'
import fs from 'node:fs'
import { z } from 'zod'
import { messageOf, Problem } from '../../../shared/problem'
import { connect, readHead } from '../sql/database'
import { graftSchema } from './graftSchema'
import { newerProject } from '../schema/ownSchema'
import { createSchema, readSchemaVersion, schemaVersion } from '../schema/schema'
import { message, type Text } from '../../../shared/messages/message'
import { repairSalvaged } from './repairSalvaged'
import { fillFromBackup, salvagePages } from './salvagePages'
import { salvageRows } from './salvageRows'
import { measureSchema } from '../schema/schemaSize'
import { openDriver } from '../sql/openDriver'

/** Result of reading a damaged file. */
export interface Salvaged {
  /** Tables that could not be read completely. */
  readonly damagedTables: readonly string[]
  /** Number of rows that were read but not kept, because they are garbled or the rows that they refer to are lost. */
  readonly leftOut: number
}

/** Same limits as when opening a project: SQLite parses this much in a moment. */
const maxSchemaRows = 1000
const maxSchemaBytes = 256 * 1024

/** https://www.sqlite.org/fileformat.html */
const magic = 'SQLite format 3\0'

const tableSchema = z.object({ name: z.string(), sql: z.string().nullable() }).array()
const columnSchema = z.object({ name: z.string(), pk: z.number() }).array()

/** Decisions first, because they cannot be recreated. */
const firstTables = ['project', 'decision', 'candidate', 'pair', 'side_verdict', 'call', 'run', 'item', 'context']
const rank = (table: string) => (firstTables.includes(table) ? firstTables.indexOf(table) : firstTables.length)
/** Tables derived from other rows. */
const derived = new Set(['counted', 'second_review', 'language_stale'])

/**
 * Reads all rows of a damaged project file that SQLite can read into a new file with the schema of Exemplar. Uses no trigger, view or index
 * of the damaged file.
 * @param copy a private copy of the damaged file with its log, which may be changed
 * @param to the new file
 * @param backup an intact backup, as a source of lost rows
 * @throws Problem damaged-project if nothing can be read, newer-project, older-project
 */
export function salvage(copy: string, to: string, backup: string | null): Salvaged {
  repairHeader(copy)
  if (isOfAnotherProgram(copy)) throw nothing(message('recovery.foreignDatabase'))
  const grafted = () => graftSchema(copy)
  const failures: string[] = []
  for (const [mayLackProject, sources] of [
    [false, [() => copy, grafted]],
    [true, [grafted]],
  ] as const)
    for (const prepare of sources)
      try {
        return salvageFrom(prepare(), to, { backup, mayLackProject })
      } catch (error) {
        if (error instanceof Problem && error.code !== 'damaged-project') throw error
        failures.push(messageOf(error))
      }
  throw nothing(failures[0] ?? '')
}

const nothing = (why: Text) =>
  new Problem('damaged-project', message('recovery.nothingRecoverable', { reason: why }), message('recovery.useBackup'))

/** Tables that every version has; no other program has all of them. */
const ownTables = ['item', 'candidate', 'decision']

/**
 * Returns whether the rows belong to another program, even if a table has the same name as one of ours. False if the list of tables cannot
 * be read.
 */
function isOfAnotherProgram(file: string): boolean {
  if (hasLongSchema(file)) return false
  let source: Database | undefined
  try {
    source = openRaw(file)
    const tables = z.string().array().parse(source.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all())
    return tables.length > 0 && !ownTables.some((table) => tables.includes(table))
  } catch {
    return false
  } finally {
    source?.close()
  }
}

function hasLongSchema(file: string): boolean {
  const { rows, bytes } = measureSchema(file)
  return rows > maxSchemaRows || bytes > maxSchemaBytes
}

function salvageFrom(file: string, to: string, options: { backup: string | null; mayLackProject: boolean }): Salvaged {
  fs.rmSync(to, { force: true })
  if (hasLongSchema(file)) throw new Error('its list of tables is too long')
  const source = openRaw(file)
  try {
    if (!options.mayLackProject) requireProject(source)
    return copyRows(source, file, to, options.backup)
  } catch (error) {
    fs.rmSync(to, { force: true })
    throw error
  } finally {
    source.close()
  }
}

function openRaw(file: string): Database {
  const db = openDriver(file)
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  return db
}

const projectSchema = z.object({ uuid: z.string().min(1), name: z.string().min(1), recipe: z.string().min(1) })

/** A view with the name of a table could contain anything. */
const isTable = (db: Database, name: string) =>
  db.prepare(`SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name = ?`).get(name) !== undefined

function requireProject(db: Database): void {
  if (!isTable(db, 'project')) throw new Error('there is no project in it')
  projectSchema.parse(db.prepare(`SELECT uuid, name, recipe FROM project WHERE id = 1`).get())
}

/** Pads a truncated file with empty pages: SQLite refuses a file that is shorter than its header states. */
function repairHeader(file: string): void {
  const { size } = fs.statSync(file)
  if (size < 100) return
  const head = readHead(file, 100)
  if (head.subarray(0, 16).toString('latin1') !== magic) return
  const bytes = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16)
  const pages = Math.max(head.readUInt32BE(28), Math.ceil(size / bytes))
  if (bytes >= 512 && pages * bytes > size && pages * bytes < size * 1000) fs.truncateSync(file, pages * bytes)
}

/** @param shown path of the project file to show to the user */
function requireThisSchema(source: Database, shown: string): void {
  const version = readSchemaVersion(source)
  if (version > schemaVersion) throw newerProject(shown, version)
  if (version > 0 && version < schemaVersion)
    throw new Problem('older-project', message('recovery.olderVersion'), message('recovery.convertBackup'))
}

function copyRows(source: Database, file: string, to: string, backup: string | null): Salvaged {
  requireThisSchema(source, file)
  const target = connect(to)
  try {
    target.pragma('synchronous = OFF') // flushed to disk at the end, or thrown away
    createSchema(target)
    target.pragma('foreign_keys = OFF')
    const triggers = dropTriggers(target)
    const damagedTables = new Set<string>()
    let leftOut = 0
    for (const table of tablesOf(target).toSorted((one, other) => rank(one) - rank(other))) {
      let isDamaged = false
      leftOut += copyTable(source, target, table, () => {
        isDamaged = true
      })
      if (isDamaged) damagedTables.add(table)
    }
    if (damagedTables.size > 0) {
      source.pragma('wal_checkpoint(TRUNCATE)') // the pages need the content of the log
      salvagePages(file, target)
      if (backup !== null) fillFromBackup(target, backup, damagedTables)
    }
    requireProject(target)
    leftOut += repairSalvaged(target)
    for (const sql of triggers) target.exec(sql)
    target.pragma('synchronous = FULL')
    target.pragma('journal_mode = DELETE') // a single complete file
    return { damagedTables: [...damagedTables], leftOut }
  } finally {
    target.close()
  }
}

/** Triggers would act on rows that are copied unchanged. @returns statements that recreate them */
function dropTriggers(db: Database): string[] {
  const triggers = tableSchema.parse(db.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`).all())
  for (const { name } of triggers) db.exec(`DROP TRIGGER "${name}"`)
  return triggers.map(({ sql }) => sql ?? '')
}

/** Returns the tables to copy, without derived ones, which are recomputed. */
function tablesOf(db: Database): string[] {
  const rows = db.prepare(
    `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
  )
  return z
    .string()
    .array()
    .parse(rows.pluck().all())
    .filter((name) => !derived.has(name))
}

const columnsOf = (db: Database, table: string) => columnSchema.parse(db.prepare(`SELECT name, pk FROM pragma_table_info(?)`).all(table))

/** @returns number of rows that were read but could not be kept */
function copyTable(source: Database, target: Database, table: string, onDamage: () => void): number {
  const wanted = columnsOf(target, table)
  const there = new Set(columnsOf(source, table).map(({ name }) => name))
  const columns = wanted.filter(({ name }) => there.has(name)).map(({ name }) => name)
  if (columns.length === 0 || !isTable(source, table)) {
    onDamage()
    return 0
  }
  const hasRowid = target.prepare(`SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?`).pluck().get(table) === 0
  const order = hasRowid
    ? null
    : wanted
        .filter(({ pk }) => pk > 0)
        .toSorted((one, other) => one.pk - other.pk)
        .map(({ name }) => name)
  const insert = target.prepare(
    `INSERT OR IGNORE INTO "${table}" (${columns.map((column) => `"${column}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  )
  let leftOut = 0
  const store = target.transaction(() => {
    for (const row of salvageRows(source, table, columns, order, onDamage))
      try {
        insert.run(columns.map((column) => row[column]))
      } catch {
        leftOut += 1 // wrong type for its column
      }
  })
  store()
  return leftOut
}
