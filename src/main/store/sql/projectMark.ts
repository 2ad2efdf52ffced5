import { createHash } from 'node:crypto'
import type { Statement } from 'better-sqlite3'
import fs from 'node:fs'
import { z } from 'zod'
import { message } from '../../../shared/messages/message'
import { Problem } from '../../../shared/problem'
import { noteCommit } from '../recovery/openMarks'
import { driverOf, type ReadableDb, type WritableDb } from './types'

/**
 * The mark of a project: SQLite's `application_id`, derived from the project's uuid. It is on the first page of the file, and every
 * transaction writes that page again, so that each log contains it too: SQLite itself applies a log to any file that it is next to
 * (docs/adr/0028).
 */
const tag = 0x45 // E
const statements = new WeakMap<ReadableDb, Statement>()

/** Returns the mark of a project with this uuid, a positive number of 31 bits. */
export const markOfProject = (uuid: string): number => tag * 2 ** 24 + createHash('sha256').update(uuid).digest().readUIntBE(0, 3)

/** Returns whether this can be the mark of a project; 0 is found in files from before marks existed. */
export const isProjectMark = (mark: number): boolean => mark === 0 || mark >>> 24 === tag

export const readMark = (db: ReadableDb): number => Number(driverOf(db).pragma('application_id', { simple: true }))

/** Returns the mark in the header of a file, which may be damaged; null if there is none. Source: https://www.sqlite.org/fileformat.html */
export function readMarkInHead(file: string): number | null {
  const head = Buffer.alloc(100)
  const handle = fs.openSync(file, 'r')
  try {
    if (fs.readSync(handle, head, 0, 100, 0) < 100) return null
  } finally {
    fs.closeSync(handle)
  }
  const mark = head.readUInt32BE(68)
  return isProjectMark(mark) ? mark : null
}

const uuidSchema = z.string().optional()
const readUuid = (db: ReadableDb) => uuidSchema.parse(driverOf(db).prepare(`SELECT uuid FROM project WHERE id = 1`).pluck().get())

/** @throws Problem damaged-project if the mark of the file belongs to another project than the one in it */
export function requireOwnMark(db: ReadableDb, file: string, remedy: Problem['remedyText']): void {
  const mark = readMark(db)
  const uuid = mark === 0 ? undefined : readUuid(db)
  if (uuid !== undefined && mark !== markOfProject(uuid))
    throw new Problem('damaged-project', message('store.markDiffers', { file }), remedy, { item: file })
}

/** Makes every transaction of this connection write the mark. */
export function setMark(db: WritableDb, mark: number): void {
  statements.set(db, driverOf(db).prepare(`PRAGMA application_id = ${mark}`))
}

/** Makes every transaction of this connection write the mark of its project; a file from before marks existed gets one. */
export function keepMark(db: WritableDb): void {
  const mark = readMark(db)
  const uuid = mark === 0 ? readUuid(db) : undefined
  if (mark === 0 && uuid === undefined) return
  setMark(db, uuid === undefined ? mark : markOfProject(uuid))
  if (uuid !== undefined) db.transaction(() => writeMark(db)).immediate()
}

const counters = new WeakMap<ReadableDb, Statement>()

function countChanges(db: ReadableDb): unknown {
  let counter = counters.get(db)
  if (!counter) counters.set(db, (counter = driverOf(db).prepare(`SELECT total_changes()`).pluck()))
  return counter.get()
}

/**
 * Runs `work`, and writes the mark if rows were changed. Call it inside a transaction. One without changes must not write: it would look
 * like a change to every other process that has the project open.
 */
export function markChanges<T>(db: ReadableDb, work: () => T): T {
  const before = countChanges(db)
  const result = work()
  if (countChanges(db) !== before) writeMark(db) // last: a new project has its mark only after `work`
  return result
}

/** Writes the mark. Call it inside a transaction. */
export const writeMark = (db: ReadableDb): void => void statements.get(db)?.run()

/** Makes a statement that changes rows write the mark too if it runs outside a transaction. @returns the statement */
export function markWhenAlone(db: ReadableDb, statement: Statement): Statement {
  if (statement.readonly) return statement
  for (const method of ['run', 'get', 'all'] as const) {
    const execute = statement[method].bind(statement) as (...values: unknown[]) => never
    const executeAlone = driverOf(db).transaction((values: unknown[]) => markChanges(db, () => execute(...values)))
    statement[method] = (...values: unknown[]) => {
      if (db.inTransaction) return execute(...values)
      const result = executeAlone.immediate(values)
      noteCommit(db.name)
      return result
    }
  }
  return statement
}
