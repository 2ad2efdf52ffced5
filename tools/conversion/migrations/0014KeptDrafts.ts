import type { Database } from 'better-sqlite3'

/** Text that was being typed for a pair when a decision closed it; undoing the decision restores it. */
export function up(db: Database): void {
  db.exec(`
    CREATE TABLE kept_draft (
      decision_id INTEGER NOT NULL REFERENCES decision (id),
      candidate_id INTEGER NOT NULL REFERENCES candidate (id),
      reviewer TEXT NOT NULL,
      instruction TEXT NOT NULL,
      response TEXT NOT NULL,
      saved_at INTEGER NOT NULL,
      PRIMARY KEY (decision_id, reviewer)
    ) STRICT, WITHOUT ROWID;
  `)
}
