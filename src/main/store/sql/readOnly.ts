import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Problem } from '../../../shared/problem'
import { asReadable, driverOf, type ReadableDb, type WritableDb } from './types'
import { message } from '../../../shared/messages/message'
import { openDriver } from './openDriver'

/** A project that cannot or shall not be written to is read from a copy: in its own folder SQLite makes a log and its index even to read. */
interface Copy {
  readonly refusal: Problem | null
  /** the project file that was copied */
  readonly source: string
  readonly remove: () => void
}
const copies = new WeakMap<ReadableDb, Copy>()

/** Why nothing can be stored in this project, or null where it can. */
export const refusalOf = (db: ReadableDb): Problem | null => copies.get(db)?.refusal ?? null

/** The connection as one that may change the project, or null where it was opened for queries alone. */
export const findWriter = (db: ReadableDb): WritableDb | null =>
  refusalOf(db) !== null || driverOf(db).pragma('query_only', { simple: true }) === 1 ? null : (db as WritableDb)

/** The project file that a connection is about: it may have a copy open. */
export const sourceOf = (db: ReadableDb): string => copies.get(db)?.source ?? db.name

/** What belongs to a project file, in the order in which a reader must have it. */
const parts = ['', '-wal', '-journal'] as const
const maxTries = 3

const stateOf = (file: string): string =>
  parts
    .map((part) => fs.statSync(`${file}${part}`, { throwIfNoEntry: false }))
    .map((found) => (found ? `${found.size} ${found.mtimeMs}` : '-'))
    .join(' | ')

/** Copies the file with its log, as they are at one moment. @returns the copy's path */
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

/** What is told when something is to be stored. */
function refusal(file: string, { code }: Problem): Problem {
  const folder = path.dirname(file)
  return code === 'disk-full'
    ? new Problem('disk-full', message('store.readOnlyDiskFull', { folder }), message('store.freeSpaceAndReopen'), {
        item: folder,
      })
    : new Problem('read-only', message('store.readOnlyNoPermission', { folder }), message('store.copyToOwnFolder'), { item: folder })
}

/**
 * Opens a private copy of a project file for reading. Whoever writes is told why that cannot be; the copy goes with its connection.
 * @param why the file could not be opened to be written to; null where nobody wants to
 * @throws `why` where there is no place for a copy, or what `open` throws
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
 * Works on the project as it is now, whoever writes to it meanwhile: a connection of its own, for reading only, within one transaction,
 * which the write-ahead log lets see one state throughout.
 */
export async function withSnapshot<T>(db: ReadableDb, work: (snapshot: ReadableDb) => Promise<T>): Promise<T> {
  const snapshot = openDriver(db.name, { readonly: true, timeout: 5000 })
  try {
    snapshot.pragma('trusted_schema = OFF')
    snapshot.exec('BEGIN')
    snapshot.pragma('user_version') // the first reading settles which state it is
    return await work(asReadable(snapshot))
  } finally {
    snapshot.close()
  }
}
