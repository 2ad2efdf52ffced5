import { z } from 'zod'
import { indexItems } from '../../src/main/store/recovery/mendSalvaged'
import type { Database } from '../../src/main/store/sql/database'

const namesSchema = z.string().array()

/** Tables and columns that have another name now: new → old. */
const oldNames: Readonly<Record<string, string>> = {
  second_review: 'second_look',
  review_share: 'look_share',
  review_edited: 'look_edited',
  review_flagged: 'look_flagged',
  review_reason: 'look_reason',
  review_kind: 'look_kind',
  review_below_seconds: 'look_below_seconds',
}
const oldNameOf = (name: string) => oldNames[name] ?? name

/** The settings come last: with them, triggers would act on the rows that follow. */
const last = ['quality_settings']

/**
 * Copies all rows of a project of the last old schema, attached as `old`, into an empty one of this schema. Ids stay. Triggers fill the
 * search indexes of pairs and comments.
 * @throws where a table has another number of rows afterwards
 */
export function copyRows(db: Database): void {
  db.pragma('foreign_keys = OFF')
  db.transaction(() => {
    for (const table of tablesOf(db)) copyTable(db, table)
    indexItems(db)
  })()
  db.pragma('foreign_keys = ON')
}

/** Without those of the search indexes. */
function tablesOf(db: Database): string[] {
  const tables = namesSchema.parse(
    db
      .prepare(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`)
      .pluck()
      .all(),
  )
  return [...tables.filter((name) => !last.includes(name)), ...last]
}

const columnsOf = (db: Database, schema: 'main' | 'old', table: string) =>
  namesSchema.parse(db.prepare(`SELECT name FROM pragma_table_info(?, ?) ORDER BY cid`).pluck().all(table, schema))

function copyTable(db: Database, table: string): void {
  const columns = columnsOf(db, 'main', table)
  const from = oldNameOf(table)
  // A trigger has made the rows of some repeated decisions already.
  db.exec(`INSERT OR IGNORE INTO main."${table}" (${columns.join(', ')}) SELECT ${columns.map(oldNameOf).join(', ')} FROM old."${from}"`)
  const [now, before] = [`main."${table}"`, `old."${from}"`].map((name) => db.prepare(`SELECT count(*) FROM ${name}`).pluck().get())
  if (now !== before) throw new Error(`${table}: ${String(before)} rows were there, ${String(now)} were copied`)
}
