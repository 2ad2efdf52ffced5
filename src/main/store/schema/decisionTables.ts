/** Decisions, which are append-only (docs/adr/0002), and the review sessions in which they were made. */
export const decisionTables = `
  -- What is rejected for the same reasons shares one list of them.
  CREATE TABLE reason_list (
    id INTEGER PRIMARY KEY,
    -- of its reasons in their order
    digest BLOB NOT NULL UNIQUE
  ) STRICT;
  CREATE TRIGGER reason_list_is_immutable BEFORE UPDATE ON reason_list
  BEGIN SELECT RAISE (ABORT, 'lists of reasons are immutable'); END;
  CREATE TRIGGER reason_list_is_kept BEFORE DELETE ON reason_list
  BEGIN SELECT RAISE (ABORT, 'lists of reasons are immutable'); END;

  CREATE TABLE reason (
    id INTEGER PRIMARY KEY,
    list_id INTEGER NOT NULL REFERENCES reason_list (id),
    position INTEGER NOT NULL,
    -- one of the project's, or with a note: <reason>: <note>
    reason TEXT NOT NULL,
    UNIQUE (list_id, position)
  ) STRICT;
  CREATE INDEX reason_by_text ON reason (reason, list_id);
  CREATE TRIGGER reason_is_immutable BEFORE UPDATE ON reason
  BEGIN SELECT RAISE (ABORT, 'lists of reasons are immutable'); END;
  CREATE TRIGGER reason_is_kept BEFORE DELETE ON reason
  BEGIN SELECT RAISE (ABORT, 'lists of reasons are immutable'); END;

  -- An undo is a row of its own. Every row carries the tops of the reviewer's undo and redo stacks after it:
  -- undo_top is null where the row itself is the top, undo_below is what lay beneath it.
  CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    candidate_id INTEGER NOT NULL REFERENCES candidate (id),
    kind TEXT NOT NULL CHECK (kind IN ('decide', 'undo', 'redo')),
    target_id INTEGER REFERENCES decision (id),
    verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'edit', 'reject', 'ignore', 'reopen')),
    reason_list_id INTEGER REFERENCES reason_list (id),
    reviewer TEXT NOT NULL,
    before_state TEXT NOT NULL,
    after_state TEXT NOT NULL,
    before_reason_list_id INTEGER REFERENCES reason_list (id),
    before_instruction TEXT,
    before_response TEXT,
    after_instruction TEXT,
    after_response TEXT,
    -- a turn's place in its conversation, where the decision moved it
    before_turn INTEGER,
    after_turn INTEGER,
    seconds REAL,
    undo_top INTEGER,
    undo_below INTEGER,
    redo_top INTEGER,
    redo_below INTEGER,
    decided_at INTEGER NOT NULL,
    -- decisions that were made in one step, and are undone in one
    batch_id INTEGER,
    -- the version that was in force; 0 is the recipe's own text, null for decisions from before there were versions
    guideline_version INTEGER
  ) STRICT;
  CREATE INDEX decision_by_candidate ON decision (candidate_id, id);
  CREATE INDEX decision_by_reviewer ON decision (reviewer, id);
  CREATE INDEX decision_by_hand ON decision (reviewer, id) WHERE batch_id IS NULL;
  CREATE INDEX decision_by_batch ON decision (batch_id) WHERE batch_id IS NOT NULL;
  CREATE INDEX decision_by_time ON decision (decided_at);
  CREATE TRIGGER decision_is_immutable BEFORE UPDATE ON decision
  BEGIN SELECT RAISE (ABORT, 'decisions are append-only'); END;
  CREATE TRIGGER decision_is_kept BEFORE DELETE ON decision
  BEGIN SELECT RAISE (ABORT, 'decisions are append-only'); END;

  -- ended_at moves on while a session lasts, so a killed one ends where it was last seen.
  CREATE TABLE review_session (
    id INTEGER PRIMARY KEY,
    reviewer TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    active_ms INTEGER NOT NULL DEFAULT 0 CHECK (active_ms >= 0),
    decisions INTEGER NOT NULL DEFAULT 0 CHECK (decisions >= 0)
  ) STRICT;
  CREATE INDEX review_session_by_reviewer ON review_session (reviewer, started_at, decisions, active_ms);
`
