import { forgetCounts } from './counts'
import type { Database } from './database'

/** Runs `work` as one durable transaction that takes the write lock at once. When it throws, nothing of it is stored. */
export function write<T>(db: Database, work: () => T): T {
  try {
    return db.transaction(work).immediate()
  } catch (error) {
    forgetCounts(db)
    throw error
  }
}
