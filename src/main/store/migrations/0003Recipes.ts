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
  `)
}
