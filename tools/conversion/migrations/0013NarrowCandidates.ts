import type { Database } from 'better-sqlite3'

/** Before, moving a turn counted as a verdict of the person who moved it. */
const onlyMoved = `(made.after_turn IS NOT NULL AND made.after_instruction IS NULL AND made.before_state = made.after_state)`

/**
 * Stores the text of a candidate separately from its state, so that a step over many candidates writes few pages (docs/adr/0011). All rows
 * are copied, which takes some seconds for a million.
 */
export function up(db: Database): void {
  db.exec(`
    -- What follows a row of candidate goes with the old table; what reads it is made again below.
    DROP VIEW second_look_due;
    DROP TRIGGER second_look_of_flagged;

    -- instruction and response are the text as it stands; draft_* keep the model's words where they differ.
    CREATE TABLE pair (
      candidate_id INTEGER PRIMARY KEY REFERENCES candidate (id),
      instruction TEXT NOT NULL,
      response TEXT NOT NULL,
      draft_instruction TEXT,
      draft_response TEXT,
      rationale TEXT,
      CHECK ((draft_instruction IS NULL) = (draft_response IS NULL))
    ) STRICT;
    INSERT INTO pair SELECT id, instruction, response, draft_instruction, draft_response, rationale FROM candidate ORDER BY id;
    CREATE INDEX pair_edited ON pair (candidate_id) WHERE draft_instruction IS NOT NULL;

    -- state, reason and decision_id repeat the last decision, so that lists need no look behind; one that only moved a turn does not count.
    CREATE TABLE narrow_candidate (
      id INTEGER PRIMARY KEY,
      item_id INTEGER NOT NULL REFERENCES item (id),
      -- a model's pair has a run and a call, a person's has an author
      run_id INTEGER REFERENCES run (id),
      call_id INTEGER REFERENCES call (id),
      author TEXT,
      state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'accepted', 'edited', 'rejected', 'ignored')),
      reason TEXT,
      decision_id INTEGER REFERENCES decision (id),
      kind TEXT CHECK (kind IN ('conversation', 'detail', 'reasoning')),
      conversation INTEGER,
      turn INTEGER,
      -- the call in whose conversation a person's turn stands; a model's turn stands in that of its own call
      conversation_call_id INTEGER REFERENCES call (id),
      -- the pair that it was split from
      split_from INTEGER REFERENCES candidate (id),
      pinned_at INTEGER,
      pinned_position INTEGER,
      -- kept while the pair is not pinned, so that pinning it again brings it back
      pinned_reason TEXT,
      created_at INTEGER NOT NULL,
      CHECK ((run_id IS NULL) = (call_id IS NULL)),
      CHECK ((run_id IS NULL) = (author IS NOT NULL))
    ) STRICT;
    INSERT INTO narrow_candidate
    SELECT id, item_id, run_id, call_id, author, state, reason, decision_id, kind, conversation, turn, conversation_call_id, split_from,
      pinned_at, pinned_position, pinned_reason, created_at FROM candidate ORDER BY id;
    UPDATE narrow_candidate SET decision_id =
      (SELECT max(made.id) FROM decision AS made WHERE made.candidate_id = narrow_candidate.id AND NOT ${onlyMoved})
    WHERE decision_id IN (SELECT made.id FROM decision AS made WHERE ${onlyMoved});
    DROP TABLE candidate;
    ALTER TABLE narrow_candidate RENAME TO candidate;

    CREATE INDEX candidate_by_item ON candidate (item_id, id);
    CREATE INDEX candidate_by_state ON candidate (state, item_id, id);
    CREATE INDEX candidate_by_run ON candidate (run_id, item_id, id);
    CREATE INDEX candidate_by_run_state ON candidate (run_id, state);
    CREATE INDEX candidate_by_call ON candidate (call_id);
    CREATE INDEX candidate_by_conversation_call ON candidate (conversation_call_id) WHERE conversation_call_id IS NOT NULL;
    CREATE INDEX candidate_by_kind ON candidate (kind, item_id, id) WHERE kind IS NOT NULL;
    CREATE INDEX candidate_by_reason ON candidate (reason) WHERE reason IS NOT NULL;
    CREATE INDEX candidate_approved ON candidate (decision_id) WHERE state IN ('accepted', 'edited');
    CREATE INDEX candidate_judged ON candidate (decision_id) WHERE state IN ('accepted', 'edited', 'rejected');
    CREATE INDEX candidate_pinned ON candidate (pinned_at) WHERE pinned_at IS NOT NULL;
    CREATE INDEX candidate_written ON candidate (item_id, id) WHERE author IS NOT NULL;
    CREATE INDEX candidate_written_by_state ON candidate (state, item_id, id) WHERE author IS NOT NULL;

    CREATE TRIGGER candidate_is_kept BEFORE DELETE ON candidate
    BEGIN SELECT RAISE (ABORT, 'candidates are never deleted'); END;
    CREATE TRIGGER pair_is_kept BEFORE DELETE ON pair
    BEGIN SELECT RAISE (ABORT, 'candidates are never deleted'); END;
    CREATE TRIGGER candidate_text_added AFTER INSERT ON pair BEGIN
      INSERT INTO candidate_text (rowid, instruction, response) VALUES (new.candidate_id, new.instruction, new.response);
    END;
    CREATE TRIGGER candidate_text_changed AFTER UPDATE OF instruction, response ON pair
    WHEN old.instruction IS NOT new.instruction OR old.response IS NOT new.response BEGIN
      INSERT INTO candidate_text (candidate_text, rowid, instruction, response)
        VALUES ('delete', old.candidate_id, old.instruction, old.response);
      INSERT INTO candidate_text (rowid, instruction, response) VALUES (new.candidate_id, new.instruction, new.response);
    END;
    CREATE TRIGGER language_stale_added AFTER UPDATE OF instruction, response ON pair
    WHEN old.instruction IS NOT new.instruction OR old.response IS NOT new.response BEGIN
      INSERT OR IGNORE INTO language_stale (candidate_id) VALUES (new.candidate_id);
    END;
  `)
  db.exec(secondLooks)
  db.exec(`
    DELETE FROM second_look WHERE candidate_id IN (SELECT made.candidate_id FROM decision AS made WHERE ${onlyMoved});
    INSERT INTO second_look
      SELECT * FROM second_look_due WHERE candidate_id IN (SELECT made.candidate_id FROM decision AS made WHERE ${onlyMoved});
  `)
  indexPairs(db)
}

/** As in 0009, but reads the text only to compare two edits, and ignores decisions that only move a turn. */
const secondLooks = `
    CREATE VIEW second_look_due AS
    SELECT judged.id AS candidate_id, judged.item_id,
      CASE
        WHEN EXISTS (SELECT 1 FROM resolution WHERE decision_id = judged.decision_id) THEN 'resolved'
        WHEN second.id IS NULL THEN 'waiting'
        WHEN second.state = judged.state
          AND (second.state <> 'edited' OR EXISTS (SELECT 1 FROM pair WHERE pair.candidate_id = judged.id
                 AND pair.instruction = second.instruction AND pair.response = second.response)) THEN 'agreed'
        ELSE 'disagreement'
      END AS state,
      first.reviewer AS first_reviewer, first.after_state AS first_state, second.reviewer AS second_reviewer, second.state AS second_state
    FROM (
      SELECT candidate.*,
        (SELECT made.id FROM decision AS made
         WHERE made.candidate_id = candidate.id AND made.kind <> 'undo' AND NOT ${onlyMoved}
           AND NOT EXISTS (SELECT 1 FROM resolution WHERE decision_id = made.id)
           AND NOT EXISTS (SELECT 1 FROM decision AS undone
                           WHERE undone.candidate_id = made.candidate_id AND undone.kind = 'undo' AND undone.target_id = made.id)
         ORDER BY made.id DESC LIMIT 1) AS first_id,
        (SELECT given.id FROM side_verdict AS given
         WHERE given.candidate_id = candidate.id AND given.purpose = 'second' AND given.withdrawn = 0
         ORDER BY given.id DESC LIMIT 1) AS second_id
      FROM candidate WHERE candidate.state IN ('accepted', 'edited', 'rejected')
    ) AS judged
    JOIN decision AS first ON first.id = judged.first_id
    LEFT JOIN side_verdict AS second ON second.id = judged.second_id AND second.reviewer <> first.reviewer
    LEFT JOIN quality_settings AS rule ON rule.id = 1
    WHERE second.id IS NOT NULL
      OR (((judged.id & 2147483647) * 2654435761) & 4294967295) < rule.look_share * 4294967296
      OR (rule.look_edited AND judged.state = 'edited')
      OR (rule.look_flagged AND EXISTS (SELECT 1 FROM flag WHERE flag.candidate_id = judged.id))
      OR judged.kind = rule.look_kind
      OR first.seconds < rule.look_below_seconds
      OR (judged.state = 'rejected' AND rule.look_reason IS NOT NULL AND (
        instr(char(10) || judged.reason || char(10), char(10) || rule.look_reason || char(10)) > 0
        OR instr(char(10) || judged.reason, char(10) || rule.look_reason || ': ') > 0));

    CREATE TRIGGER second_look_follows AFTER UPDATE OF decision_id ON candidate
    WHEN EXISTS (SELECT 1 FROM quality_settings) OR EXISTS (SELECT 1 FROM second_look WHERE candidate_id = new.id)
    BEGIN
      DELETE FROM second_look WHERE candidate_id = new.id;
      INSERT INTO second_look SELECT * FROM second_look_due WHERE candidate_id = new.id;
    END;
    CREATE TRIGGER second_look_of_flagged AFTER INSERT ON flag
    WHEN EXISTS (SELECT 1 FROM quality_settings WHERE look_flagged)
    BEGIN
      DELETE FROM second_look WHERE candidate_id = new.candidate_id;
      INSERT INTO second_look SELECT * FROM second_look_due WHERE candidate_id = new.candidate_id;
    END;
  `

/** Keeps the word index and only changes the source of its texts, by the method of 0008. */
function indexPairs(db: Database): void {
  const version = Number(db.pragma('schema_version', { simple: true }))
  db.unsafeMode(true)
  try {
    db.pragma('writable_schema = ON')
    db.prepare(
      `UPDATE sqlite_schema SET sql = replace(replace(sql, 'content = ''candidate''', 'content = ''pair'''),
         'content_rowid = ''id''', 'content_rowid = ''candidate_id''') WHERE type = 'table' AND name = 'candidate_text'`,
    ).run()
    db.pragma(`schema_version = ${version + 1}`)
  } finally {
    db.pragma('writable_schema = RESET')
    db.unsafeMode(false)
  }
}
