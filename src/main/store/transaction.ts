import { forgetCounts } from './counts'
import type { Database } from './database'
import { refusalOf } from './readOnly'

type Run = ReturnType<Database['transaction']>

/** The driver makes several functions for a transaction; one set a connection will do. */
const runners = new WeakMap<Database, Run>()

function runnerOf(db: Database): Run {
  let run = runners.get(db)
  if (!run) runners.set(db, (run = db.transaction((work: () => unknown) => work())))
  return run
}

/** Runs `work` as one durable transaction that takes the write lock at once. When it throws, nothing of it is stored. @throws Problem where the project is open for reading only */
export function write<T>(db: Database, work: () => T): T {
  const refused = refusalOf(db)
  if (refused) throw refused
  try {
    return runnerOf(db).immediate(work) as T
  } catch (error) {
    forgetCounts(db)
    throw error
  }
}
