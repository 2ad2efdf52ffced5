import type { Database } from 'better-sqlite3'

/** Eight recipes: output forms, conversations, videos, media to be linked later, cold start, custom recipes. */
export function up(db: Database): void {
  db.exec(`
    ALTER TABLE project ADD COLUMN cold_start TEXT;
    ALTER TABLE project ADD COLUMN custom_recipe TEXT;

    ALTER TABLE media ADD COLUMN duration_ms INTEGER;
    ALTER TABLE media ADD COLUMN problem TEXT;

    CREATE TABLE missing_media (
      item_id INTEGER NOT NULL REFERENCES item (id),
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      PRIMARY KEY (item_id, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX missing_media_by_name ON missing_media (name);

    ALTER TABLE prompt_version ADD COLUMN output_form TEXT NOT NULL DEFAULT 'pairs' CHECK (output_form IN ('pairs', 'kinds', 'conversations'));

    ALTER TABLE candidate ADD COLUMN kind TEXT CHECK (kind IN ('conversation', 'detail', 'reasoning'));
    ALTER TABLE candidate ADD COLUMN conversation INTEGER;
    ALTER TABLE candidate ADD COLUMN turn INTEGER;
    ALTER TABLE candidate ADD COLUMN rationale TEXT;

    -- the order of pinned exemplars, where a person has set it; null: after those, by the time of pinning
    ALTER TABLE candidate ADD COLUMN pinned_position INTEGER;
    CREATE INDEX candidate_judged ON candidate (decision_id) WHERE state IN ('accepted', 'edited', 'rejected');
    CREATE INDEX candidate_by_run_state ON candidate (run_id, state);

    -- examples that came with a prompt file; they belong to the version as its text does
    CREATE TABLE prompt_exemplar (
      prompt_version_id INTEGER NOT NULL REFERENCES prompt_version (id),
      position INTEGER NOT NULL,
      annotation TEXT NOT NULL,
      pairs TEXT NOT NULL,
      PRIMARY KEY (prompt_version_id, position)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER prompt_exemplar_is_immutable BEFORE UPDATE ON prompt_exemplar
    BEGIN SELECT RAISE (ABORT, 'prompt versions are immutable'); END;
    CREATE TRIGGER prompt_exemplar_is_kept BEFORE DELETE ON prompt_exemplar
    BEGIN SELECT RAISE (ABORT, 'prompt versions are immutable'); END;
  `)
}
