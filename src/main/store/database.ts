import BetterSqlite3 from 'better-sqlite3'
import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { Problem, messageOf, toProblem } from '../../shared/problem'
import { say } from '../../shared/say'
import { migrate, schemaVersion } from './migrate'
import { ownPath } from './ownPath'
import { requireOwnSchema } from './ownSchema'
import { openCopy, removeCopy } from './readOnly'
import { setAside } from './setAside'
import { sqliteBinding } from './sqliteBinding'

export type Database = BetterSqlite3.Database

/** Milliseconds for which a writer waits for another one. */
export const BUSY_MS = 5000

export interface OpenOptions {
  readonly check?: boolean
  readonly readable?: boolean
}

/** @param inspect asks the new connection before anybody else does */
function connect(file: string, inspect: (db: Database) => void = () => undefined): Database {
  const nativeBinding = sqliteBinding()
  const db = new BetterSqlite3(file, { timeout: BUSY_MS, ...(nativeBinding ? { nativeBinding } : {}) })
  try {
    db.pragma('trusted_schema = OFF')
    inspect(db)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma('cache_size = -16000')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Makes a new project file with the present schema. @throws Problem when the file exists or cannot be written */
export function createDatabase(file: string): Database {
  if (fs.existsSync(file)) throw new Problem('exists', say`${file} exists already.`, say`Choose another name.`, { item: file })
  try {
    const db = connect(file)
    migrate(db, file, () => undefined)
    return db
  } catch (error) {
    throw toProblem(error, file)
  }
}

/** An empty project file in memory alone, with the present schema. */
export function freshDatabase(): Database {
  const db = connect(':memory:')
  migrate(db, 'memory', () => undefined)
  return db
}

/** SQLite's own check of the file's structure. @returns what is wrong, or null */
export function findDamage(db: Database): string | null {
  const first = String(db.pragma('quick_check(1)', { simple: true }))
  return first === 'ok' ? null : first
}

const isDamage = (error: unknown) =>
  error instanceof BetterSqlite3.SqliteError && (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB')

/** SQLite would follow a link, and write its log into whatever that leads to; a pipe would make it wait for ever. */
function requirePlainFiles(file: string): void {
  for (const each of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) {
    const found = fs.lstatSync(each, { throwIfNoEntry: false })
    if (found && !found.isFile())
      throw new Problem(
        'unreadable-project',
        say`${each} is ${found.isSymbolicLink() ? say`a link` : found.isDirectory() ? say`a folder` : say`not a plain file`}, so the project is not opened.`,
        say`Put the file itself in its place, and open only projects that you trust.`,
        { item: each },
      )
  }
}

function readHead(file: string, bytes: number): Buffer {
  const handle = fs.openSync(file, 'r')
  try {
    const head = Buffer.alloc(bytes)
    fs.readSync(handle, head, 0, bytes, 0)
    return head
  } finally {
    fs.closeSync(handle)
  }
}

/** Looked at before SQLite touches the file: SQLite would turn an empty one into a database. */
const hasSqliteHeader = (file: string) => readHead(file, 16).toString('latin1') === 'SQLite format 3\0'

/**
 * Whether a project file is to be brought up to date when it is opened, by its head (https://www.sqlite.org/fileformat.html): the log
 * beside it may know better. False where it cannot be read.
 */
export function isOlder(file: string): boolean {
  try {
    return readHead(file, 64).readInt32BE(60) < schemaVersion
  } catch {
    return false
  }
}

function checkedConnection(file: string, check: boolean, isCopy = false): Database {
  let db: Database | undefined
  try {
    if (!hasSqliteHeader(file)) throw new BetterSqlite3.SqliteError('it is no database', 'SQLITE_NOTADB')
    db = connect(file, (opened) => requireOwnSchema(opened, file))
    const damage = check ? findDamage(db) : null
    if (damage !== null) throw new BetterSqlite3.SqliteError(damage, 'SQLITE_CORRUPT')
    const opened = db
    migrate(opened, file, () => (isCopy ? undefined : backUpTo(opened, backupName(file, 'before-update'))))
    return opened
  } catch (error) {
    db?.close()
    throw error
  }
}

/**
 * Opens an existing project file: checks its structure and brings its schema up to date (after a backup).
 * A damaged file is moved aside, whole and under a name that the Problem tells; nothing is put in its place.
 * @param options.check false leaves the structure unchecked, for a caller that has it checked elsewhere
 * @param options.readable true opens one that cannot be written to as well, for reading alone (`refusalOf` tells why)
 * @throws Problem not-found, newer-project, damaged-project, read-only, disk-full, busy
 */
export function openDatabase(file: string, options: OpenOptions = {}): Database {
  try {
    return openWritable(file, options)
  } catch (error) {
    if (!options.readable || !(error instanceof Problem) || (error.code !== 'read-only' && error.code !== 'disk-full')) throw error
    return openReadable(file, error, options.check ?? true)
  }
}

function openReadable(file: string, why: Problem, check: boolean): Database {
  try {
    requirePlainFiles(file)
    fs.accessSync(file, fs.constants.R_OK)
    return openCopy(file, why, (copy) => checkedConnection(copy, check, true))
  } catch (error) {
    throw toProblem(error, file)
  }
}

function openWritable(file: string, options: OpenOptions): Database {
  if (!fs.existsSync(file))
    throw new Problem('not-found', say`${file} is not there.`, say`Choose a folder that ends in .exemplar.`, { item: file })
  try {
    // SQLite would open a file it may not write, and fail only at the first decision.
    requirePlainFiles(file)
    fs.accessSync(file, fs.constants.W_OK)
    fs.accessSync(path.dirname(file), fs.constants.W_OK)
    return checkedConnection(file, options.check ?? true)
  } catch (error) {
    if (!isDamage(error)) throw toProblem(error, file)
    throw damaged(file, messageOf(error), error)
  }
}

/** Moves a damaged project file aside. @returns the Problem that names where it is and what to do */
export function damaged(file: string, detail: string, cause?: unknown): Problem {
  const kept = setAside(file)
  return new Problem(
    'damaged-project',
    say`${file} is damaged (${detail}). It was set aside as ${path.basename(kept)}; nothing was deleted.`,
    say`Copy the newest file from ${path.join(path.dirname(file), 'backups')} to ${path.basename(file)}, or recover the damaged one with SQLite's .recover command.`,
    { item: file, cause },
  )
}

export function backupName(file: string, label: string): string {
  const stamp = new Date().toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)
  return ownPath(path.dirname(file), 'backups', `${path.basename(file, '.sqlite')}-${stamp}-${label}.sqlite`)
}

/**
 * For a connection that does nothing but a step over very many rows. Its commit leaves what was written in the log beside the file: to bring
 * hundreds of megabytes into the file takes as long as to write them, and `settleLog` does that. Its rows are made of rows that are there,
 * so nobody looks up for each of them whether they are.
 */
export function prepareLongStep(db: Database): void {
  db.pragma('wal_autocheckpoint = 0')
  db.pragma('cache_size = -32000')
  db.pragma('foreign_keys = OFF')
}

/**
 * Brings into the file what is in the log beside it, as far as nobody reads an older state. Nothing is lost where that fails: it stays in
 * the log. @returns whether all of it is in the file
 */
export function settleLog(db: Database): boolean {
  try {
    const [{ log, checkpointed }] = checkpointSchema.parse(db.pragma('wal_checkpoint(PASSIVE)'))
    return checkpointed === log
  } catch {
    return false
  }
}
const checkpointSchema = z.tuple([z.object({ log: z.number(), checkpointed: z.number() })])

/** Writes a complete, compact copy of the database to `file`, by way of a temporary name. */
export function backUpTo(db: Database, file: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const temporary = `${file}.tmp`
  fs.rmSync(temporary, { force: true })
  db.prepare('VACUUM INTO ?').run(temporary)
  fs.renameSync(temporary, file)
}

export function closeDatabase(db: Database): void {
  if (db.open) db.close()
  removeCopy(db)
}
