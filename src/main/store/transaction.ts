import { forgetCounts } from './counts'
import type { Database } from './database'
import { forgetOwnCounts } from './ownCounts'
import { refusalOf } from './readOnly'

/** Runs `work` as one durable transaction that takes the write lock at once. When it throws, nothing of it is stored. @throws Problem where the project is open for reading only */
export function write<T>(db: Database, work: () => T): T {
  const refused = refusalOf(db)
  if (refused) throw refused
  try {
    return db.transaction(work).immediate()
  } catch (error) {
    forgetCounts(db)
    forgetOwnCounts(db)
    throw error
  }
}
