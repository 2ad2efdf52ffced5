import type { Database } from 'better-sqlite3'

/** Versions of the guidelines, the project's dictionary, and why a pair is an exemplar. */
export function up(db: Database): void {
  db.exec(`
    CREATE TABLE guideline (
      version INTEGER PRIMARY KEY,
      body TEXT NOT NULL,
      author TEXT NOT NULL,
      saved_at INTEGER NOT NULL
    ) STRICT;
    CREATE TRIGGER guideline_is_immutable BEFORE UPDATE ON guideline
    BEGIN SELECT RAISE (ABORT, 'versions of the guidelines are immutable'); END;
    CREATE TRIGGER guideline_is_kept BEFORE DELETE ON guideline
    BEGIN SELECT RAISE (ABORT, 'versions of the guidelines are immutable'); END;

    -- the version that was in force; 0 is the recipe's own text, null for decisions from before there were versions
    ALTER TABLE decision ADD COLUMN guideline_version INTEGER;

    CREATE TABLE known_word (
      word TEXT PRIMARY KEY,
      added_by TEXT NOT NULL,
      added_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- kept while the pair is not pinned, so that pinning it again brings it back
    ALTER TABLE candidate ADD COLUMN pinned_reason TEXT;
  `)
}
