import { z } from 'zod'
import type { ProjectSummary } from '../../../shared/domain/project'
import { closeDatabase, findDamage, openDatabase, readHead } from '../sql/database'
import { asReadable, driverOf, type ReadableDb } from '../sql/types'
import { requireOwnSchema } from '../schema/ownSchema'
import { openDriver } from '../sql/openDriver'
import { numberOrNoneSchema, numberSchema } from '../sql/stored'

const projectSchema = z.object({ uuid: z.string(), name: z.string() })

/** Returns the key figures of a project file; every schema version has these tables. */
export function readSummary(db: ReadableDb): ProjectSummary {
  const count = (table: string) => numberSchema.parse(driverOf(db).prepare(`SELECT count(*) FROM ${table}`).pluck().get())
  const project = projectSchema.parse(driverOf(db).prepare(`SELECT uuid, name FROM project WHERE id = 1`).get())
  const newest = driverOf(db).prepare(`SELECT decided_at FROM decision ORDER BY id DESC LIMIT 1`).pluck().get()
  return {
    ...project,
    items: count('item'),
    candidates: count('candidate'),
    decisions: count('decision'),
    runs: count('run'),
    newestDecision: numberOrNoneSchema.parse(newest) ?? null,
  }
}

/** Counts the decisions made after a time in ms since 1970; all if it is null. */
export const countDecisionsSince = (db: ReadableDb, time: number | null): number =>
  numberSchema.parse(
    driverOf(db)
      .prepare(`SELECT count(*) FROM decision WHERE decided_at > ?`)
      .pluck()
      .get(time ?? 0),
  )

/** The 19th byte is 1 if SQLite needs no log to read the file (https://www.sqlite.org/fileformat.html). */
const needsNoLog = (file: string) => readHead(file, 19)[18] === 1

/**
 * Reads the summary of an intact file that nobody has open, such as a backup, without changing its folder. @throws if it is damaged or
 * newer
 */
export function summarize(file: string): ProjectSummary {
  const db = needsNoLog(file) ? asReadable(openDriver(file, { readonly: true })) : openDatabase(file, { reading: true })
  try {
    requireOwnSchema(driverOf(db), file)
    const damage = findDamage(db)
    if (damage !== null) throw new Error(damage)
    return readSummary(db)
  } finally {
    closeDatabase(db)
  }
}
