import { z } from 'zod'
import { saveReasons } from '../../src/main/store/decisions/reasons'
import { indexItems } from '../../src/main/store/recovery/repairSalvaged'
import type { WritableDb } from '../../src/main/store/sql/types'

const namesSchema = z.string().array()

/** Renamed tables and columns: new → old. */
const oldNames: Readonly<Record<string, string>> = {
  second_review: 'second_look',
  review_share: 'look_share',
  review_edited: 'look_edited',
  review_flagged: 'look_flagged',
  review_reason: 'look_reason',
  review_kind: 'look_kind',
  review_below_seconds: 'look_below_seconds',
}
/** New columns, and texts that are now stored as rows. */
const oldValues: Readonly<Record<string, string>> = {
  record_id: 'NULL',
  unused_fields: 'NULL',
  text_version: '1',
  reason_list_id: `(SELECT list_id FROM temp.known_reasons WHERE text = reason)`,
  before_reason_list_id: `(SELECT list_id FROM temp.known_reasons WHERE text = before_reason)`,
}
const oldNameOf = (name: string) => oldValues[name] ?? oldNames[name] ?? name

/** Tables of features that did not exist before. */
const newTables = [
  ...[
    'prompt_label',
    'trial_reply',
    'trial_request',
    'comparison',
    'comparison_item',
    'comparison_vote',
    'media_fingerprint',
    'imported_record',
  ],
  ...[
    'snapshot',
    'deleted_snapshot',
    'snapshot_text',
    'snapshot_item',
    'snapshot_medium',
    'snapshot_pair',
    'snapshot_run',
    'snapshot_card',
  ],
]

/** Tables that are filled from texts of other tables, or on demand. */
const withoutOldRows = new Set([
  'reason',
  'reason_list',
  'mark_step_candidate',
  'counted',
  'left_out_item',
  'item_step',
  'item_step_item',
  ...newTables,
])

/** Copied last: with the settings in place, triggers would act on the rows that follow. */
const last = ['quality_settings']

/**
 * Copies all rows of a project of the last old schema, attached as `old`, into an empty project of the current schema. Ids stay. Triggers
 * fill the search indexes of pairs and comments.
 * @throws if the number of rows of a table differs afterwards
 */
export function copyRows(db: WritableDb): void {
  db.pragma('foreign_keys = OFF')
  db.transaction(() => {
    copyReasons(db)
    for (const table of tablesOf(db)) if (!withoutOldRows.has(table)) copyTable(db, table)
    db.exec(
      `INSERT OR IGNORE INTO mark_step_candidate (step_id, candidate_id) SELECT step.id, value FROM old.mark_step AS step, json_each(candidate_ids) ORDER BY 1, 2`,
    )
    indexItems(db)
  })()
  db.pragma('foreign_keys = ON')
}

/** Copies reasons, which used to be lines of one text. */
function copyReasons(db: WritableDb): void {
  db.exec(`CREATE TEMP TABLE known_reasons (text TEXT PRIMARY KEY, list_id INTEGER) WITHOUT ROWID`)
  const texts = db.prepare(
    `SELECT reason FROM old.decision WHERE reason IS NOT NULL UNION SELECT before_reason FROM old.decision WHERE before_reason IS NOT NULL
     UNION SELECT reason FROM old.candidate WHERE reason IS NOT NULL UNION SELECT reason FROM old.side_verdict WHERE reason IS NOT NULL`,
  )
  const insert = db.prepare(`INSERT INTO known_reasons (text, list_id) VALUES (?, ?)`)
  for (const text of namesSchema.parse(texts.pluck().all())) insert.run(text, saveReasons(db, text))
}

/** Lists the tables except those of the search indexes. */
function tablesOf(db: WritableDb): string[] {
  const tables = namesSchema.parse(
    db
      .prepare(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`)
      .pluck()
      .all(),
  )
  return [...tables.filter((name) => !last.includes(name)), ...last]
}

const columnsOf = (db: WritableDb, schema: 'main' | 'old', table: string) =>
  namesSchema.parse(db.prepare(`SELECT name FROM pragma_table_info(?, ?) ORDER BY cid`).pluck().all(table, schema))

function copyTable(db: WritableDb, table: string): void {
  const columns = columnsOf(db, 'main', table)
  const from = oldNameOf(table)
  // A trigger has already created the rows of some repeated decisions.
  db.exec(`INSERT OR IGNORE INTO main."${table}" (${columns.join(', ')}) SELECT ${columns.map(oldNameOf).join(', ')} FROM old."${from}"`)
  const [now, before] = [`main."${table}"`, `old."${from}"`].map((name) => db.prepare(`SELECT count(*) FROM ${name}`).pluck().get())
  if (now !== before) throw new Error(`${table}: ${String(before)} rows were there, ${String(now)} were copied`)
}
