import { z } from 'zod'
import { type RunUnused, runUnusedSchema, type UnusedField, unusedFieldSchema } from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import { prepare } from '../sql/statement'
import { parseStored } from '../sql/stored'
import type { ReadableDb, WritableDb } from '../sql/types'

/** Number of field names counted separately per run; all others share one count. */
const maxNames = 30
const otherNames = '…'

const textSchema = z.string().nullable()

/** Stores the unused fields of a reply, and adds them to the counts of the run. Call it in the transaction that stores the reply. */
export function saveUnusedFields(
  db: WritableDb,
  { callId, runId }: { callId: number; runId: number },
  fields: readonly UnusedField[],
): void {
  if (fields.length === 0) return
  prepare(db, `UPDATE call SET unused_fields = ? WHERE id = ?`).run(JSON.stringify(fields), callId)
  const counted = addToRun(readRunUnused(db, runId), fields)
  prepare(db, `UPDATE run SET unused_fields = ? WHERE id = ?`).run(JSON.stringify(counted), runId)
}

/** Returns the counts of a run including one more reply. */
function addToRun({ replies, fields }: RunUnused, added: readonly UnusedField[]): RunUnused {
  const counts = new Map(fields.map(({ name, count }) => [name, count]))
  for (const { name, count } of added) {
    const key = counts.has(name) || counts.size < maxNames ? name : otherNames
    counts.set(key, (counts.get(key) ?? 0) + count)
  }
  return { replies: replies + 1, fields: [...counts].map(([name, count]) => ({ name, count })) }
}

const none: RunUnused = { replies: 0, fields: [] }

const readRunUnused = (db: ReadableDb, runId: number): RunUnused =>
  parseRunUnused(textSchema.parse(prepare(db, `SELECT unused_fields FROM run WHERE id = ?`).pluck().get(runId)), runId)

export const parseRunUnused = (stored: string | null, id: number): RunUnused =>
  stored === null ? none : parseStored(runUnusedSchema, stored, message('store.rowOf.run', { id }))

/** Returns the unused fields of a call's reply. */
export function readUnusedFields(db: ReadableDb, callId: number): UnusedField[] {
  const stored = textSchema.optional().parse(prepare(db, `SELECT unused_fields FROM call WHERE id = ?`).pluck().get(callId))
  return stored == null ? [] : parseStored(unusedFieldSchema.array(), stored, message('store.rowOf.call', { id: callId }))
}
