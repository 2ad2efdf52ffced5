import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { z } from 'zod'
import { BUSY_MS } from './database'
import { driverOf, type ReadableDb, type WritableDb } from './types'
import { findReplaced } from './ownPath'
import { noteCommit } from '../recovery/openMarks'
import { markChanges, writeMark } from './projectMark'
import { refusalOf } from './readOnly'

const memories: WeakMap<ReadableDb, unknown>[] = []

/** Creates a cache of one value per connection; a failed transaction clears it. */
export function createMemory<Known>(): WeakMap<ReadableDb, Known> {
  const memory = new WeakMap<ReadableDb, Known>()
  memories.push(memory)
  return memory
}

type Run = ReturnType<WritableDb['transaction']>

/** The driver creates several functions per transaction; one set per connection is enough. */
const runners = new WeakMap<ReadableDb, Run>()

function runnerOf(db: ReadableDb): Run {
  let run = runners.get(db)
  if (!run) runners.set(db, (run = driverOf(db).transaction((work: () => unknown) => work())))
  return run
}

/**
 * Runs `work` as one durable transaction that takes the write lock at once. If it throws, nothing is stored.
 * @throws Problem if the project is open for reading only, or its file is no longer at its path
 */
export function write<T>(db: WritableDb, work: () => T): T {
  const isOuter = !db.inTransaction
  const refused = refusalOf(db) ?? (isOuter ? findReplaced(db) : null)
  if (refused) throw refused
  try {
    const result = runnerOf(db).immediate(isOuter ? () => markChanges(db, work) : work) as T
    if (isOuter) noteCommit(db.name)
    const replaced = isOuter ? findReplaced(db) : null // changes to a file that nobody can find do not count as stored
    if (replaced) throw replaced
    return result
  } catch (error) {
    for (const memory of memories) memory.delete(db)
    throw error
  }
}

/**
 * Runs `work` as one durable transaction, like `write`, and yields to the event loop at each `yield`. If `signal` has been aborted by then,
 * nothing is stored and the signal's reason is thrown. Requires a connection that nothing else uses in the meantime.
 */
export async function writeInSteps<T>(db: WritableDb, work: () => Iterator<void, T>, signal?: AbortSignal): Promise<T> {
  const refused = refusalOf(db) ?? findReplaced(db)
  if (refused) throw refused
  const driver = driverOf(db)
  driver.exec('BEGIN IMMEDIATE')
  try {
    const steps = work()
    let step = steps.next()
    while (!step.done) {
      await yieldToEventLoop()
      signal?.throwIfAborted()
      step = steps.next()
    }
    writeMark(db)
    driver.exec('COMMIT')
    noteCommit(db.name)
    const replaced = findReplaced(db)
    if (replaced) throw replaced
    return step.value
  } catch (error) {
    if (db.inTransaction) driver.exec('ROLLBACK')
    for (const memory of memories) memory.delete(db)
    throw error
  }
}

/** Runs `work` on one state of the file, regardless of concurrent writes. */
export const readTogether = <T>(db: ReadableDb, work: () => T): T => runnerOf(db)(work) as T

/** Runs `work` with another timeout for locks held by another process, during which this process blocks. */
export function withBusyTimeout<T>(db: WritableDb, milliseconds: number, work: () => T): T {
  db.pragma(`busy_timeout = ${milliseconds}`)
  try {
    return work()
  } finally {
    db.pragma(`busy_timeout = ${BUSY_MS}`)
  }
}

/** Returns whether a write failed because another process was writing. */
export const isBusy = (error: unknown): boolean => error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')

/**
 * Prepares a connection that is used only for a step over very many rows. Its commits stay in the log next to the file: moving hundreds of
 * megabytes into the file takes as long as writing them, and `checkpointLog` does that. Foreign keys are not checked, because its rows are
 * derived from existing rows.
 */
export function prepareLongStep(db: WritableDb): void {
  db.pragma('wal_autocheckpoint = 0')
  db.pragma('cache_size = -32000')
  db.pragma('foreign_keys = OFF')
}

/**
 * Moves the content of the log into the file, unless somebody reads an older state. A failure loses nothing, because the content stays in
 * the log. @returns whether all of it is in the file
 */
export function checkpointLog(db: WritableDb): boolean {
  try {
    const [{ log, checkpointed }] = checkpointSchema.parse(db.pragma('wal_checkpoint(PASSIVE)'))
    if (checkpointed !== log) noteCommit(db.name) // the file is newer now, but still needs its log
    return checkpointed === log
  } catch {
    return false
  }
}
const checkpointSchema = z.tuple([z.object({ log: z.number(), checkpointed: z.number() })])
