import type { Database } from 'better-sqlite3'

/**
 * Second reviews, attention checks, drafts by reviewer. Verdicts that are not decisions of the project are in a separate table, and checks
 * are not candidates: code that reads `candidate` or `decision` never sees them (docs/adr/0009).
 */
export function up(db: Database): void {
  db.exec(`
    CREATE TABLE quality_settings (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      look_share REAL NOT NULL,
      look_edited INTEGER NOT NULL,
      look_flagged INTEGER NOT NULL,
      look_reason TEXT,
      look_kind TEXT,
      look_below_seconds REAL,
      blind INTEGER NOT NULL,
      check_share REAL NOT NULL,
      check_seed INTEGER NOT NULL,
      export_waiting INTEGER NOT NULL
    ) STRICT;

    -- Second verdicts, and verdicts on attention checks. They stand on the reviewer's stacks of undo and redo above the decisions
    -- named: the tops of those stacks when they were put there.
    CREATE TABLE side_verdict (
      id INTEGER PRIMARY KEY,
      candidate_id INTEGER NOT NULL REFERENCES candidate (id),
      purpose TEXT NOT NULL CHECK (purpose IN ('second', 'check')),
      reviewer TEXT NOT NULL,
      verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'edit', 'reject', 'ignore')),
      state TEXT NOT NULL CHECK (state IN ('accepted', 'edited', 'rejected', 'ignored')),
      reason TEXT,
      instruction TEXT NOT NULL,
      response TEXT NOT NULL,
      seconds REAL,
      withdrawn INTEGER NOT NULL DEFAULT 0,
      stack TEXT CHECK (stack IN ('undo', 'redo')),
      undo_above INTEGER,
      redo_above INTEGER,
      decided_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX side_verdict_by_candidate ON side_verdict (candidate_id, purpose, id);
    CREATE INDEX side_verdict_by_reviewer ON side_verdict (reviewer, purpose, id);
    CREATE INDEX side_verdict_stack ON side_verdict (reviewer, stack, id) WHERE stack IS NOT NULL;

    -- Final decisions between two verdicts that differ.
    CREATE TABLE resolution (decision_id INTEGER PRIMARY KEY REFERENCES decision (id)) STRICT;
    CREATE TRIGGER resolution_done_again AFTER INSERT ON decision WHEN new.kind = 'redo' BEGIN
      INSERT INTO resolution (decision_id) SELECT new.id FROM decision AS undone
        JOIN resolution ON resolution.decision_id = undone.target_id WHERE undone.id = new.target_id;
    END;

    CREATE TABLE second_look (
      candidate_id INTEGER PRIMARY KEY REFERENCES candidate (id),
      item_id INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'agreed', 'disagreement', 'resolved')),
      first_reviewer TEXT NOT NULL,
      first_state TEXT NOT NULL,
      second_reviewer TEXT,
      second_state TEXT
    ) STRICT;
    CREATE INDEX second_look_queue ON second_look (state, item_id, candidate_id, first_reviewer);
    CREATE INDEX second_look_count ON second_look (state, first_reviewer, first_state);
    CREATE INDEX second_look_by_first ON second_look (first_reviewer, first_state, second_state) WHERE second_state IS NOT NULL;
    CREATE INDEX second_look_by_second ON second_look (second_reviewer, first_state, second_state) WHERE second_state IS NOT NULL;
    CREATE INDEX second_look_agreement ON second_look (first_state, second_state) WHERE second_state IS NOT NULL;

    -- The second looks as decisions and settings would have them; second_look is what this view said last. The share is drawn by
    -- multiplicative hashing of the id (Knuth, The Art of Computer Programming 3, 6.4), so that it is the same everywhere.
    CREATE VIEW second_look_due AS
    SELECT judged.id AS candidate_id, judged.item_id,
      CASE
        WHEN EXISTS (SELECT 1 FROM resolution WHERE decision_id = judged.decision_id) THEN 'resolved'
        WHEN second.id IS NULL THEN 'waiting'
        WHEN second.state = judged.state
          AND (second.state <> 'edited' OR (second.instruction = judged.instruction AND second.response = judged.response)) THEN 'agreed'
        ELSE 'disagreement'
      END AS state,
      first.reviewer AS first_reviewer, first.after_state AS first_state, second.reviewer AS second_reviewer, second.state AS second_state
    FROM (
      SELECT candidate.*,
        (SELECT made.id FROM decision AS made
         WHERE made.candidate_id = candidate.id AND made.kind <> 'undo'
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

    -- A known-bad text that one reviewer is shown in the place of a pending pair. It is never a candidate.
    CREATE TABLE attention_check (
      candidate_id INTEGER NOT NULL REFERENCES candidate (id),
      reviewer TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('foreign', 'colour', 'number', 'object', 'negation')),
      instruction TEXT NOT NULL,
      response TEXT NOT NULL,
      -- the part of the response that is wrong
      false_words TEXT NOT NULL,
      outcome TEXT CHECK (outcome IN ('caught', 'missed', 'passed')),
      -- what the reviewer typed and put on it, kept apart from the pair's own
      draft TEXT,
      marks TEXT,
      made_at INTEGER NOT NULL,
      -- from then on the reviewer is shown the pair itself
      closed_at INTEGER,
      PRIMARY KEY (candidate_id, reviewer)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX attention_check_open ON attention_check (reviewer, candidate_id) WHERE closed_at IS NULL;
    CREATE INDEX attention_check_outcome ON attention_check (reviewer, outcome) WHERE outcome IS NOT NULL;

    -- One's own decisions, those made in one step over many pairs left out.
    CREATE INDEX decision_by_hand ON decision (reviewer, id) WHERE batch_id IS NULL;

    -- Drafts by reviewer; who typed the earlier ones is not known.
    CREATE TABLE draft_by_reviewer (
      candidate_id INTEGER NOT NULL REFERENCES candidate (id),
      reviewer TEXT NOT NULL,
      instruction TEXT NOT NULL,
      response TEXT NOT NULL,
      saved_at INTEGER NOT NULL,
      PRIMARY KEY (candidate_id, reviewer)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO draft_by_reviewer SELECT candidate_id, '', instruction, response, saved_at FROM draft;
    DROP TABLE draft;
    ALTER TABLE draft_by_reviewer RENAME TO draft;
  `)
}
