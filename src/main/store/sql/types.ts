import type BetterSqlite3 from 'better-sqlite3'

declare const canRead: unique symbol
declare const canWrite: unique symbol

/**
 * A connection for queries. The driver's own methods stay out of reach, so that what takes a `ReadableDb` cannot change the project:
 * the compiler sees to it.
 */
export interface ReadableDb {
  /** path of the file */
  readonly name: string
  readonly open: boolean
  readonly inTransaction: boolean
  readonly [canRead]: true
}

/** A connection that may change the project. It serves wherever one for queries is asked for. */
export type WritableDb = BetterSqlite3.Database & ReadableDb & { readonly [canWrite]: true }

/** Returns the driver's connection, for `store/sql` and for what examines damaged files. */
export const driverOf = (db: ReadableDb): BetterSqlite3.Database => db as WritableDb

/** Marks a connection that was opened to be written to. */
export const asWritable = (db: BetterSqlite3.Database): WritableDb => db as WritableDb

/** Marks a connection that was opened for queries alone. */
export const asReadable = (db: BetterSqlite3.Database): ReadableDb => db as WritableDb
