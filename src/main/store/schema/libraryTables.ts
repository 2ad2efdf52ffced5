/** Items, their media and contexts. */
export const libraryTables = `
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
    duration_ms INTEGER,
    problem TEXT,
    created_at INTEGER NOT NULL
  ) STRICT;

  -- What images look like, to find those that are nearly identical; made when it is first needed, null where an image does not decode.
  CREATE TABLE media_fingerprint (
    media_id INTEGER PRIMARY KEY REFERENCES media (id) ON DELETE CASCADE,
    -- two halves of 32 bits
    high INTEGER,
    low INTEGER,
    -- the mean colors of a grid of 4 × 4 cells, as bytes of red, green and blue
    colors BLOB,
    CHECK ((high IS NULL) = (low IS NULL) AND (high IS NULL) = (colors IS NULL))
  ) STRICT;

  CREATE TABLE item (
    id INTEGER PRIMARY KEY,
    source_id TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
  ) STRICT;

  -- Excluded items are seen in the library, deleted ones are not; neither takes part in runs, queues and exports (docs/adr/0032).
  CREATE TABLE left_out_item (
    item_id INTEGER PRIMARY KEY REFERENCES item (id),
    standing TEXT NOT NULL CHECK (standing IN ('excluded', 'deleted'))
  ) STRICT;

  -- Steps that excluded, deleted or included items, so that their reviewer can take them back.
  CREATE TABLE item_step (
    id INTEGER PRIMARY KEY,
    reviewer TEXT NOT NULL,
    taken_back INTEGER NOT NULL DEFAULT 0 CHECK (taken_back IN (0, 1)),
    made_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX item_step_by_reviewer ON item_step (reviewer, taken_back, id);

  CREATE TABLE item_step_item (
    step_id INTEGER NOT NULL REFERENCES item_step (id),
    item_id INTEGER NOT NULL REFERENCES item (id),
    before TEXT NOT NULL CHECK (before IN ('included', 'excluded', 'deleted')),
    after TEXT NOT NULL CHECK (after IN ('included', 'excluded', 'deleted')),
    PRIMARY KEY (step_id, item_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE item_media (
    item_id INTEGER NOT NULL REFERENCES item (id),
    position INTEGER NOT NULL,
    media_id INTEGER NOT NULL REFERENCES media (id),
    PRIMARY KEY (item_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX item_media_by_media ON item_media (media_id);

  CREATE TABLE missing_media (
    item_id INTEGER NOT NULL REFERENCES item (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (item_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX missing_media_by_name ON missing_media (name);

  CREATE TABLE context (
    item_id INTEGER PRIMARY KEY REFERENCES item (id),
    body TEXT NOT NULL
  ) STRICT;

  CREATE VIRTUAL TABLE item_text USING fts5 (text, content = '', contentless_delete = 1);

  -- What embedding models make of items' contexts.
  CREATE TABLE item_embedding (
    item_id INTEGER NOT NULL REFERENCES item (id),
    model TEXT NOT NULL,
    -- 32-bit floats, little-endian, of length 1 together
    vector BLOB NOT NULL,
    PRIMARY KEY (item_id, model)
  ) STRICT;

  -- Which image an id of an export stands for, so that it never stands for another one later (docs/adr/0021).
  CREATE TABLE image_id (
    -- without the prefix of the set
    name TEXT PRIMARY KEY,
    -- a hash of what the image shows and of whose it is
    owner BLOB NOT NULL UNIQUE
  ) STRICT, WITHOUT ROWID;
`
