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

/** `user_version` of a project file. Numbers below 100 are those of a time before there was one schema (docs/adr/0023). */
export const schemaVersion = 100

/** What `hashSchema` gives for the schema below: computing it takes longer than opening a project. A test says when it changes. */
export const schemaHash = '6ab04af3a55749f1'

/** Makes the tables of a new project. Ids are integers, times are milliseconds since 1970, JSON is checked by zod when it is read. */
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

/** SQLite's own figures about indexes, left by its command ANALYZE. */
const statistics = new Set(['CREATE TABLE sqlite_stat1(tbl,idx,stat)', 'CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)'])

/** Indentation is free. Lines are not: what follows `--` on a line does not count. */
const normalize = (sql: string | null) =>
  (sql ?? '')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')

/** The things of a schema by name → how each was made. */
export type Schema = ReadonlyMap<string, string>

/** Reads how the tables, indexes, triggers and views of a file were made; runs none of them. */
export function readSchema(db: Database): Schema {
  const rows = rowSchema.array().parse(db.prepare(`SELECT type, name, tbl_name AS "table", sql FROM sqlite_schema`).all())
  const things = new Map<string, string>()
  for (const { type, name, table, sql } of rows) {
    if (type === 'table' && statistics.has(sql ?? '')) continue
    const thing = type === 'index' && name.startsWith('sqlite_autoindex_') ? `index ${name}` : `${type} ${name}`
    // Two rows of one name: the second is nothing that Exemplar made.
    things.set(things.has(thing) ? `second ${thing}` : thing, `${table}\n${normalize(sql)}`)
  }
  return things
}

/** Names a schema by its content. */
export function hashSchema(things: Schema): string {
  const sorted = [...things].toSorted(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16)
}

/** Returns the schema that `create` makes in an empty file, by this build of SQLite. */
export function computeSchema(create: (db: Database) => void = createSchema): Schema {
  const db = openDriver(':memory:')
  try {
    create(db)
    return readSchema(db)
  } finally {
    db.close()
  }
}
