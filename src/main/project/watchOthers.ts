import type { ReadableDb } from '../store/sql/types'
import type { Problem } from '../../shared/problem'
import { readDataVersion } from '../store/sql/statement'
import { findReplaced } from '../store/sql/ownPath'

/** Interval after which the window shows changes that the command line made to the open project. */
const everyMs = 1000

/**
 * Checks regularly whether another process, such as the command line, has changed the open project, and whether its file still exists.
 * @param current the connection of the open project, if there is one
 * @param replaced called on each check while the file is moved, deleted or replaced
 * @returns a function that stops it
 */
export function watchOthers(
  current: () => ReadableDb | undefined,
  changed: () => void,
  replaced: (problem: Problem) => void = () => undefined,
  periodMs = everyMs,
): () => void {
  let known: { readonly db: ReadableDb; readonly version: number } | undefined
  const look = () => {
    const db = current()
    if (!db?.open) return
    const problem = findReplaced(db)
    if (problem) return replaced(problem)
    const before = known
    known = { db, version: readDataVersion(db) }
    if (before?.db === db && before.version !== known.version) changed()
  }
  const timer = setInterval(look, periodMs)
  timer.unref()
  return () => clearInterval(timer)
}
