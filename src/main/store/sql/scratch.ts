import BetterSqlite3 from 'better-sqlite3'
import { messageOf, Problem } from '../../../shared/problem'
import type { Database } from 'better-sqlite3'
import { message } from '../../../shared/messages/message'
import { openDriver } from './openDriver'

/** Sort key: values are ordered by the first number, then by the second. */
type SortKey = readonly [number, number]

/** Values that are read in key order; values with equal keys are read in insertion order. */
export interface ScratchList<Value> {
  readonly push: (value: Value, key?: SortKey) => void
  /** Reads the values. Nothing can be pushed in the meantime. */
  readonly read: () => Generator<Value, void, undefined>
}

interface Gathered<Head, Part> {
  readonly place: number
  readonly id: string
  readonly head: Head
  /** Parts in the order of a `ScratchList`. */
  readonly parts: Part[]
}

/** Heads by id, each of which collects parts. A place is a number from 1 that represents an id; later ids have higher places. */
export interface Gathering<Head, Part = never> {
  /** Returns the number of heads. */
  readonly size: () => number
  /** Returns the number of heads that have parts. */
  readonly countWithParts: () => number
  /** Adds a head; if the id is known, its head is left unchanged. */
  readonly put: (id: string, head: Head) => { readonly place: number; readonly isNew: boolean }
  readonly replace: (place: number, head: Head) => void
  readonly find: (id: string) => number | undefined
  readonly get: (place: number) => Head
  readonly push: (place: number, part: Part, key?: SortKey) => void
  /** Reads the heads in the order in which their ids were added. Nothing can be changed in the meantime. */
  readonly read: () => Generator<Gathered<Head, Part>, void, undefined>
}

/** Temporary storage for data that must be collected before it can be used and may not fit into memory. */
export interface Scratch {
  readonly list: <Value>() => ScratchList<Value>
  readonly gather: <Head, Part = never>() => Gathering<Head, Part>
  /** Discards everything. All reads from it must have ended. */
  readonly close: () => void
}

function problemOf(error: unknown): unknown {
  if (!(error instanceof BetterSqlite3.SqliteError)) return error
  if (error.code === 'SQLITE_FULL')
    return new Problem('disk-full', message('store.temporaryDiskFull'), message('problem.freeSpace'), { cause: error })
  return new Problem('internal', message('store.temporaryFilesFail', { reason: messageOf(error) }), message('store.checkTemporaryFolder'), {
    cause: error,
  })
}

/** Converts errors of a temporary file, which would otherwise be reported as errors of the project file. */
function guard<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw problemOf(error)
  }
}

function* readGuarded<T>(rows: () => IterableIterator<T>): Generator<T, void, undefined> {
  try {
    yield* rows()
  } catch (error) {
    throw problemOf(error)
  }
}

/**
 * Opens a private SQLite database. Each table has its own, so that one can be read while another is written. It is in memory until it
 * outgrows its cache, and then in a file that the system removes with the connection, however that ends.
 */
function connect(): Database {
  return guard(() => {
    const db = openDriver('')
    // Nothing is ever rolled back. (The driver does not allow OFF; in a single transaction from the beginning, no page is journaled.)
    db.pragma('journal_mode = MEMORY')
    db.pragma('synchronous = OFF')
    db.pragma('cache_size = -4000')
    db.exec('BEGIN')
    return db
  })
}

// Nobody else can write into a private database: values have the type with which they were stored.
const restore = <T>(body: string): T => JSON.parse(body) as T

/**
 * Rows with an owner, read by owner, key and time. They are sorted when they are read, because inserts would hit an index at random
 * positions.
 */
function createParts<Part>(db: Database) {
  db.exec('CREATE TABLE part (place INTEGER PRIMARY KEY, owner INTEGER, major REAL, minor REAL, body TEXT)')
  const insert = db.prepare<[number, number, number, string]>('INSERT INTO part (owner, major, minor, body) VALUES (?, ?, ?, ?)')
  const inOrder = db.prepare<[], [number, string]>('SELECT owner, body FROM part ORDER BY owner, major, minor, place').raw()
  const asTheyCame = db.prepare<[], [number, string]>('SELECT owner, body FROM part ORDER BY place').raw()
  let last: readonly [number, number, number] = [0, -Infinity, -Infinity]
  let isSorted = true
  return {
    push(owner: number, part: Part, [major, minor]: SortKey = [0, 0]): void {
      guard(() => insert.run(owner, major, minor, JSON.stringify(part)))
      const difference = owner - last[0] || major - last[1] || minor - last[2]
      if (difference < 0) isSorted = false
      last = [owner, major, minor]
    },
    read: () => readGuarded(() => (isSorted ? asTheyCame : inOrder).iterate()),
  }
}

function createList<Value>(db: Database): ScratchList<Value> {
  const parts = createParts<Value>(db)
  return {
    push: (value, key) => parts.push(0, value, key),
    *read() {
      for (const [, body] of parts.read()) yield restore<Value>(body)
    },
  }
}

/** Ids are stored as JSON, because SQLite's text cannot represent half a surrogate pair. */
const keyOf = (id: string) => JSON.stringify(id)

function createGathering<Head, Part>(db: Database): Gathering<Head, Part> {
  db.exec('CREATE TABLE head (place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL)')
  const parts = createParts<Part>(db)
  const insert = db.prepare<[string, string]>('INSERT INTO head (id, body) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const update = db.prepare<[string, number]>('UPDATE head SET body = ? WHERE place = ?')
  const placeOf = db.prepare<[string], number>('SELECT place FROM head WHERE id = ?').pluck()
  const bodyOf = db.prepare<[number], string>('SELECT body FROM head WHERE place = ?').pluck()
  const inOrder = db.prepare<[], [number, string, string]>('SELECT place, id, body FROM head ORDER BY place').raw()
  const countOwners = db.prepare<[], number>('SELECT count(DISTINCT owner) FROM part').pluck()
  let size = 0
  const find = (id: string) => guard(() => placeOf.get(keyOf(id)))
  return {
    size: () => size,
    countWithParts: () => guard(() => countOwners.get() ?? 0),
    put(id, head) {
      const { changes, lastInsertRowid } = guard(() => insert.run(keyOf(id), JSON.stringify(head)))
      if (changes === 0) return { place: find(id) ?? 0, isNew: false }
      size++
      return { place: Number(lastInsertRowid), isNew: true }
    },
    replace: (place, head) => void guard(() => update.run(JSON.stringify(head), place)),
    find,
    get(place) {
      const body = guard(() => bodyOf.get(place))
      if (body === undefined) throw new Error(`There is no head ${place}.`)
      return restore<Head>(body)
    },
    push: parts.push,
    *read() {
      const rest = parts.read()
      try {
        let next = rest.next()
        for (const [place, id, body] of readGuarded(() => inOrder.iterate())) {
          const own: Part[] = []
          for (; !next.done && next.value[0] === place; next = rest.next()) own.push(restore<Part>(next.value[1]))
          yield { place, id: restore<string>(id), head: restore<Head>(body), parts: own }
        }
      } finally {
        rest.return()
      }
    },
  }
}

/** Opens a scratch, which must always be closed. @throws Problem disk-full, from here on, if there is no space for temporary files */
export function openScratch(): Scratch {
  const open: Database[] = []
  const add = () => {
    const db = connect()
    open.push(db)
    return db
  }
  return {
    list: () => createList(add()),
    gather: () => createGathering(add()),
    close: () => open.splice(0).forEach((db) => db.close()),
  }
}
