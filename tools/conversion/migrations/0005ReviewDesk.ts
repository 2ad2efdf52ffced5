import type { Database } from 'better-sqlite3'

/** Flags, tags, comments, ratings, saved views, bulk steps, and the review settings of a project. */
export function up(db: Database): void {
  db.exec(`
    ALTER TABLE project ADD COLUMN review_settings TEXT;

    -- decisions that were made in one step, and are undone in one
    ALTER TABLE decision ADD COLUMN batch_id INTEGER;
    CREATE INDEX decision_by_batch ON decision (batch_id) WHERE batch_id IS NOT NULL;
    CREATE INDEX decision_by_time ON decision (decided_at);
    CREATE INDEX candidate_by_reason ON candidate (reason) WHERE reason IS NOT NULL;

    CREATE TABLE flag (
      candidate_id INTEGER NOT NULL REFERENCES candidate (id),
      reviewer TEXT NOT NULL,
      flagged_at INTEGER NOT NULL,
      PRIMARY KEY (candidate_id, reviewer)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX flag_by_reviewer ON flag (reviewer, candidate_id);

    CREATE TABLE tag (
      tag TEXT NOT NULL,
      candidate_id INTEGER NOT NULL REFERENCES candidate (id),
      PRIMARY KEY (tag, candidate_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tag_by_candidate ON tag (candidate_id, tag);

    CREATE TABLE comment (
      id INTEGER PRIMARY KEY,
      candidate_id INTEGER NOT NULL REFERENCES candidate (id),
      reviewer TEXT NOT NULL,
      body TEXT NOT NULL,
      written_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX comment_by_candidate ON comment (candidate_id, id);
    CREATE VIRTUAL TABLE comment_text USING fts5 (body, content = 'comment', content_rowid = 'id');
    CREATE TRIGGER comment_text_added AFTER INSERT ON comment BEGIN
      INSERT INTO comment_text (rowid, body) VALUES (new.id, new.body);
    END;
    CREATE TRIGGER comment_text_removed AFTER DELETE ON comment BEGIN
      INSERT INTO comment_text (comment_text, rowid, body) VALUES ('delete', old.id, old.body);
    END;

    CREATE TABLE rating (
      candidate_id INTEGER NOT NULL REFERENCES candidate (id),
      reviewer TEXT NOT NULL,
      quality TEXT NOT NULL CHECK (quality IN ('helpful', 'correct', 'relevant')),
      value INTEGER NOT NULL CHECK (value BETWEEN 1 AND 5),
      rated_at INTEGER NOT NULL,
      PRIMARY KEY (candidate_id, reviewer, quality)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE saved_view (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      filter TEXT NOT NULL,
      saved_at INTEGER NOT NULL
    ) STRICT;
  `)
}
