import type { Database } from 'better-sqlite3'

/** Embeddings of items' contexts, which never change. */
export function up(db: Database): void {
  db.exec(`
    CREATE TABLE item_embedding (
      item_id INTEGER NOT NULL REFERENCES item (id),
      model TEXT NOT NULL,
      -- 32-bit floats, little-endian, of length 1 together
      vector BLOB NOT NULL,
      PRIMARY KEY (item_id, model)
    ) STRICT;
  `)
}
