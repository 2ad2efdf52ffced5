import type { Database } from 'better-sqlite3'

/** Pairs that people write, the forms that they type in, and turns that are moved. */
export function up(db: Database): void {
  db.exec(`
    -- who wrote the pair, where no model drafted it; it has no run and no call then
    ALTER TABLE candidate ADD COLUMN author TEXT;
    -- the pair that it was split from
    ALTER TABLE candidate ADD COLUMN split_from INTEGER REFERENCES candidate (id);
    -- the call in whose conversation a person's turn stands; a model's turn stands in that of its own call
    ALTER TABLE candidate ADD COLUMN conversation_call_id INTEGER REFERENCES call (id);

    -- a turn's place in its conversation, where a decision moved it
    ALTER TABLE decision ADD COLUMN before_turn INTEGER;
    ALTER TABLE decision ADD COLUMN after_turn INTEGER;

    -- what is typed in a form and not sent yet: for a pair of one's own by item, for the halves of a split by candidate
    CREATE TABLE typed_pair (
      form TEXT NOT NULL CHECK (form IN ('own', 'split')),
      subject_id INTEGER NOT NULL,
      reviewer TEXT NOT NULL,
      body TEXT NOT NULL,
      saved_at INTEGER NOT NULL,
      PRIMARY KEY (form, subject_id, reviewer)
    ) STRICT, WITHOUT ROWID;
  `)
  letPeopleWrite(db)
  db.exec(`
    CREATE INDEX candidate_written ON candidate (item_id, id) WHERE author IS NOT NULL;
    CREATE INDEX candidate_written_by_state ON candidate (state, item_id, id) WHERE author IS NOT NULL;
    CREATE INDEX candidate_by_conversation_call ON candidate (conversation_call_id) WHERE conversation_call_id IS NOT NULL;
  `)
}

/** Parts of the definition of `candidate`: original → replacement. */
const changes = [
  ['run_id INTEGER NOT NULL REFERENCES run (id)', 'run_id INTEGER REFERENCES run (id)'],
  ['call_id INTEGER NOT NULL REFERENCES call (id)', 'call_id INTEGER REFERENCES call (id)'],
  [
    'CHECK ((draft_instruction IS NULL) = (draft_response IS NULL))',
    `CHECK ((draft_instruction IS NULL) = (draft_response IS NULL)),
      CHECK ((run_id IS NULL) = (call_id IS NULL)),
      CHECK ((run_id IS NULL) = (author IS NOT NULL))`,
  ],
] as const

/**
 * A pair has a run and a call, or an author. The rows stay unchanged, even a million of them: only the text of the table's definition
 * changes, by the method of https://www.sqlite.org/lang_altertable.html#otheralter for removing a NOT NULL constraint.
 */
function letPeopleWrite(db: Database): void {
  const sql = changes.reduce((text, [from, to]) => `replace(${text}, '${from}', '${to}')`, 'sql')
  const version = Number(db.pragma('schema_version', { simple: true }))
  db.unsafeMode(true)
  try {
    db.pragma('writable_schema = ON')
    db.prepare(`UPDATE sqlite_schema SET sql = ${sql} WHERE type = 'table' AND name = 'candidate'`).run()
    db.pragma(`schema_version = ${version + 1}`)
  } finally {
    db.pragma('writable_schema = RESET')
    db.unsafeMode(false)
  }
}
