import type { ReadableDb } from './types'
import { readDataVersion } from './dataVersion'
import { prepare } from './statement'

/** Another text after every change of the file, by this connection or another. Cheap: it reads no page. */
export const changeNumber = (db: ReadableDb): string =>
  `${readDataVersion(db)}.${String(prepare(db, `SELECT total_changes()`).pluck().get())}`
