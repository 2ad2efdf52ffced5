import type { Database } from 'better-sqlite3'

/** Unsaved text of the prompt screen: one row, or none. */
export function up(db: Database): void {
  db.exec(`
    CREATE TABLE prompt_draft (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      body TEXT NOT NULL,
      saved_at INTEGER NOT NULL
    ) STRICT;
  `)
}
