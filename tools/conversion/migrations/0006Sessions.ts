import type { Database } from 'better-sqlite3'

/** Work sessions of reviewers: start, duration and number of decisions. */
export function up(db: Database): void {
  db.exec(`
    -- ended_at is moved on while a session lasts, so a killed one ends where it was last seen.
    CREATE TABLE review_session (
      id INTEGER PRIMARY KEY,
      reviewer TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      ended_at INTEGER NOT NULL,
      active_ms INTEGER NOT NULL DEFAULT 0 CHECK (active_ms >= 0),
      decisions INTEGER NOT NULL DEFAULT 0 CHECK (decisions >= 0)
    ) STRICT;
    CREATE INDEX review_session_by_reviewer ON review_session (reviewer, started_at, decisions, active_ms);
  `)
}
