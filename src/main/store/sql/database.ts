import BetterSqlite3 from 'better-sqlite3'
import fs from 'node:fs'
import path from 'node:path'
import { messageOf, Problem, toProblem } from '../../../shared/problem'
import { createSchema } from '../schema/schema'
import { message } from '../../../shared/messages/message'
import { findOpener, hasLostLog, markOpen, placeOf, removeStaleMarks } from '../recovery/openMarks'
import { findReplaced, rememberFile } from './ownPath'
import { recoverRemedy, requireOwnSchema } from '../schema/ownSchema'
import { openCopy, removeCopy } from './readOnly'
import { openDriver } from './openDriver'
import { keepMark, requireOwnMark } from './projectMark'
import { asWritable, driverOf, type ReadableDb, type WritableDb } from './types'

/** Milliseconds that a writer waits for another one. */
export const BUSY_MS = 5000

export interface OpenOptions {
  readonly check?: boolean
  readonly readable?: boolean
  readonly reading?: boolean
  readonly withoutLog?: boolean
}

/** Functions that remove the mark that a process leaves next to a file it has open. */
const marks = new WeakMap<ReadableDb, (close: () => void) => void>()

/** @param inspect called with the new connection before anything else uses it */
export function connect(file: string, inspect: (db: WritableDb) => void = () => undefined): WritableDb {
  const db = asWritable(openDriver(file, { timeout: BUSY_MS }))
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

/** Creates a new project file with the current schema. @throws Problem if the file exists or cannot be written */
export function createDatabase(file: string): WritableDb {
  if (fs.existsSync(file))
    throw new Problem('exists', message('project.existsAlready', { directory: file }), message('app.chooseAnotherName'), { item: file })
  try {
    const db = connect(file)
    createSchema(db)
    return marked(db, file, placeOf(file))
  } catch (error) {
    throw toProblem(error, file)
  }
}

/**
 * Marks the file as opened by this process, and removes the marks of processes that have ended.
 * @param place identity of the file before it was opened: opening a large file takes a while, during which it has no mark
 */
function marked(db: WritableDb, file: string, place: string | null): WritableDb {
  try {
    marks.set(db, markOpen(file))
    rememberFile(db, file, place)
    const replaced = findReplaced(db)
    if (replaced) throw replaced
    removeStaleMarks(file)
    return db
  } catch (error) {
    closeDatabase(db)
    throw error
  }
}

/** Runs SQLite's own check of the file's structure. @param thorough also compares every index @returns the first error, or null */
export function findDamage(db: ReadableDb, thorough = false): string | null {
  const first = String(driverOf(db).pragma(thorough ? 'integrity_check(1)' : 'quick_check(1)', { simple: true }))
  return first === 'ok' ? null : first
}

const isDamage = (error: unknown) =>
  error instanceof BetterSqlite3.SqliteError && (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB')

/**
 * Requires plain files: SQLite would follow a link and write its log to the target; a pipe would block it forever.
 * @throws Problem unreadable-project that names the link, folder or pipe
 */
export function requirePlainFiles(file: string): void {
  for (const each of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) {
    const found = fs.lstatSync(each, { throwIfNoEntry: false })
    if (found && !found.isFile())
      throw new Problem(
        'unreadable-project',
        message('store.notOpened', {
          file: each,
          kind: found.isSymbolicLink()
            ? message('store.link')
            : found.isDirectory()
              ? message('import.formatName.folder')
              : message('store.notPlainFile'),
        }),
        message('store.putFile'),
        { item: each },
      )
  }
}

/**
 * Requires that the file has no other hard links: in a folder copied with hard links, changes here would also change the original project,
 * and each has its own log. @throws Problem unreadable-project that names the file
 */
function requireOneName(file: string): void {
  const { nlink } = fs.statSync(file)
  if (nlink > 1)
    throw new Problem('unreadable-project', message('store.hardLink', { file }), message('store.copyWithoutLinks'), { item: file })
}

export function readHead(file: string, bytes: number): Buffer {
  const handle = fs.openSync(file, 'r')
  try {
    const head = Buffer.alloc(bytes)
    fs.readSync(handle, head, 0, bytes, 0)
    return head
  } finally {
    fs.closeSync(handle)
  }
}

/** Checked before SQLite touches the file, because SQLite would turn an empty file into a database. */
const hasSqliteHeader = (file: string) => readHead(file, 16).toString('latin1') === 'SQLite format 3\0'

/** @param source the project file, if `file` is a private copy of it */
function checkedConnection(file: string, check: boolean, source = file): WritableDb {
  const isCopy = source !== file
  let db: WritableDb | undefined
  try {
    if (!hasSqliteHeader(file)) throw new BetterSqlite3.SqliteError('it is no database', 'SQLITE_NOTADB')
    db = connect(file, (opened) => requireOwnSchema(opened, file, source))
    const damage = check ? findDamage(db, isCopy && fs.statSync(file).size < maxComparedBytes) : null
    if (damage !== null) throw new BetterSqlite3.SqliteError(damage, 'SQLITE_CORRUPT')
    requireOwnMark(db, source, recoverRemedy(source))
    return db
  } catch (error) {
    db?.close()
    throw error
  }
}

/**
 * Opens an existing project file after checking its schema and structure. A damaged file is left unchanged.
 * @param options.check false skips the structure check, for a caller that has it checked elsewhere
 * @param options.readable true also opens a file that cannot be written to, for reading only (`refusalOf` returns the reason)
 * @param options.reading true opens it for reading only, without changing its folder
 * @param options.withoutLog true also opens a file whose log is lost, to examine it
 * @throws Problem not-found, newer-project, older-project, damaged-project, read-only, disk-full, busy
 */
export function openDatabase(file: string, options: OpenOptions & { readonly reading: true }): ReadableDb
export function openDatabase(file: string, options?: OpenOptions & { readonly reading?: false }): WritableDb
export function openDatabase(file: string, options?: OpenOptions): ReadableDb
export function openDatabase(file: string, options: OpenOptions = {}): ReadableDb {
  requireFile(file)
  if (!options.withoutLog && hasLostLog(file)) throw lostLog(file)
  if (options.reading) return openForReading(file, options.check ?? true)
  try {
    return openWritable(file, options)
  } catch (error) {
    if (!options.readable || !(error instanceof Problem) || (error.code !== 'read-only' && error.code !== 'disk-full')) throw error
    return openReadable(file, error, options.check ?? true)
  }
}

function openReadable(file: string, why: Problem, check: boolean): ReadableDb {
  try {
    requirePlainFiles(file)
    fs.accessSync(file, fs.constants.R_OK)
    return openCopy(file, why, (copy) => checkedConnection(copy, check, file))
  } catch (error) {
    if (isDamage(error)) throw damaged(file, messageOf(error), error)
    throw toProblem(error, file)
  }
}

/** The indexes of larger files that are only read are left to the doctor. */
const maxComparedBytes = 64 * 1024 * 1024

/** Larger files are read in place instead of from a copy if possible: SQLite creates a log next to them, and removes it at the end. */
const maxCopiedBytes = 512 * 1024 * 1024

/**
 * Reads a private copy, because SQLite creates a log even to read; a file that is open elsewhere already has a log, and is read in place.
 */
function openForReading(file: string, check: boolean): ReadableDb {
  try {
    requirePlainFiles(file)
    const refused = refuseWriting(file)
    const isIdle = findOpener(file) === null
    const hasLog = fs.existsSync(`${file}-wal`)
    const inPlace = isIdle ? !hasLog && fs.statSync(file).size > maxCopiedBytes : hasLog
    if (!inPlace || refused) return openCopy(file, refused, (copy) => checkedConnection(copy, check, file))
    const db = checkedConnection(file, check)
    db.pragma('query_only = ON')
    return db
  } catch (error) {
    if (isDamage(error)) throw damaged(file, messageOf(error), error)
    throw toProblem(error, file)
  }
}

/** Returns why a project cannot be written to, or null if no reason is known. */
function refuseWriting(file: string): Problem | null {
  try {
    fs.accessSync(file, fs.constants.W_OK)
    fs.accessSync(path.dirname(file), fs.constants.W_OK)
  } catch (error) {
    return toProblem(error, file)
  }
  return fs.statfsSync(path.dirname(file)).bavail === 0 ? toProblem(Object.assign(new Error('full'), { code: 'ENOSPC' }), file) : null
}

function requireFile(file: string): void {
  if (!fs.lstatSync(file, { throwIfNoEntry: false }))
    throw new Problem('not-found', message('app.folderMissing', { folder: file }), message('store.chooseFolderEnds'), { item: file })
}

function openWritable(file: string, options: OpenOptions): WritableDb {
  try {
    // SQLite would open a file that it may not write, and fail only at the first decision.
    requirePlainFiles(file)
    requireOneName(file)
    fs.accessSync(file, fs.constants.W_OK)
    fs.accessSync(path.dirname(file), fs.constants.W_OK)
    const place = placeOf(file)
    const db = marked(checkedConnection(file, options.check ?? true), file, place)
    keepMark(db)
    return db
  } catch (error) {
    if (!isDamage(error)) throw toProblem(error, file)
    throw damaged(file, messageOf(error), error)
  }
}

/** Creates the Problem of a damaged project file, which is left unchanged. */
export function damaged(file: string, detail: string, cause?: unknown): Problem {
  return new Problem('damaged-project', message('store.damaged', { file, detail }), recoverRemedy(file), {
    item: file,
    cause,
  })
}

function lostLog(file: string): Problem {
  return new Problem(
    'damaged-project',
    message('store.walMissing', { file }),
    message('store.putWalBack', { file: path.basename(file), remedy: recoverRemedy(file) }),
    { item: file },
  )
}

export function closeDatabase(db: ReadableDb): void {
  const leave = marks.get(db)
  marks.delete(db)
  const close = () => void (db.open && driverOf(db).close())
  if (leave) leave(close)
  else close()
  removeCopy(db)
}
