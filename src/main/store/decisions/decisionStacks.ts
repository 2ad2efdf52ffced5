import sql, { raw, type Sql } from 'sql-template-tag'
import { z } from 'zod'
import type { ReadableDb } from '../sql/types'
import { one, readRow } from '../sql/statement'

/**
 * Condition: a row of `decision` only moves a turn. It is not a verdict, so `candidate.decision_id` ignores it.
 * @param row alias of the row in the statement
 */
export const onlyMoves = (row: string): Sql =>
  raw(`(${row}.after_turn IS NOT NULL AND ${row}.after_instruction IS NULL AND ${row}.before_state = ${row}.after_state)`)

const stacksSchema = z.object({ id: z.number(), undoTop: z.number().nullable(), redoTop: z.number().nullable(), kind: z.string() })

/**
 * Returns the tops of a reviewer's undo and redo stacks as ids of decisions, null if empty. The stacks are linked lists within the
 * decisions.
 */
export function readStacks(db: ReadableDb, reviewer: string): { undo: number | null; redo: number | null } {
  const row = readRow(
    db,
    sql`SELECT id, kind, undo_top AS undoTop, redo_top AS redoTop FROM decision WHERE reviewer = ${one(reviewer)} ORDER BY id DESC LIMIT 1`,
  )
  if (row === undefined) return { undo: null, redo: null }
  const { id, kind, undoTop, redoTop } = stacksSchema.parse(row)
  return kind === 'undo' ? { undo: undoTop, redo: redoTop ?? id } : { undo: id, redo: redoTop }
}
