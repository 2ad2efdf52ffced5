import type { Database } from 'better-sqlite3'

/** Ids are integers, times are milliseconds since 1970, JSON is validated by zod when it is read. */
export function up(db: Database): void {
  db.exec(`
    CREATE TABLE project (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      uuid TEXT NOT NULL,
      name TEXT NOT NULL,
      recipe TEXT NOT NULL,
      generation_settings TEXT NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE media (
      id INTEGER PRIMARY KEY,
      sha256 TEXT NOT NULL UNIQUE,
      file_name TEXT NOT NULL,
      stored_name TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('image', 'video')),
      mime TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      width INTEGER,
      height INTEGER,
      created_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE item (
      id INTEGER PRIMARY KEY,
      source_id TEXT NOT NULL UNIQUE,
      created_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE item_media (
      item_id INTEGER NOT NULL REFERENCES item (id),
      position INTEGER NOT NULL,
      media_id INTEGER NOT NULL REFERENCES media (id),
      PRIMARY KEY (item_id, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX item_media_by_media ON item_media (media_id);

    CREATE TABLE context (
      item_id INTEGER PRIMARY KEY REFERENCES item (id),
      body TEXT NOT NULL
    ) STRICT;

    CREATE VIRTUAL TABLE item_text USING fts5 (text, content = '', contentless_delete = 1);

    CREATE TABLE prompt_version (
      id INTEGER PRIMARY KEY,
      system_message TEXT NOT NULL,
      context_template TEXT NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT;
    CREATE TRIGGER prompt_version_is_immutable BEFORE UPDATE ON prompt_version
    BEGIN SELECT RAISE (ABORT, 'prompt versions are immutable'); END;
    CREATE TRIGGER prompt_version_is_kept BEFORE DELETE ON prompt_version
    BEGIN SELECT RAISE (ABORT, 'prompt versions are immutable'); END;

    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      prompt_version_id INTEGER NOT NULL REFERENCES prompt_version (id),
      provider TEXT NOT NULL,
      model TEXT NOT NULL,
      settings TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('running', 'cancelled', 'interrupted', 'finished')),
      items INTEGER NOT NULL,
      done INTEGER NOT NULL DEFAULT 0,
      failed INTEGER NOT NULL DEFAULT 0,
      candidates INTEGER NOT NULL DEFAULT 0,
      prompt_tokens INTEGER NOT NULL DEFAULT 0,
      completion_tokens INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL,
      finished_at INTEGER,
      owner TEXT,
      touched_at INTEGER
    ) STRICT;

    CREATE TABLE run_item (
      run_id INTEGER NOT NULL REFERENCES run (id),
      position INTEGER NOT NULL,
      item_id INTEGER NOT NULL REFERENCES item (id),
      PRIMARY KEY (run_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE call (
      id INTEGER PRIMARY KEY,
      run_id INTEGER NOT NULL REFERENCES run (id),
      item_id INTEGER NOT NULL REFERENCES item (id),
      attempt INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('sent', 'succeeded', 'retried', 'failed', 'interrupted')),
      messages TEXT NOT NULL,
      reply TEXT,
      error_code TEXT,
      error_message TEXT,
      error_status INTEGER,
      prompt_tokens INTEGER,
      completion_tokens INTEGER,
      started_at INTEGER NOT NULL,
      finished_at INTEGER
    ) STRICT;
    CREATE INDEX call_by_run ON call (run_id, state, item_id);

    CREATE TABLE call_exemplar (
      call_id INTEGER NOT NULL REFERENCES call (id),
      position INTEGER NOT NULL,
      candidate_id INTEGER NOT NULL REFERENCES candidate (id),
      PRIMARY KEY (call_id, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX call_exemplar_by_candidate ON call_exemplar (candidate_id, call_id);

    -- instruction and response are the text as it stands; draft_* keep the model's words where they differ.
    -- state, reason and decision_id repeat the last decision, so that lists need no look behind.
    CREATE TABLE candidate (
      id INTEGER PRIMARY KEY,
      item_id INTEGER NOT NULL REFERENCES item (id),
      run_id INTEGER NOT NULL REFERENCES run (id),
      call_id INTEGER NOT NULL REFERENCES call (id),
      state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'accepted', 'edited', 'rejected', 'ignored')),
      reason TEXT,
      decision_id INTEGER REFERENCES decision (id),
      pinned_at INTEGER,
      instruction TEXT NOT NULL,
      response TEXT NOT NULL,
      draft_instruction TEXT,
      draft_response TEXT,
      created_at INTEGER NOT NULL,
      CHECK ((draft_instruction IS NULL) = (draft_response IS NULL))
    ) STRICT;
    CREATE INDEX candidate_by_item ON candidate (item_id, id);
    CREATE INDEX candidate_by_state ON candidate (state, item_id, id);
    CREATE INDEX candidate_by_run ON candidate (run_id, item_id, id);
    CREATE INDEX candidate_by_call ON candidate (call_id);
    CREATE INDEX candidate_approved ON candidate (decision_id) WHERE state IN ('accepted', 'edited');
    CREATE INDEX candidate_pinned ON candidate (pinned_at) WHERE pinned_at IS NOT NULL;

    CREATE VIRTUAL TABLE candidate_text USING fts5 (instruction, response, content = 'candidate', content_rowid = 'id');
    CREATE TRIGGER candidate_text_added AFTER INSERT ON candidate BEGIN
      INSERT INTO candidate_text (rowid, instruction, response) VALUES (new.id, new.instruction, new.response);
    END;
    CREATE TRIGGER candidate_text_changed AFTER UPDATE OF instruction, response ON candidate
    WHEN old.instruction IS NOT new.instruction OR old.response IS NOT new.response BEGIN
      INSERT INTO candidate_text (candidate_text, rowid, instruction, response) VALUES ('delete', old.id, old.instruction, old.response);
      INSERT INTO candidate_text (rowid, instruction, response) VALUES (new.id, new.instruction, new.response);
    END;
    CREATE TRIGGER candidate_is_kept BEFORE DELETE ON candidate
    BEGIN SELECT RAISE (ABORT, 'candidates are never deleted'); END;

    -- Append-only. An undo is a row of its own. Every row carries the tops of the reviewer's undo and redo stacks after it:
    -- undo_top is null where the row itself is the top, undo_below is what lay beneath it.
    CREATE TABLE decision (
      id INTEGER PRIMARY KEY,
      candidate_id INTEGER NOT NULL REFERENCES candidate (id),
      kind TEXT NOT NULL CHECK (kind IN ('decide', 'undo', 'redo')),
      target_id INTEGER REFERENCES decision (id),
      verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'edit', 'reject', 'ignore', 'reopen')),
      reason TEXT,
      reviewer TEXT NOT NULL,
      before_state TEXT NOT NULL,
      after_state TEXT NOT NULL,
      before_reason TEXT,
      before_instruction TEXT,
      before_response TEXT,
      after_instruction TEXT,
      after_response TEXT,
      seconds REAL,
      undo_top INTEGER,
      undo_below INTEGER,
      redo_top INTEGER,
      redo_below INTEGER,
      decided_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX decision_by_candidate ON decision (candidate_id, id);
    CREATE INDEX decision_by_reviewer ON decision (reviewer, id);
    CREATE TRIGGER decision_is_immutable BEFORE UPDATE ON decision
    BEGIN SELECT RAISE (ABORT, 'decisions are append-only'); END;
    CREATE TRIGGER decision_is_kept BEFORE DELETE ON decision
    BEGIN SELECT RAISE (ABORT, 'decisions are append-only'); END;

    CREATE TABLE draft (
      candidate_id INTEGER PRIMARY KEY REFERENCES candidate (id),
      instruction TEXT NOT NULL,
      response TEXT NOT NULL,
      saved_at INTEGER NOT NULL
    ) STRICT;
  `)
}
