import path from 'node:path'
import { Problem, messageOf } from '../../../shared/problem'
import type { Database } from 'better-sqlite3'
import { computeSchema, hashSchema, readSchema, readSchemaVersion, schemaHash, schemaVersion, type Schema } from './schema'
import { message, type Text } from '../../../shared/messages/message'
import { asReadable } from '../sql/types'
import { isProjectMark, readMark } from '../sql/projectMark'
import { findLogOwner, type LogOwner } from './ownLog'
import { measureSchema } from './schemaSize'

/** Name of the check in a doctor's report; a project that fails it is not even opened. */
export const schemaCheck = 'tables, indexes and triggers are those of Exemplar'

/** Several times the size of Exemplar's own schema: SQLite parses this much in a moment, while much larger schemas take minutes. */
const maxRows = 1000
const maxBytes = 256 * 1024

const shorten = (name: string) => (name.length > 60 ? `${name.slice(0, 59)}…` : name)
const maxNamed = 5

/** Describes the first differences between two schemas. @returns null if they are equal */
function describeDifference(found: Schema, expected: Schema): string | null {
  const foreign = [...found.keys()].filter((thing) => !expected.has(thing))
  const changed = [...found].filter(([thing, sql]) => expected.has(thing) && expected.get(thing) !== sql).map(([thing]) => thing)
  const missing = [...expected.keys()].filter((thing) => !found.has(thing))
  const all = [
    ...foreign.map((thing) => `+ ${shorten(thing)}`),
    ...changed.map((thing) => `≠ ${thing}`),
    ...missing.map((thing) => `− ${thing}`),
  ]
  if (all.length === 0) return null
  return all.slice(0, maxNamed).join(', ') + (all.length > maxNamed ? `, … (${all.length})` : '')
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

const otherLog = (file: string, owner: Exclude<LogOwner, 'own'>) =>
  owner === 'other'
    ? new Problem('damaged-project', message('store.walOfOther', { file }), message('store.putLogBack', { remedy: recoverRemedy(file) }), {
        item: file,
      })
    : new Problem(
        'damaged-project',
        message('store.walUnmarked', { file }),
        message('store.keepOrRemoveLog', { remedy: recoverRemedy(file) }),
        {
          item: file,
        },
      )

/** @throws Problem if an entry of the schema is not valid SQL. That is not damage of the file, which would be moved aside. */
function readOwnSchema(db: Database, file: string): Schema {
  try {
    return readSchema(db)
  } catch (error) {
    const reason = messageOf(error)
    throw reason.startsWith('malformed database schema') ? altered(file, reason) : error
  }
}

/** Creates the Problem that names both versions. */
export const newerProject = (what: string, version: number): Problem =>
  new Problem(
    'newer-project',
    message('store.newerVersion', { file: what, version, known: schemaVersion }),
    message('store.openWithNewerVersion'),
    { item: what },
  )

/** Creates the Problem of a project from before there was a single schema. */
const olderProject = (file: string, version: number): Problem =>
  new Problem(
    'older-project',
    message('store.olderVersion', { file, version }),
    message('store.convertProject', { directory: path.dirname(file) }),
    { item: file },
  )

/** Tables that every version of Exemplar had; no other program has all of them. */
const ofEveryVersion = ['project', 'item', 'candidate', 'decision', 'prompt_version']

/**
 * Compares the tables, indexes, triggers and views of a project file with those of Exemplar, before anything else is read: a view can block
 * every reader forever, and a trigger acts whenever the project is changed.
 * @param db a connection that has not run any query yet
 * @param shown path to report if `file` is a copy
 * @throws Problem unreadable-project that names what is foreign, changed or missing; newer-project; older-project
 */
export function requireOwnSchema(db: Database, file: string, shown = file): void {
  const found = requireProjectSchema(db, file, shown)
  const version = readSchemaVersion(db)
  if (version < schemaVersion) throw olderProject(shown, version)
  if (version > schemaVersion) throw newerProject(shown, version)
  if (hashSchema(found) !== schemaHash) requireSameSchema(found, computeSchema(), shown)
}

/**
 * @throws Problem if the schemas differ. Another build of SQLite may word the tables of its search index differently, so the expected
 * schema is computed by the current build.
 */
export function requireSameSchema(found: Schema, expected: Schema, shown: string): void {
  const difference = describeDifference(found, expected)
  if (difference !== null) throw altered(shown, difference)
}

/**
 * Reads the schema of a project file of any version. @throws Problem unreadable-project if it belongs to another program, or is too large
 */
export function requireProjectSchema(db: Database, file: string, shown = file): Schema {
  const size = measureSchema(file)
  if (!size.hasOwnLog && !measureSchema(file).hasOwnLog) throw foreignLog(shown) // another process may have been restarting the log
  const owner = findLogOwner(file)
  if (owner !== 'own' && findLogOwner(file) !== 'own') throw otherLog(shown, owner)
  if (size.rows > maxRows || size.bytes > maxBytes) throw altered(shown, message('store.tooManyTables'))
  const version = readSchemaVersion(db)
  const found = readOwnSchema(db, shown)
  if (version === 0 && found.size === 0)
    throw new Problem('unreadable-project', message('store.notAProject', { file: shown }), message('store.makeNewProject'), {
      item: shown,
    })
  const expected = version < schemaVersion ? ofEveryVersion : ['project']
  if (!isProjectMark(readMark(asReadable(db))) || version < 1 || !expected.every((name) => found.has(`table ${name}`))) throw notOurs(shown)
  return found
}
