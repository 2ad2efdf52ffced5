const immutable = (table: string, isNeeded: string) => `
  CREATE TRIGGER ${table}_is_immutable BEFORE UPDATE ON ${table}
  BEGIN SELECT RAISE (ABORT, 'snapshots are immutable'); END;
  CREATE TRIGGER ${table}_is_kept BEFORE DELETE ON ${table} WHEN ${isNeeded}
  BEGIN SELECT RAISE (ABORT, 'snapshots are immutable'); END;`

const ofSnapshot = `EXISTS (SELECT 1 FROM snapshot WHERE id = old.snapshot_id)`

/** Condition: a snapshot has a pair of the item that refers to the row to be deleted. */
const ofPair = (itemId: string, condition: string) =>
  `EXISTS (SELECT 1 FROM snapshot CROSS JOIN snapshot_pair ON snapshot_id = snapshot.id AND item_id = ${itemId} AND ${condition})`

/**
 * Snapshots: named sets of pairs in their state at that time (docs/adr/0035). A snapshot is stored with its pairs in one transaction, its
 * own row last: from then on nothing can be added to it. It can only be deleted as a whole, its row first, after an entry in
 * deleted_snapshot.
 */
export const snapshotTables = `
  CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    -- JSON, as the shares of the splits, the recipe and the facts
    filter TEXT NOT NULL,
    shares TEXT NOT NULL,
    seed INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    -- what an export takes from the project's own recipe, which can be changed
    recipe TEXT NOT NULL,
    facts TEXT NOT NULL
  ) STRICT;
${immutable('snapshot', `NOT EXISTS (SELECT 1 FROM deleted_snapshot WHERE id = old.id)`)}

  -- Who deleted which snapshot: exports made from it name it, and its id is not given to another.
  CREATE TABLE deleted_snapshot (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    deleted_at INTEGER NOT NULL,
    deleted_by TEXT NOT NULL
  ) STRICT;

  -- Texts of pairs that snapshots hold and that were changed since. All others are those in pair.
  CREATE TABLE snapshot_text (
    candidate_id INTEGER NOT NULL REFERENCES candidate (id),
    text_version INTEGER NOT NULL,
    instruction TEXT NOT NULL,
    response TEXT NOT NULL,
    draft_instruction TEXT,
    draft_response TEXT,
    rationale TEXT,
    PRIMARY KEY (candidate_id, text_version)
  ) STRICT, WITHOUT ROWID;
${immutable(
  'snapshot_text',
  ofPair(
    `(SELECT item_id FROM candidate WHERE id = old.candidate_id)`,
    `candidate_id = old.candidate_id AND text_version = old.text_version`,
  ),
)}

  -- Items with their context and media; shared in the same way.
  CREATE TABLE snapshot_item (
    id INTEGER PRIMARY KEY,
    item_id INTEGER NOT NULL REFERENCES item (id),
    -- positions and hashes of its media, and positions and names of missing ones, to be compared
    media TEXT NOT NULL,
    context TEXT NOT NULL
  ) STRICT;
  CREATE INDEX snapshot_item_by_item ON snapshot_item (item_id);
${immutable('snapshot_item', ofPair('old.item_id', 'snapshot_item_id = old.id'))}

  CREATE TABLE snapshot_medium (
    snapshot_item_id INTEGER NOT NULL REFERENCES snapshot_item (id),
    position INTEGER NOT NULL,
    -- one that was missing has a name only
    media_id INTEGER REFERENCES media (id),
    missing_name TEXT,
    PRIMARY KEY (snapshot_item_id, position),
    CHECK ((media_id IS NULL) = (missing_name IS NOT NULL))
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX snapshot_medium_by_media ON snapshot_medium (media_id) WHERE media_id IS NOT NULL;
${immutable(
  'snapshot_medium',
  ofPair(`(SELECT item_id FROM snapshot_item WHERE id = old.snapshot_item_id)`, `snapshot_item_id = old.snapshot_item_id`),
)}

  -- Rejected pairs are kept beside the approved ones, as negative examples. A million rows of this table are written at once: no CHECK
  -- looks at their state, which is that of the decision, and their split.
  CREATE TABLE snapshot_pair (
    snapshot_id INTEGER NOT NULL REFERENCES snapshot (id) DEFERRABLE INITIALLY DEFERRED,
    item_id INTEGER NOT NULL REFERENCES item (id),
    candidate_id INTEGER NOT NULL REFERENCES candidate (id),
    text_version INTEGER NOT NULL,
    snapshot_item_id INTEGER NOT NULL REFERENCES snapshot_item (id),
    decision_id INTEGER NOT NULL REFERENCES decision (id),
    state TEXT NOT NULL,
    -- the place in its conversation, which can be changed
    turn INTEGER,
    split TEXT NOT NULL,
    PRIMARY KEY (snapshot_id, item_id, candidate_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER snapshot_pair_is_complete BEFORE INSERT ON snapshot_pair
  WHEN EXISTS (SELECT 1 FROM snapshot WHERE id = new.snapshot_id)
  BEGIN SELECT RAISE (ABORT, 'snapshots are immutable'); END;
${immutable('snapshot_pair', ofSnapshot)}
  CREATE TRIGGER snapshot_text_is_kept_aside BEFORE UPDATE ON pair
  WHEN EXISTS (SELECT 1 FROM snapshot CROSS JOIN snapshot_pair ON snapshot_id = snapshot.id AND candidate_id = old.candidate_id
    AND item_id = (SELECT item_id FROM candidate WHERE id = old.candidate_id) AND text_version = old.text_version)
  BEGIN
    INSERT OR IGNORE INTO snapshot_text (candidate_id, text_version, instruction, response, draft_instruction, draft_response, rationale)
      VALUES (old.candidate_id, old.text_version, old.instruction, old.response, old.draft_instruction, old.draft_response, old.rationale);
  END;

  -- Settings of the runs that drafted the pairs: resuming a run can change them.
  CREATE TABLE snapshot_run (
    snapshot_id INTEGER NOT NULL REFERENCES snapshot (id) DEFERRABLE INITIALLY DEFERRED,
    run_id INTEGER NOT NULL REFERENCES run (id),
    settings TEXT NOT NULL,
    PRIMARY KEY (snapshot_id, run_id)
  ) STRICT, WITHOUT ROWID;
${immutable('snapshot_run', ofSnapshot)}

  -- What the lead made of the card of a snapshot, which is about its pairs and no part of them: it can be changed.
  CREATE TABLE snapshot_card (
    snapshot_id INTEGER PRIMARY KEY REFERENCES snapshot (id),
    text TEXT NOT NULL,
    saved_by TEXT NOT NULL,
    saved_at INTEGER NOT NULL
  ) STRICT;
`
