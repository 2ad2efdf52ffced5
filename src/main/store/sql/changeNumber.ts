import { prepare } from './statement'
import { numberSchema } from './stored'
import { driverOf, type ReadableDb } from './types'

/** SQLite's number of the last change by another connection; this one's own changes leave it as it is. Cheap: it reads no page. */
export const readDataVersion = (db: ReadableDb): number => numberSchema.parse(driverOf(db).pragma('data_version', { simple: true }))

/** Another text after every change of the file, by this connection or another. Cheap: it reads no page. */
export const changeNumber = (db: ReadableDb): string =>
  `${readDataVersion(db)}.${String(prepare(db, `SELECT total_changes()`).pluck().get())}`
