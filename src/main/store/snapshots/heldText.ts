import sql, { raw, type Sql } from 'sql-template-tag'

/** Joins the text of the pair `held` of a snapshot: from `pair` unless it was changed since, else from `kept`. */
export const joinHeldText: Sql = sql`CROSS JOIN pair ON pair.candidate_id = held.candidate_id
  LEFT JOIN snapshot_text AS kept ON kept.candidate_id = held.candidate_id AND kept.text_version = held.text_version`

type TextColumn = 'instruction' | 'response' | 'draft_instruction' | 'draft_response' | 'rationale'

/** Selects a column of the text joined by `joinHeldText`. */
export const heldPart = (column: TextColumn): Sql => raw(`iif(kept.candidate_id IS NULL, pair.${column}, kept.${column})`)

/** Selects a column of the text under its own name. */
export const heldText = (column: TextColumn): Sql => sql`${heldPart(column)} AS ${raw(column)}`

const parts = (table: string) =>
  `json_array(${table}.instruction, ${table}.response, ${table}.draft_instruction, ${table}.draft_response, ${table}.rationale)`

/** Selects the whole text of a pair of a snapshot, as one value to compare. @param held alias of the table of pairs */
export const wholeText = (held: string): Sql =>
  raw(`coalesce(
    (SELECT ${parts('kept')} FROM snapshot_text AS kept WHERE kept.candidate_id = ${held}.candidate_id AND kept.text_version = ${held}.text_version),
    (SELECT ${parts('pair')} FROM pair WHERE pair.candidate_id = ${held}.candidate_id))`)
