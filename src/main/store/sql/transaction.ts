import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { z } from 'zod'
import { BUSY_MS } from './database'
import { driverOf, type ReadableDb, type WritableDb } from './types'
import { findReplaced } from './ownPath'
import { writeMark } from './projectMark'
import { refusalOf } from './readOnly'

const memories: WeakMap<ReadableDb, unknown>[] = []

/** Makes a place for what is known of each connection's project; a transaction that is rolled back clears it. */
export function createMemory<Known>(): WeakMap<ReadableDb, Known> {
  const memory = new WeakMap<ReadableDb, Known>()
  memories.push(memory)
  return memory
}

type Run = ReturnType<WritableDb['transaction']>

/** The driver makes several functions for a transaction; one set a connection will do. */
const runners = new WeakMap<ReadableDb, Run>()

function runnerOf(db: ReadableDb): Run {
  let run = runners.get(db)
  if (!run) runners.set(db, (run = driverOf(db).transaction((work: () => unknown) => work())))
  return run
}

/**
 * Runs `work` as one durable transaction that takes the write lock at once. When it throws, nothing of it is stored.
 * @throws Problem where the project is open for reading only, or its file is not in its place any more
 */
export function write<T>(db: WritableDb, work: () => T): T {
  const isOuter = !db.inTransaction
  const refused = refusalOf(db) ?? (isOuter ? findReplaced(db) : null)
  if (refused) throw refused
  try {
    const marking = () => {
      const result = work()
      writeMark(db) // last: what makes a project says only then which it is
      return result
    }
    const result = runnerOf(db).immediate(isOuter ? marking : work) as T
    const replaced = isOuter ? findReplaced(db) : null // what went into a file that nobody can find is not stored
    if (replaced) throw replaced
    return result
  } catch (error) {
    for (const memory of memories) memory.delete(db)
    throw error
  }
}

/**
 * Runs `work` as one durable transaction, as `write` does, and lets the event loop run wherever it yields; when `signal` is aborted by then,
 * nothing of it is stored and the signal's reason is thrown. For a connection that nothing else uses meanwhile.
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
    const replaced = findReplaced(db)
    if (replaced) throw replaced
    return step.value
  } catch (error) {
    if (db.inTransaction) driver.exec('ROLLBACK')
    for (const memory of memories) memory.delete(db)
    throw error
  }
}

/** Runs `work` on one state of the file, whatever others store meanwhile. */
export const readTogether = <T>(db: ReadableDb, work: () => T): T => runnerOf(db)(work) as T

/** Does `work` with another time that its writes wait for a writer in another process, during which this one stands still. */
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
 * For a connection that does nothing but a step over very many rows. Its commit leaves what was written in the log beside the file: to bring
 * hundreds of megabytes into the file takes as long as to write them, and `checkpointLog` does that. Its rows are made of rows that are there,
 * so nobody looks up for each of them whether they are.
 */
export function prepareLongStep(db: WritableDb): void {
  db.pragma('wal_autocheckpoint = 0')
  db.pragma('cache_size = -32000')
  db.pragma('foreign_keys = OFF')
}

/**
 * Brings into the file what is in the log beside it, as far as nobody reads an older state. Nothing is lost where that fails: it stays in
 * the log. @returns whether all of it is in the file
 */
export function checkpointLog(db: WritableDb): boolean {
  try {
    const [{ log, checkpointed }] = checkpointSchema.parse(db.pragma('wal_checkpoint(PASSIVE)'))
    return checkpointed === log
  } catch {
    return false
  }
}
const checkpointSchema = z.tuple([z.object({ log: z.number(), checkpointed: z.number() })])
