import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Problem } from '../../../shared/problem'
import { asReadable, driverOf, type ReadableDb, type WritableDb } from './types'
import { message } from '../../../shared/messages/message'
import { openDriver } from './openDriver'

/**
 * A project that cannot or should not be written to is read from a copy: even for reading, SQLite creates a log and its index in the
 * project's folder.
 */
interface Copy {
  readonly refusal: Problem | null
  /** The project file that was copied. */
  readonly source: string
  readonly remove: () => void
}
const copies = new WeakMap<ReadableDb, Copy>()

/** Returns why nothing can be stored in this project, or null if it can be changed. */
export const refusalOf = (db: ReadableDb): Problem | null => copies.get(db)?.refusal ?? null

/** Returns the connection as one that may change the project, or null if it was opened for reading only. */
export const findWriter = (db: ReadableDb): WritableDb | null =>
  refusalOf(db) !== null || driverOf(db).pragma('query_only', { simple: true }) === 1 ? null : (db as WritableDb)

/** Returns the project file of a connection, which may have opened a copy. */
export const sourceOf = (db: ReadableDb): string => copies.get(db)?.source ?? db.name

/** Files that belong to a project file, in the order in which a reader needs them. */
const parts = ['', '-wal', '-journal'] as const
const maxTries = 3

const stateOf = (file: string): string =>
  parts
    .map((part) => fs.statSync(`${file}${part}`, { throwIfNoEntry: false }))
    .map((found) => (found ? `${found.size} ${found.mtimeMs}` : '-'))
    .join(' | ')

/** Copies the file with its log, in a consistent state. @returns the copy's path */
export function copyTo(folder: string, file: string): string {
  const copy = path.join(folder, path.basename(file))
  for (let tries = 1; ; tries++) {
    const before = stateOf(file)
    for (const part of parts) {
      fs.rmSync(`${copy}${part}`, { force: true })
      if (fs.existsSync(`${file}${part}`)) fs.copyFileSync(`${file}${part}`, `${copy}${part}`, fs.constants.COPYFILE_FICLONE)
      if (fs.existsSync(`${copy}${part}`)) fs.chmodSync(`${copy}${part}`, 0o600)
    }
    if (stateOf(file) === before) return copy
    if (tries === maxTries)
      throw new Problem('busy', message('store.busy', { file }), message('problem.waitForOther'), {
        item: file,
      })
  }
}

/** Creates the Problem that is reported when something should be stored. */
function refusal(file: string, { code }: Problem): Problem {
  const folder = path.dirname(file)
  return code === 'disk-full'
    ? new Problem('disk-full', message('store.readOnlyDiskFull', { folder }), message('store.freeSpaceAndReopen'), {
        item: folder,
      })
    : new Problem('read-only', message('store.readOnlyNoPermission', { folder }), message('store.copyToOwnFolder'), { item: folder })
}

/**
 * Opens a private copy of a project file for reading. Writing fails with the reason; the copy is removed with its connection.
 * @param why reason why the file cannot be opened for writing; null if nobody wants to write
 * @throws `why` if the copy cannot be created, or what `open` throws
 */
export function openCopy(file: string, why: Problem | null, open: (copy: string) => WritableDb): ReadableDb {
  let folder: string | undefined
  const remove = () => {
    if (folder) fs.rmSync(folder, { recursive: true, force: true })
  }
  let copy: string
  try {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'exemplar-read-'))
    copy = copyTo(folder, file)
  } catch (error) {
    remove()
    throw error instanceof Problem ? error : (why ?? error)
  }
  try {
    const db = open(copy)
    db.pragma('query_only = ON')
    process.once('exit', remove)
    copies.set(db, { refusal: why && refusal(file, why), source: file, remove })
    return db
  } catch (error) {
    remove()
    throw error
  }
}

/** Removes the copy of a connection that has been closed. */
export function removeCopy(db: ReadableDb): void {
  const copy = copies.get(db)
  if (!copy) return
  process.removeListener('exit', copy.remove)
  copy.remove()
}

/**
 * Runs `work` on the current state of the project, regardless of concurrent writes: uses a separate read-only connection in one
 * transaction, for which the write-ahead log preserves one state throughout.
 */
export async function withSnapshot<T>(db: ReadableDb, work: (snapshot: ReadableDb) => Promise<T>): Promise<T> {
  const snapshot = openDriver(db.name, { readonly: true, timeout: 5000 })
  try {
    snapshot.pragma('trusted_schema = OFF')
    snapshot.exec('BEGIN')
    snapshot.pragma('user_version') // the first read determines the state
    return await work(asReadable(snapshot))
  } finally {
    snapshot.close()
  }
}
