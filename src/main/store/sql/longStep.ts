import { z } from 'zod'
import { type WritableDb } from './types'

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
