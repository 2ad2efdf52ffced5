/** Comparisons of two prompt texts, and the replies requested for them. */
export const comparisonTables = `
  -- A reply by all that decided it, so that the same request is not paid for twice.
  CREATE TABLE trial_reply (
    id INTEGER PRIMARY KEY,
    request_key TEXT NOT NULL UNIQUE,
    messages TEXT NOT NULL,
    exemplar_ids TEXT NOT NULL,
    -- JSON: the reply, its pairs or its error, and its tokens
    body TEXT NOT NULL,
    asked_at INTEGER NOT NULL
  ) STRICT;

  -- Requests that are being sent: another comparison, in any process, waits for the reply instead of paying for it too.
  CREATE TABLE trial_request (
    request_key TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    -- milliseconds since 1970 after which it was given up
    until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE comparison (
    id INTEGER PRIMARY KEY,
    -- JSON: a prompt text, and the version that it is
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    settings TEXT NOT NULL,
    blind INTEGER NOT NULL CHECK (blind IN (0, 1)),
    seed INTEGER NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE comparison_item (
    comparison_id INTEGER NOT NULL REFERENCES comparison (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    item_id INTEGER NOT NULL REFERENCES item (id),
    first_reply_id INTEGER REFERENCES trial_reply (id),
    second_reply_id INTEGER REFERENCES trial_reply (id),
    PRIMARY KEY (comparison_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX comparison_item_by_item ON comparison_item (item_id);

  CREATE TABLE comparison_vote (
    comparison_id INTEGER NOT NULL REFERENCES comparison (id) ON DELETE CASCADE,
    item_id INTEGER NOT NULL REFERENCES item (id),
    reviewer TEXT NOT NULL,
    vote TEXT NOT NULL CHECK (vote IN ('first', 'second', 'equal')),
    voted_at INTEGER NOT NULL,
    PRIMARY KEY (comparison_id, item_id, reviewer)
  ) STRICT, WITHOUT ROWID;
`
