import sql, { type Sql } from 'sql-template-tag'
import { z } from 'zod'
import { standingSchema, type Standing } from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import { listTakenItems } from '../runs/runs'
import { prepare, readRows, readValue, readValues, run } from '../sql/statement'
import { numberOrNoneSchema, numbersSchema } from '../sql/stored'
import { write } from '../sql/transaction'
import type { ReadableDb, WritableDb } from '../sql/types'

const leftOut = sql`SELECT item_id FROM left_out_item`

/** Returns whether any item is excluded or deleted. */
export const hasLeftOut = (db: ReadableDb): boolean => prepare(db, `SELECT 1 FROM left_out_item LIMIT 1`).get() !== undefined

/** Condition that leaves out rows of excluded and deleted items; always true in a project without such items. */
export const takesPart = (db: ReadableDb, itemId: Sql = sql`candidate.item_id`): Sql =>
  hasLeftOut(db) ? sql`${itemId} NOT IN (${leftOut})` : sql`1`

/** Condition that selects only rows of excluded and deleted items. */
export const isLeftOut = (itemId: Sql = sql`candidate.item_id`): Sql => sql`${itemId} IN (${leftOut})`

/** Returns the ids of the items that are excluded or deleted. */
export const readLeftOut = (db: ReadableDb): ReadonlySet<number> =>
  new Set(hasLeftOut(db) ? numbersSchema.parse(readValues(db, leftOut)) : [])

const standingRow = z.enum(['excluded', 'deleted']).optional()

/** Returns whether an item is included, excluded or deleted. */
export const getStanding = (db: ReadableDb, itemId: number): Standing =>
  standingRow.parse(prepare(db, `SELECT standing FROM left_out_item WHERE item_id = ?`).pluck().get(itemId)) ?? 'included'

/** Stores whether an item is included, excluded or deleted. Call it inside a transaction. */
export function putStanding(db: WritableDb, itemId: number, standing: Standing): void {
  if (standing === 'included') prepare(db, `DELETE FROM left_out_item WHERE item_id = ?`).run(itemId)
  else prepare(db, `INSERT OR REPLACE INTO left_out_item (item_id, standing) VALUES (?, ?)`).run(itemId, standing)
}

interface StandingStep {
  readonly ids: readonly number[]
  readonly standing: Standing
  /** Reviewer who makes the change and may undo it. */
  readonly reviewer: string
}

/**
 * Excludes, deletes or includes items, as one step that can be undone. Their pairs, decisions and media are kept.
 * @returns number of items changed
 * @throws Problem busy if a run is drafting for one of them, not-found
 */
export function setStanding(db: WritableDb, { ids, standing, reviewer }: StandingStep): number {
  return write(db, () => {
    const changed = [...new Set(ids)].map((id) => ({ id, before: getStanding(db, id) })).filter(({ before }) => before !== standing)
    if (changed.length === 0) return 0
    requireItems(
      db,
      changed.map(({ id }) => id),
    )
    if (standing !== 'included') requireIdle(db, ids)
    forgetTakenBack(db, reviewer)
    const { lastInsertRowid } = prepare(db, `INSERT INTO item_step (reviewer, made_at) VALUES (?, ?)`).run(reviewer, Date.now())
    const insert = prepare(db, `INSERT INTO item_step_item (step_id, item_id, before, after) VALUES (?, ?, ?, ?)`)
    for (const { id, before } of changed) {
      insert.run(lastInsertRowid, id, before, standing)
      putStanding(db, id, standing)
    }
    return changed.length
  })
}

function requireItems(db: ReadableDb, ids: readonly number[]): void {
  const find = prepare(db, `SELECT 1 FROM item WHERE id = ?`)
  const id = ids.find((one) => find.get(one) === undefined)
  if (id === undefined) return
  throw new Problem('not-found', message('app.noItem', { id }), message('app.chooseAnother'), { item: `item ${id}` })
}

/** A reply that arrives later would add pairs to an item that is left out. */
function requireIdle(db: ReadableDb, ids: readonly number[]): void {
  const taken = listTakenItems(db)
  const id = taken.size === 0 ? undefined : ids.find((one) => taken.has(one))
  if (id === undefined) return
  const sourceId = z.string().parse(prepare(db, `SELECT source_id FROM item WHERE id = ?`).pluck().get(id))
  throw new Problem(
    'busy',
    message('library.itemInRun', { item: sourceId, runId: taken.get(id) ?? 0 }),
    message('library.waitOrCancelRun'),
    { item: sourceId },
  )
}

/** Deletes the undone steps, which can no longer be redone. */
function forgetTakenBack(db: WritableDb, reviewer: string): void {
  run(db, sql`DELETE FROM item_step_item WHERE step_id IN (SELECT id FROM item_step WHERE reviewer = ${reviewer} AND taken_back = 1)`)
  run(db, sql`DELETE FROM item_step WHERE reviewer = ${reviewer} AND taken_back = 1`)
}

const changesSchema = z.object({ itemId: z.number(), before: standingSchema, after: standingSchema }).array()

export interface StandingChange {
  readonly items: number
  /** Standing of the items after the change. */
  readonly standing: Standing
}

/**
 * Undoes the reviewer's latest step over items, or redoes the one that was undone last. An item that another step has changed since keeps
 * its standing.
 * @returns null if there is no such step
 */
export function undoOrRedoStanding(db: WritableDb, reviewer: string, kind: 'undo' | 'redo'): StandingChange | null {
  return write(db, () => {
    const next = kind === 'undo' ? sql`taken_back = 0 ORDER BY id DESC` : sql`taken_back = 1 ORDER BY id`
    const found = readValue(db, sql`SELECT id FROM item_step WHERE reviewer = ${reviewer} AND ${next} LIMIT 1`)
    const step = numberOrNoneSchema.parse(found ?? undefined)
    if (step === undefined) return null
    const rows = readRows(db, sql`SELECT item_id AS itemId, before, after FROM item_step_item WHERE step_id = ${step}`)
    const changes = changesSchema
      .parse(rows)
      .map(({ itemId, before, after }) => ({ itemId, from: kind === 'undo' ? after : before, to: kind === 'undo' ? before : after }))
    if (changes.some(({ to }) => to !== 'included'))
      requireIdle(
        db,
        changes.map(({ itemId }) => itemId),
      )
    for (const { itemId, from, to } of changes) if (getStanding(db, itemId) === from) putStanding(db, itemId, to)
    prepare(db, `UPDATE item_step SET taken_back = ? WHERE id = ?`).run(kind === 'undo' ? 1 : 0, step)
    return { items: changes.length, standing: changes[0]?.to ?? 'included' }
  })
}
