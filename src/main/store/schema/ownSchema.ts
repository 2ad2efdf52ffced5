import BetterSqlite3 from 'better-sqlite3'
import { createHash } from 'node:crypto'
import path from 'node:path'
import { z } from 'zod'
import { Problem, messageOf } from '../../../shared/problem'
import { message, type Text } from '../../../shared/messages/message'
import type { Database } from '../sql/database'
import { migrations, newerProject, readSchemaVersion, schemaVersion } from './migrate'
import { knownSchemas } from './knownSchemas'
import { measureSchema } from './schemaSize'
import { sqliteBinding } from '../sql/sqliteBinding'

/** What a doctor's report says was looked at; a project that fails it is not even opened. */
export const schemaCheck = 'tables, indexes and triggers are those of Exemplar'

/** Several times what Exemplar's own has: SQLite parses so much in a moment, and much more takes it minutes. */
const mostRows = 1000
const mostBytes = 256 * 1024

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

/** A thing of a schema → how it was made. Reading the list of things runs none of them. */
function readSchema(db: Database): ReadonlyMap<string, string> {
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
export function hashSchema(things: ReadonlyMap<string, string>): string {
  const sorted = [...things].toSorted(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16)
}

/** The schema that the first `version` migrations make, by this build of SQLite. */
export function computeSchema(version: number): ReadonlyMap<string, string> {
  const nativeBinding = sqliteBinding()
  const db = new BetterSqlite3(':memory:', nativeBinding ? { nativeBinding } : {})
  try {
    for (const up of migrations.slice(0, version)) up(db)
    return readSchema(db)
  } finally {
    db.close()
  }
}

const shorten = (name: string) => (name.length > 60 ? `${name.slice(0, 59)}…` : name)
const mostNamed = 5

/** The first things in which two schemas differ. @returns null where they are the same */
function describeDifference(found: ReadonlyMap<string, string>, expected: ReadonlyMap<string, string>): string | null {
  const foreign = [...found.keys()].filter((thing) => !expected.has(thing))
  const changed = [...found].filter(([thing, sql]) => expected.has(thing) && expected.get(thing) !== sql).map(([thing]) => thing)
  const missing = [...expected.keys()].filter((thing) => !found.has(thing))
  const all = [
    ...foreign.map((thing) => `+ ${shorten(thing)}`),
    ...changed.map((thing) => `≠ ${thing}`),
    ...missing.map((thing) => `− ${thing}`),
  ]
  if (all.length === 0) return null
  return all.slice(0, mostNamed).join(', ') + (all.length > mostNamed ? `, … (${all.length})` : '')
}

const altered = (file: string, what: Text) =>
  new Problem(
    'unreadable-project',
    message('store.schemaAltered', { file, change: what }),
    message('store.openTrustedOnly', { directory: path.dirname(file) }),
    { item: file },
  )

const notOurs = (file: string) =>
  new Problem('unreadable-project', message('store.foreignDatabase', { file }), message('store.chooseOwnFolder'), { item: file })

export const recoverRemedy = (file: string) => message('project.runRecover', { directory: path.dirname(file) })

const foreignLog = (file: string) =>
  new Problem('damaged-project', message('store.walDamaged', { file }), message('store.putLogBack', { remedy: recoverRemedy(file) }), {
    item: file,
  })

/** @throws Problem where a thing of the schema is no SQL, which is no damage of the file: it would be moved aside */
function readOwnSchema(db: Database, file: string): ReadonlyMap<string, string> {
  try {
    return readSchema(db)
  } catch (error) {
    const reason = messageOf(error)
    throw reason.startsWith('malformed database schema') ? altered(file, reason) : error
  }
}

/**
 * Compares the tables, indexes, triggers and views of a project file with those that the migrations make, before anything else is
 * read: a view can keep every reader busy for ever, and a trigger acts whenever the project is changed.
 * @param db a connection that nothing has been asked of yet
 * @param shown the file that people know, where this is a copy of it
 * @throws Problem unreadable-project that names what is foreign, changed or missing; newer-project
 */
export function requireOwnSchema(db: Database, file: string, shown = file): void {
  const size = measureSchema(file)
  if (!size.hasOwnLog && !measureSchema(file).hasOwnLog) throw foreignLog(shown) // another process may have been beginning it anew
  if (size.rows > mostRows || size.bytes > mostBytes) throw altered(shown, message('store.tooManyTables'))
  const version = readSchemaVersion(db)
  const found = readOwnSchema(db, shown)
  if (version === 0 && found.size === 0)
    throw new Problem('unreadable-project', message('store.notAProject', { file: shown }), message('store.makeNewProject'), {
      item: shown,
    })
  if (db.pragma('application_id', { simple: true }) !== 0 || version < 1 || !found.has('table project')) throw notOurs(shown)
  if (version > schemaVersion) throw newerProject(shown, version)
  if (hashSchema(found) === knownSchemas[version - 1]) return
  // Another build of SQLite may word the tables of its search index otherwise.
  const difference = describeDifference(found, computeSchema(version))
  if (difference !== null) throw altered(shown, difference)
}
