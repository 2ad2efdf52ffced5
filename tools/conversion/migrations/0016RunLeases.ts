import type { Database } from 'better-sqlite3'

/** A run has one owner at a time, identified by an increasing number (docs/adr/0012). */
export function up(db: Database): void {
  db.exec(`
    -- Grows whenever a process takes the run. A process that took it under another number may not write to it.
    ALTER TABLE run ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
    -- JSON: the failure that stopped the run before its last item
    ALTER TABLE run ADD COLUMN stopped_by TEXT;
    -- The fence of the run when the call was stored.
    ALTER TABLE call ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX run_under_way ON run (id) WHERE state = 'running';
  `)
}
