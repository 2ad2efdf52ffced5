/** Marks that reviewers add to pairs, and drafts of their texts, apart from decisions. */
export const markTables = `
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

  -- Tags and flags that were put on or taken off many candidates in one step, so that one undo takes it back. A step lies above the
  -- decisions and verdicts up to those that it names.
  CREATE TABLE mark_step (
    id INTEGER PRIMARY KEY,
    reviewer TEXT NOT NULL,
    tag TEXT,                         -- null: the reviewer's flag
    added INTEGER NOT NULL CHECK (added IN (0, 1)),
    taken_back INTEGER NOT NULL DEFAULT 0,
    last_decision INTEGER NOT NULL,     -- when it was made, or taken back
    last_side_verdict INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX mark_step_by_reviewer ON mark_step (reviewer, id);
  -- those that the step changed
  CREATE TABLE mark_step_candidate (
    step_id INTEGER NOT NULL REFERENCES mark_step (id),
    candidate_id INTEGER NOT NULL REFERENCES candidate (id),
    PRIMARY KEY (step_id, candidate_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER mark_step_forgotten BEFORE DELETE ON mark_step BEGIN
    DELETE FROM mark_step_candidate WHERE step_id = old.id;
  END;

  -- What a reviewer types for a pair; reviewer is empty for drafts of a time when nobody's name was kept.
  CREATE TABLE draft (
    candidate_id INTEGER NOT NULL REFERENCES candidate (id),
    reviewer TEXT NOT NULL,
    instruction TEXT NOT NULL,
    response TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (candidate_id, reviewer)
  ) STRICT, WITHOUT ROWID;

  -- What was being typed for a pair when a decision ended it; the undo of that decision restores it.
  CREATE TABLE kept_draft (
    decision_id INTEGER NOT NULL REFERENCES decision (id),
    candidate_id INTEGER NOT NULL REFERENCES candidate (id),
    reviewer TEXT NOT NULL,
    instruction TEXT NOT NULL,
    response TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (decision_id, reviewer)
  ) STRICT, WITHOUT ROWID;

  -- What is typed in a form and not sent yet: for a pair of one's own by item, for the halves of a split by candidate.
  CREATE TABLE typed_pair (
    form TEXT NOT NULL CHECK (form IN ('own', 'split')),
    subject_id INTEGER NOT NULL,
    reviewer TEXT NOT NULL,
    body TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (form, subject_id, reviewer)
  ) STRICT, WITHOUT ROWID;
`
