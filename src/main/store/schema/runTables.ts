/** Runs and their calls. A run has one owner at a time, identified by a fencing token that grows (docs/adr/0012). */
export const runTables = `
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
    touched_at INTEGER,
    -- Grows whenever a process takes the run. A process that took it under another number may not write to it.
    fence INTEGER NOT NULL DEFAULT 0,
    -- JSON: the failure that stopped the run before its last item
    stopped_by TEXT,
    -- JSON: how many replies had fields that are not used, and how often each of them
    unused_fields TEXT
  ) STRICT;
  CREATE INDEX run_under_way ON run (id) WHERE state = 'running';

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
    finished_at INTEGER,
    -- the fence of the run when the call was stored
    fence INTEGER NOT NULL DEFAULT 0,
    -- JSON: the fields of the reply that no pair was made of
    unused_fields TEXT
  ) STRICT;
  CREATE INDEX call_by_run ON call (run_id, state, item_id);

  CREATE TABLE call_exemplar (
    call_id INTEGER NOT NULL REFERENCES call (id),
    position INTEGER NOT NULL,
    candidate_id INTEGER NOT NULL REFERENCES candidate (id),
    PRIMARY KEY (call_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX call_exemplar_by_candidate ON call_exemplar (candidate_id, call_id);
`
