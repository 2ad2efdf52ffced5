import { raw, type Sql } from 'sql-template-tag'

/**
 * A row of `decision` that moves a turn and leaves all else as it is: it is nobody's verdict, so `candidate.decision_id` passes over it.
 * @param row the row's name in the statement
 */
export const onlyMoves = (row: string): Sql =>
  raw(`(${row}.after_turn IS NOT NULL AND ${row}.after_instruction IS NULL AND ${row}.before_state = ${row}.after_state)`)
