import type { Database } from '../store/database'
import { write } from '../store/transaction'

interface Waiting {
  /** does the work and gives what tells its asker */
  readonly work: () => () => void
  readonly reject: (error: unknown) => void
}

/** Does the work in a durable transaction; the promise settles when it is on the disk. */
export type GroupWrite = <T>(work: () => T) => Promise<T>

/**
 * Calls that run side by side tend to be answered together, and a durable transaction costs a wait for the disk whatever is in it. So what
 * comes in during one turn of the event loop shares one transaction. When it fails, none of it is stored and all of it is told.
 */
export function groupWrites(db: Database): GroupWrite {
  let group: Waiting[] = []
  const flush = () => {
    const entries = group
    group = []
    try {
      const tellAll = write(db, () => entries.map(({ work }) => work()))
      for (const tell of tellAll) tell()
    } catch (error) {
      for (const { reject } of entries) reject(error)
    }
  }
  return (work) =>
    new Promise((resolve, reject) => {
      const entry: Waiting = {
        work: () => {
          const value = work()
          return () => resolve(value)
        },
        reject,
      }
      if (group.push(entry) === 1) setImmediate(flush)
    })
}
