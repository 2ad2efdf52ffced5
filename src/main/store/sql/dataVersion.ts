import { driverOf, type ReadableDb } from './types'
import { numberSchema } from './stored'

/** SQLite's number of the last change by another connection; this one's own changes leave it as it is. Cheap: it reads no page. */
export const readDataVersion = (db: ReadableDb): number => numberSchema.parse(driverOf(db).pragma('data_version', { simple: true }))
