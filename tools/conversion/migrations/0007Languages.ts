import type { Database } from 'better-sqlite3'

/**
 * The language of each pair, in a separate table, so that no row of `candidate` is rewritten. It is filled in the background; pairs whose
 * text has changed since wait in `language_stale`.
 */
export function up(db: Database): void {
  db.exec(`
    CREATE TABLE candidate_language (
      candidate_id INTEGER PRIMARY KEY REFERENCES candidate (id),
      language TEXT NOT NULL
    ) STRICT;
    CREATE INDEX candidate_language_by_language ON candidate_language (language, candidate_id);
    CREATE TABLE language_stale (candidate_id INTEGER PRIMARY KEY REFERENCES candidate (id)) STRICT;
    CREATE TRIGGER language_stale_added AFTER UPDATE OF instruction, response ON candidate
    WHEN old.instruction IS NOT new.instruction OR old.response IS NOT new.response BEGIN
      INSERT OR IGNORE INTO language_stale (candidate_id) VALUES (new.id);
    END;

    CREATE INDEX candidate_by_kind ON candidate (kind, item_id, id) WHERE kind IS NOT NULL;
  `)
}
