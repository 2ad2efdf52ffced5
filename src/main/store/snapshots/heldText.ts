import sql, { raw, type Sql } from 'sql-template-tag'

/** Joins the text of the pair `held` of a snapshot: `pair` has it unless it was changed since, `kept` has it then. */
export const joinHeldText: Sql = sql`CROSS JOIN pair ON pair.candidate_id = held.candidate_id
  LEFT JOIN snapshot_text AS kept ON kept.candidate_id = held.candidate_id AND kept.text_version = held.text_version`

type TextColumn = 'instruction' | 'response' | 'draft_instruction' | 'draft_response' | 'rationale'

/** A part of the text that `joinHeldText` found. */
export const heldPart = (column: TextColumn): Sql => raw(`iif(kept.candidate_id IS NULL, pair.${column}, kept.${column})`)

/** The same under its own name. */
export const heldText = (column: TextColumn): Sql => sql`${heldPart(column)} AS ${raw(column)}`

const parts = (table: string) =>
  `json_array(${table}.instruction, ${table}.response, ${table}.draft_instruction, ${table}.draft_response, ${table}.rationale)`

/** The whole text of a pair of a snapshot, as one value to compare. @param held the name of the table of pairs */
export const wholeText = (held: string): Sql =>
  raw(`coalesce(
    (SELECT ${parts('kept')} FROM snapshot_text AS kept WHERE kept.candidate_id = ${held}.candidate_id AND kept.text_version = ${held}.text_version),
    (SELECT ${parts('pair')} FROM pair WHERE pair.candidate_id = ${held}.candidate_id))`)
