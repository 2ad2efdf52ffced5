import { providerKindSchema } from '../../../shared/domain'

const providers = providerKindSchema.options.map((kind) => `'${kind}'`).join(', ')

/** Candidates: their state and, in separate tables, their text (docs/adr/0011), languages and counts. */
export const candidateTables = `
  -- A conversation of an imported file: what its pairs have in place of a run and a call.
  CREATE TABLE imported_record (
    id INTEGER PRIMARY KEY,
    item_id INTEGER NOT NULL REFERENCES item (id),
    file TEXT NOT NULL,
    format TEXT NOT NULL,
    line INTEGER,
    -- what stands before the conversation, for the model
    system TEXT,
    -- who drafted it, where the file says so
    provider TEXT CHECK (provider IN (${providers})),
    model TEXT,
    -- of its texts as they were imported, so that the same record adds nothing a second time
    digest BLOB NOT NULL,
    -- who imported it; null where the command line did not name anybody
    reviewer TEXT,
    imported_at INTEGER NOT NULL,
    UNIQUE (item_id, digest),
    CHECK ((provider IS NULL) = (model IS NULL))
  ) STRICT;
  CREATE TRIGGER imported_record_is_immutable BEFORE UPDATE ON imported_record
  BEGIN SELECT RAISE (ABORT, 'imported records are immutable'); END;
  CREATE TRIGGER imported_record_is_kept BEFORE DELETE ON imported_record
  BEGIN SELECT RAISE (ABORT, 'imported records are immutable'); END;

  -- state, reason_list_id and decision_id repeat the last decision, so that lists need no second look-up; one that only moved a turn does not count.
  CREATE TABLE candidate (
    id INTEGER PRIMARY KEY,
    item_id INTEGER NOT NULL REFERENCES item (id),
    -- a model's pair has a run and a call, a person's has an author, an imported one the record that it was read from
    run_id INTEGER REFERENCES run (id),
    call_id INTEGER REFERENCES call (id),
    author TEXT,
    record_id INTEGER REFERENCES imported_record (id),
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'accepted', 'edited', 'rejected', 'ignored')),
    reason_list_id INTEGER REFERENCES reason_list (id),
    decision_id INTEGER REFERENCES decision (id),
    kind TEXT CHECK (kind IN ('conversation', 'detail', 'reasoning')),
    conversation INTEGER,
    turn INTEGER,
    -- the call in whose conversation a person's turn stands; a model's turn stands in that of its own call. Imported conversations have none:
    -- their numbers are those of their item
    conversation_call_id INTEGER REFERENCES call (id),
    -- the pair that it was split from
    split_from INTEGER REFERENCES candidate (id),
    pinned_at INTEGER,
    -- the order of pinned exemplars, where a person has set it; null: after those, by the time of pinning
    pinned_position INTEGER,
    -- kept while the pair is not pinned, so that pinning it again restores it
    pinned_reason TEXT,
    created_at INTEGER NOT NULL,
    CHECK ((run_id IS NULL) = (call_id IS NULL)),
    CHECK ((run_id IS NOT NULL) + (author IS NOT NULL) + (record_id IS NOT NULL) = 1)
  ) STRICT;
  CREATE INDEX candidate_by_item ON candidate (item_id, id);
  CREATE INDEX candidate_by_state ON candidate (state, item_id, id);
  CREATE INDEX candidate_by_run ON candidate (run_id, item_id, id);
  CREATE INDEX candidate_by_run_state ON candidate (run_id, state);
  CREATE INDEX candidate_by_call ON candidate (call_id);
  CREATE INDEX candidate_by_conversation_call ON candidate (conversation_call_id) WHERE conversation_call_id IS NOT NULL;
  CREATE INDEX candidate_by_kind ON candidate (kind, item_id, id) WHERE kind IS NOT NULL;
  CREATE INDEX candidate_by_reasons ON candidate (reason_list_id) WHERE reason_list_id IS NOT NULL;
  CREATE INDEX candidate_approved ON candidate (decision_id) WHERE state IN ('accepted', 'edited');
  CREATE INDEX candidate_judged ON candidate (decision_id) WHERE state IN ('accepted', 'edited', 'rejected');
  CREATE INDEX candidate_pinned ON candidate (pinned_at) WHERE pinned_at IS NOT NULL;
  CREATE INDEX candidate_written ON candidate (item_id, id) WHERE author IS NOT NULL;
  CREATE INDEX candidate_by_record ON candidate (record_id) WHERE record_id IS NOT NULL;
  CREATE INDEX candidate_written_by_state ON candidate (state, item_id, id) WHERE author IS NOT NULL;
  CREATE TRIGGER candidate_is_kept BEFORE DELETE ON candidate
  BEGIN SELECT RAISE (ABORT, 'candidates are never deleted'); END;

  -- instruction and response are the text as it stands; draft_* keep the model's words where they differ.
  CREATE TABLE pair (
    candidate_id INTEGER PRIMARY KEY REFERENCES candidate (id),
    instruction TEXT NOT NULL,
    response TEXT NOT NULL,
    draft_instruction TEXT,
    draft_response TEXT,
    rationale TEXT,
    -- rises with each change of the text, so that snapshots can refer to one
    text_version INTEGER NOT NULL DEFAULT 1,
    CHECK ((draft_instruction IS NULL) = (draft_response IS NULL))
  ) STRICT;
  CREATE INDEX pair_edited ON pair (candidate_id) WHERE draft_instruction IS NOT NULL;
  CREATE TRIGGER pair_text_has_version BEFORE UPDATE ON pair WHEN new.text_version <= old.text_version
  BEGIN SELECT RAISE (ABORT, 'a changed text has a new version'); END;
  CREATE TRIGGER pair_is_kept BEFORE DELETE ON pair
  BEGIN SELECT RAISE (ABORT, 'candidates are never deleted'); END;

  CREATE VIRTUAL TABLE candidate_text USING fts5 (instruction, response, content = 'pair', content_rowid = 'candidate_id');
  CREATE TRIGGER candidate_text_added AFTER INSERT ON pair BEGIN
    INSERT INTO candidate_text (rowid, instruction, response) VALUES (new.candidate_id, new.instruction, new.response);
  END;
  CREATE TRIGGER candidate_text_changed AFTER UPDATE OF instruction, response ON pair
  WHEN old.instruction IS NOT new.instruction OR old.response IS NOT new.response BEGIN
    INSERT INTO candidate_text (candidate_text, rowid, instruction, response)
      VALUES ('delete', old.candidate_id, old.instruction, old.response);
    INSERT INTO candidate_text (rowid, instruction, response) VALUES (new.candidate_id, new.instruction, new.response);
  END;

  -- Filled beside the window; pairs whose text was changed since wait in language_stale.
  CREATE TABLE candidate_language (
    candidate_id INTEGER PRIMARY KEY REFERENCES candidate (id),
    language TEXT NOT NULL
  ) STRICT;
  CREATE INDEX candidate_language_by_language ON candidate_language (language, candidate_id);
  CREATE TABLE language_stale (candidate_id INTEGER PRIMARY KEY REFERENCES candidate (id)) STRICT;
  CREATE TRIGGER language_stale_added AFTER UPDATE OF instruction, response ON pair
  WHEN old.instruction IS NOT new.instruction OR old.response IS NOT new.response BEGIN
    INSERT OR IGNORE INTO language_stale (candidate_id) VALUES (new.candidate_id);
  END;

  -- How many candidates stood in each state, and the last candidate and decision that were counted (docs/adr/0010).
  CREATE TABLE counted (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    last_candidate INTEGER NOT NULL,
    last_decision INTEGER NOT NULL,
    pending INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    edited INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    ignored INTEGER NOT NULL
  ) STRICT;
`
