import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { openDriver } from '../sql/openDriver'
import { candidateTables } from './candidateTables'
import { comparisonTables } from './comparisonTables'
import { decisionTables } from './decisionTables'
import { libraryTables } from './libraryTables'
import { markTables } from './markTables'
import { projectTables } from './projectTables'
import { qualityTables } from './qualityTables'
import { runTables } from './runTables'
import { snapshotTables } from './snapshotTables'

/** `user_version` of a project file. Numbers below 100 are from before there was a single schema (docs/adr/0023). */
export const schemaVersion = 100

/** Result of `hashSchema` for the schema below, because computing it takes longer than opening a project. A test fails when it changes. */
export const schemaHash = '6ab04af3a55749f1'

/** Creates the tables of a new project. Ids are integers, times are milliseconds since 1970, JSON is checked by zod when it is read. */
export function createSchema(db: Database): void {
  db.transaction(() => {
    for (const tables of [
      projectTables,
      libraryTables,
      runTables,
      candidateTables,
      decisionTables,
      markTables,
      qualityTables,
      comparisonTables,
      snapshotTables,
    ])
      db.exec(tables)
    db.pragma(`user_version = ${schemaVersion}`)
  }).immediate()
}

export const readSchemaVersion = (db: Database): number => Number(db.pragma('user_version', { simple: true }))

const rowSchema = z.object({ type: z.string(), name: z.string(), table: z.string(), sql: z.string().nullable() })

/** SQLite's own index statistics, created by its command ANALYZE. */
const statistics = new Set(['CREATE TABLE sqlite_stat1(tbl,idx,stat)', 'CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)'])

/** Ignores indentation but not line breaks: the rest of a line after `--` is a comment. */
const normalize = (sql: string | null) =>
  (sql ?? '')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')

/** Entries of a schema: name → the SQL that created it. */
export type Schema = ReadonlyMap<string, string>

/** Reads the SQL of the tables, indexes, triggers and views of a file, without running any of it. */
export function readSchema(db: Database): Schema {
  const rows = rowSchema.array().parse(db.prepare(`SELECT type, name, tbl_name AS "table", sql FROM sqlite_schema`).all())
  const things = new Map<string, string>()
  for (const { type, name, table, sql } of rows) {
    if (type === 'table' && statistics.has(sql ?? '')) continue
    const thing = type === 'index' && name.startsWith('sqlite_autoindex_') ? `index ${name}` : `${type} ${name}`
    // Two rows with the same name: Exemplar did not create the second one.
    things.set(things.has(thing) ? `second ${thing}` : thing, `${table}\n${normalize(sql)}`)
  }
  return things
}

/** Returns a hash of the content of a schema. */
export function hashSchema(things: Schema): string {
  const sorted = [...things].toSorted(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16)
}

/** Returns the schema that `create` produces in an empty file with this build of SQLite. */
export function computeSchema(create: (db: Database) => void = createSchema): Schema {
  const db = openDriver(':memory:')
  try {
    create(db)
    return readSchema(db)
  } finally {
    db.close()
  }
}
