import type { Database } from 'better-sqlite3'

/** Stored number of candidates per state, and the last candidate and decision that it includes. */
export function up(db: Database): void {
  db.exec(`
    CREATE TABLE counted (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      last_candidate INTEGER NOT NULL,
      last_decision INTEGER NOT NULL,
      counts TEXT NOT NULL
    ) STRICT;
  `)
}
