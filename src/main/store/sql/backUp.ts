import { message } from '../../../shared/messages/message'
import BetterSqlite3 from 'better-sqlite3'
import fs from 'node:fs'
import path from 'node:path'
import { Problem, toProblem } from '../../../shared/problem'
import { openDriver } from './openDriver'
import { asReadable, driverOf, type ReadableDb } from './types'
import { findDamage } from './database'

/**
 * Writes a complete, compact copy of the database to `file`, via a temporary name: it gets its final name once it is on disk and verified.
 * @throws Problem exists if the file exists, disk-full, read-only
 */
export function backUpTo(db: ReadableDb, file: string): void {
  const temporary = `${file}.${process.pid}.tmp`
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.accessSync(path.dirname(file), fs.constants.W_OK) // SQLite would only report that it cannot open the copy
    fs.rmSync(temporary, { force: true })
    vacuumInto(driverOf(db), temporary)
    requireSound(temporary)
    syncFile(temporary)
    giveName(temporary, file)
    syncFile(path.dirname(file))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new Problem('exists', message('project.existsAlready', { directory: file }), message('app.chooseAnotherName'), { item: file })
    throw toProblem(error, file)
  } finally {
    fs.rmSync(temporary, { force: true })
  }
}

/** SQLite treats this as a change of the database, although it is not one. */
function vacuumInto(db: BetterSqlite3.Database, file: string): void {
  const queryOnly = db.pragma('query_only', { simple: true })
  try {
    db.pragma('query_only = OFF')
    db.prepare('VACUUM INTO ?').run(file)
  } finally {
    db.pragma(`query_only = ${String(queryOnly)}`)
  }
}

/** Unlike a plain rename, linking fails if the file exists; some file systems do not support hard links. */
function giveName(temporary: string, file: string): void {
  try {
    fs.linkSync(temporary, file)
  } catch (error) {
    if (fs.lstatSync(file, { throwIfNoEntry: false }) || !fs.existsSync(temporary)) throw error
    fs.renameSync(temporary, file)
  }
}

function requireSound(file: string): void {
  const copy = openDriver(file, { readonly: true })
  try {
    const damage = findDamage(asReadable(copy))
    if (damage !== null) throw new BetterSqlite3.SqliteError(damage, 'SQLITE_CORRUPT')
  } finally {
    copy.close()
  }
}

/** Flushes a file, or the entries of a folder, to disk. */
export function syncFile(file: string): void {
  const isFolder = fs.statSync(file).isDirectory()
  if (isFolder && process.platform === 'win32') return
  const handle = fs.openSync(file, isFolder ? 'r' : 'r+')
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}
