import type { Database } from 'better-sqlite3'

/** Image of each id in an export, so that the id never refers to another image later (docs/adr/0021). */
export function up(db: Database): void {
  db.exec(`
    CREATE TABLE image_id (
      -- without the prefix of the set
      name TEXT PRIMARY KEY,
      -- a hash of what the image shows and of whose it is
      owner BLOB NOT NULL UNIQUE
    ) STRICT, WITHOUT ROWID;
  `)
}
