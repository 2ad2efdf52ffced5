import type { Database } from 'better-sqlite3'

/**
 * Tags and flags that were set or removed on many candidates in one step, so that one undo reverts it. In the undo order, a step follows
 * the last decision and verdict that it names.
 */
export function up(db: Database): void {
  db.exec(`
    CREATE TABLE mark_step (
      id INTEGER PRIMARY KEY,
      reviewer TEXT NOT NULL,
      tag TEXT,                         -- null: the reviewer's flag
      added INTEGER NOT NULL CHECK (added IN (0, 1)),
      candidate_ids TEXT NOT NULL,      -- JSON: those that were changed
      taken_back INTEGER NOT NULL DEFAULT 0,
      last_decision INTEGER NOT NULL,     -- when it was made, or taken back
      last_side_verdict INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX mark_step_by_reviewer ON mark_step (reviewer, id);
  `)
}
