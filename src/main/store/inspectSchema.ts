import { z } from 'zod'
import type { DoctorReport } from '../../shared/domain'
import { type Said, say, tell } from '../../shared/say'
import { freshDatabase, type Database } from './database'
import { prepare } from './statement'

type Finding = DoctorReport['findings'][number]

export const schemaCheck = 'tables, indexes and triggers are those of Exemplar'

const rowSchema = z.object({ type: z.string(), name: z.string(), sql: z.string().nullable() })

/** What each thing is → how it was made; SQLite's own things left out. */
function readSchema(db: Database): ReadonlyMap<string, string> {
  const rows = prepare(db, `SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`).all()
  return new Map(
    rowSchema
      .array()
      .parse(rows)
      .map(({ type, name, sql }) => [`${type} ${name}`, (sql ?? '').replace(/\s+/g, ' ').trim()]),
  )
}

/** Compares the file with a new one: a trigger or view that somebody else put in would act whenever the project is changed. */
export function inspectSchema(db: Database): Finding[] {
  const fresh = freshDatabase()
  try {
    const expected = readSchema(fresh)
    const found = readSchema(db)
    const remedy = say`Restore a copy from the backups folder; use the file only if you know who changed it.`
    const find = (message: Said): Finding => ({ check: schemaCheck, ...tell({ message, remedy }) })
    return [
      ...[...expected].filter(([thing]) => !found.has(thing)).map(([thing]) => find(say`${thing} is missing`)),
      ...[...found].filter(([thing]) => !expected.has(thing)).map(([thing]) => find(say`${thing} is not Exemplar's`)),
      ...[...found]
        .filter(([thing, sql]) => expected.has(thing) && expected.get(thing) !== sql)
        .map(([thing]) => find(say`${thing} was changed`)),
    ]
  } finally {
    fresh.close()
  }
}
