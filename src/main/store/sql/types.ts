import type BetterSqlite3 from 'better-sqlite3'

declare const canRead: unique symbol
declare const canWrite: unique symbol

/** A connection for queries. The type hides the driver's own methods, so that code with a `ReadableDb` cannot change the project. */
export interface ReadableDb {
  /** Path of the file. */
  readonly name: string
  readonly open: boolean
  readonly inTransaction: boolean
  readonly [canRead]: true
}

/** A connection that may change the project. It can be used wherever a `ReadableDb` is required. */
export type WritableDb = BetterSqlite3.Database & ReadableDb & { readonly [canWrite]: true }

/** Returns the driver's connection, for `store/sql` and for code that examines damaged files. */
export const driverOf = (db: ReadableDb): BetterSqlite3.Database => db as WritableDb

/** Marks a connection that was opened for writing. */
export const asWritable = (db: BetterSqlite3.Database): WritableDb => db as WritableDb

/** Marks a connection that was opened for queries only. */
export const asReadable = (db: BetterSqlite3.Database): ReadableDb => db as WritableDb
