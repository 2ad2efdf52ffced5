import type { Database } from 'better-sqlite3'

/** What was typed on the prompt screen and not saved as a version: one row, or none. */
export function up(db: Database): void {
  db.exec(`
    CREATE TABLE prompt_draft (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      body TEXT NOT NULL,
      saved_at INTEGER NOT NULL
    ) STRICT;
  `)
}
