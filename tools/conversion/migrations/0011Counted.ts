import type { Database } from 'better-sqlite3'

/** How many candidates stood in each state once, and the last candidate and decision that were counted in. */
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
