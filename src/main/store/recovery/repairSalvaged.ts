import { z } from 'zod'
import { contextSchema, defaultGenerationSettings } from '../../../shared/domain'
import type { WritableDb } from '../sql/types'
import { encodeContext } from '../library/items'
import { keptDraft } from '../decisions/bulkDecisions'
import { lastEdits, olderThanEdit } from '../decisions/decisionHistory'
import { mendReasons } from '../decisions/reasons'
import { onlyMoves } from '../decisions/decisionStacks'
import { getGenerationSettings, saveGenerationSettings } from '../project/project'

const referenceSchema = z.object({ table: z.string(), from: z.string(), to: z.string().nullable() }).array()
const columnSchema = z.object({ name: z.string(), notnull: z.number(), pk: z.number() }).array()
const maxRounds = 20

const lastVerdict = `(SELECT max(made.id) FROM decision AS made WHERE made.candidate_id = candidate.id AND NOT ${onlyMoves('made').sql})`

/**
 * Restores texts of pairs that are lost, or older than the last edit because they come from a backup or an orphaned page: decisions hold
 * the text before and after each edit. The version of such a text is unknown, so it gets one that no snapshot refers to; otherwise a later
 * change could be mistaken for the text in a snapshot.
 */
const texts = [
  `INSERT INTO pair (candidate_id, instruction, response, text_version)
   SELECT candidate.id, edit.before_instruction, edit.before_response, 0 FROM candidate
   JOIN decision AS edit ON edit.id = (SELECT min(id) FROM decision WHERE candidate_id = candidate.id AND before_instruction IS NOT NULL)
   WHERE candidate.id NOT IN (SELECT candidate_id FROM pair)`,
  `CREATE TEMP TABLE held_version (candidate_id INTEGER PRIMARY KEY, newest INTEGER)`,
  `INSERT INTO held_version SELECT candidate_id, max(text_version) FROM snapshot_pair GROUP BY candidate_id`,
  `INSERT OR IGNORE INTO snapshot_text (candidate_id, text_version, instruction, response, draft_instruction, draft_response, rationale)
   SELECT candidate_id, text_version, instruction, response, draft_instruction, draft_response, rationale
   FROM pair JOIN held_version USING (candidate_id)
   WHERE text_version > 0 AND (text_version < newest OR candidate_id IN (${olderThanEdit}))`,
  `UPDATE pair SET instruction = made.after_instruction, response = made.after_response, text_version = 0,
     draft_instruction = ${keptDraft('instruction').sql}, draft_response = ${keptDraft('response').sql}
   FROM decision AS made WHERE made.id IN (${lastEdits}) AND pair.candidate_id = made.candidate_id AND pair.candidate_id IN (${olderThanEdit})`,
  `UPDATE pair SET text_version = newest + 1 FROM held_version WHERE held_version.candidate_id = pair.candidate_id AND text_version < newest`,
  `UPDATE pair SET text_version = 1 WHERE text_version = 0`,
  `DROP TABLE temp.held_version`,
]

/** Recomputes data that is derived from other rows. */
const repeated = [
  `UPDATE candidate SET decision_id = ${lastVerdict} WHERE decision_id IS NOT ${lastVerdict}`,
  `UPDATE candidate SET state = coalesce((SELECT after_state FROM decision WHERE id = decision_id), 'pending'),
     reason_list_id = (SELECT reason_list_id FROM decision WHERE id = decision_id)
   WHERE state <> coalesce((SELECT after_state FROM decision WHERE id = decision_id), 'pending')`,
  `UPDATE run SET done = (SELECT count(*) FROM call WHERE run_id = run.id AND state = 'succeeded'),
     failed = (SELECT count(*) FROM call WHERE run_id = run.id AND state = 'failed'),
     candidates = (SELECT count(*) FROM candidate WHERE run_id = run.id)`,
  `INSERT INTO context (item_id, body) SELECT id, '{}' FROM item WHERE id NOT IN (SELECT item_id FROM context)`,
  `INSERT INTO second_review SELECT * FROM second_review_due`,
  `INSERT OR IGNORE INTO language_stale (candidate_id) SELECT id FROM candidate WHERE id NOT IN (SELECT candidate_id FROM candidate_language)`,
  `INSERT INTO candidate_text (candidate_text) VALUES ('rebuild')`,
  `INSERT INTO comment_text (comment_text) VALUES ('rebuild')`,
]

/**
 * Turns the rows read from a damaged project into a consistent project: references to lost rows are cleared or their rows deleted, and
 * derived data is recomputed. Call it without triggers. @returns number of rows deleted
 */
export function repairSalvaged(db: WritableDb): number {
  return db.transaction(() => {
    for (const sql of texts) db.exec(sql)
    let leftOut = 0
    for (let round = 0, changed = 1; changed > 0 && round < maxRounds; round++) {
      const deleted = deleteOrphans(db)
      leftOut += deleted.deleted
      changed = deleted.deleted + deleted.freed
    }
    for (const sql of repeated) db.exec(sql)
    mendReasons(db)
    repairSettings(db)
    indexItems(db)
    return leftOut
  })()
}

function deleteOrphans(db: WritableDb): { deleted: number; freed: number } {
  const tables = z
    .string()
    .array()
    .parse(db.prepare(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'`).pluck().all())
  let freed = 0
  let deleted = db.prepare(`DELETE FROM candidate WHERE id NOT IN (SELECT candidate_id FROM pair)`).run().changes
  deleted += db
    .prepare(
      `DELETE FROM candidate WHERE EXISTS (SELECT 1 FROM call WHERE call.id = candidate.call_id
         AND (call.state <> 'succeeded' OR call.item_id <> candidate.item_id OR call.run_id <> candidate.run_id))`,
    )
    .run().changes
  for (const table of tables) {
    const columns = columnSchema.parse(db.prepare(`SELECT name, "notnull", pk FROM pragma_table_info(?)`).all(table))
    const references = referenceSchema.parse(db.prepare(`SELECT "table", "from", "to" FROM pragma_foreign_key_list(?)`).all(table))
    for (const { table: parent, from, to } of references) {
      const loose = `"${from}" IS NOT NULL AND "${from}" NOT IN (SELECT "${to ?? 'id'}" FROM "${parent}")`
      const column = columns.find(({ name }) => name === from)
      if (column && column.notnull === 0 && column.pk === 0)
        freed += tryRun(db, `UPDATE OR IGNORE "${table}" SET "${from}" = NULL WHERE ${loose}`)
      deleted += db.prepare(`DELETE FROM "${table}" WHERE ${loose}`).run().changes
    }
  }
  return { deleted, freed }
}

/** A column may be required together with another one: then the row is deleted. */
function tryRun(db: WritableDb, sql: string): number {
  try {
    return db.prepare(sql).run().changes
  } catch {
    return 0
  }
}

/** Garbled settings would prevent runs from starting. */
function repairSettings(db: WritableDb): void {
  try {
    getGenerationSettings(db)
  } catch {
    saveGenerationSettings(db, defaultGenerationSettings)
  }
}

const itemSchema = z.tuple([z.number(), z.string(), z.string()])

/** Rebuilds the index of the items' texts. */
export function indexItems(db: WritableDb): void {
  db.exec(`DELETE FROM item_text`)
  const insert = db.prepare(`INSERT INTO item_text (rowid, text) VALUES (?, ?)`)
  const rows = db.prepare(`SELECT id, source_id, body FROM item JOIN context ON item_id = id`).raw().all()
  for (const row of rows) {
    const [id, sourceId, body] = itemSchema.parse(row)
    insert.run(id, encodeContext(sourceId, readContext(body)).text)
  }
}

function readContext(body: string): z.output<typeof contextSchema> {
  try {
    return contextSchema.parse(JSON.parse(body))
  } catch {
    return {} // reported by the doctor
  }
}
