import { forgetCounts } from '../candidates/counts'
import { BUSY_MS, type Database } from './database'
import { forgetOwnCounts } from '../quality/ownCounts'
import { findReplaced } from './ownFile'
import { refusalOf } from './readOnly'

type Run = ReturnType<Database['transaction']>

/** The driver makes several functions for a transaction; one set a connection will do. */
const runners = new WeakMap<Database, Run>()

function runnerOf(db: Database): Run {
  let run = runners.get(db)
  if (!run) runners.set(db, (run = db.transaction((work: () => unknown) => work())))
  return run
}

/**
 * Runs `work` as one durable transaction that takes the write lock at once. When it throws, nothing of it is stored.
 * @throws Problem where the project is open for reading only, or its file is not in its place any more
 */
export function write<T>(db: Database, work: () => T): T {
  const isOuter = !db.inTransaction
  const refused = refusalOf(db) ?? (isOuter ? findReplaced(db) : null)
  if (refused) throw refused
  try {
    const result = runnerOf(db).immediate(work) as T
    const replaced = isOuter ? findReplaced(db) : null // what went into a file that nobody can find is not stored
    if (replaced) throw replaced
    return result
  } catch (error) {
    forgetCounts(db)
    forgetOwnCounts(db)
    throw error
  }
}

/** Does `work` with another time that its writes wait for a writer in another process, during which this one stands still. */
export function withBusyTimeout<T>(db: Database, milliseconds: number, work: () => T): T {
  db.pragma(`busy_timeout = ${milliseconds}`)
  try {
    return work()
  } finally {
    db.pragma(`busy_timeout = ${BUSY_MS}`)
  }
}

/** Returns whether a write failed because another process was writing. */
export const isBusy = (error: unknown): boolean => error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
