import BetterSqlite3 from 'better-sqlite3'
import { asReadable, type ReadableDb } from './types'
import { sqliteBinding } from './sqliteBinding'

/**
 * Works on the project as it is now, whoever writes to it meanwhile: a connection of its own, for reading only, within one transaction,
 * which the write-ahead log lets see one state throughout.
 */
export async function withSnapshot<T>(db: ReadableDb, work: (snapshot: ReadableDb) => Promise<T>): Promise<T> {
  const nativeBinding = sqliteBinding()
  const snapshot = new BetterSqlite3(db.name, { readonly: true, timeout: 5000, ...(nativeBinding ? { nativeBinding } : {}) })
  try {
    snapshot.pragma('trusted_schema = OFF')
    snapshot.exec('BEGIN')
    snapshot.pragma('user_version') // the first reading settles which state it is
    return await work(asReadable(snapshot))
  } finally {
    snapshot.close()
  }
}
