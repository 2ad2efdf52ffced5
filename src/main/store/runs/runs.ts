import sql from 'sql-template-tag'
import { z } from 'zod'
import { runSchema, runSettingsSchema, runStopSchema, type Run, type RunSettings, type RunStop } from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import type { ReadableDb, WritableDb } from '../sql/types'
import { message } from '../../../shared/messages/message'
import { storeKeptReplies } from './keptReplies'
import { holdLease, holdsLease, isLiveElsewhere, releaseLease, requireLease } from './lease'
import { parseRunUnused } from './unusedFields'
import { thisProcess } from '../recovery/processIdentity'
import { numberSchema, numbersSchema, parseStored } from '../sql/stored'
import { write } from '../sql/transaction'
import { prepare, readRows, readRow } from '../sql/statement'

const columns = sql`id, prompt_version_id AS promptVersionId, settings, state, items, done, failed, candidates,
  prompt_tokens AS promptTokens, completion_tokens AS completionTokens, created_at AS createdAt, finished_at AS finishedAt,
  stopped_by AS stoppedBy, unused_fields AS unused, fence > 1 AS resumed, owner, touched_at AS touchedAt`

const ownerColumns = { owner: z.string().nullable(), touchedAt: z.number().nullable() }
const rowSchema = runSchema.extend({
  settings: z.string(),
  stoppedBy: z.string().nullable(),
  unused: z.string().nullable(),
  resumed: z.number(),
  ...ownerColumns,
})

/** Converts a row to a run. A run whose process has ended is interrupted, whatever state it last stored. */
function toRun(db: ReadableDb, row: unknown): Run {
  const { settings, stoppedBy, unused, resumed, owner, touchedAt, ...run } = rowSchema.parse(row)
  const abandoned = run.state === 'running' && !holdsLease(db, run.id) && !isLiveElsewhere(owner, touchedAt)
  return {
    ...run,
    resumed: resumed > 0,
    state: abandoned ? 'interrupted' : run.state,
    settings: parseStored(runSettingsSchema, settings, message('store.rowOf.run', { id: run.id })),
    unused: parseRunUnused(unused, run.id),
    stoppedBy: stoppedBy === null ? null : parseStored(runStopSchema, stoppedBy, message('store.rowOf.run', { id: run.id })),
  }
}

/** Creates a run over items, in this order. This process drives it until `endRun`. */
export function createRun(db: WritableDb, plan: { promptVersionId: number; settings: RunSettings; itemIds: readonly number[] }): Run {
  const runId = write(db, () => {
    const now = Date.now()
    const { lastInsertRowid } = prepare(
      db,
      `INSERT INTO run (prompt_version_id, provider, model, settings, state, items, created_at, owner, touched_at, fence)
       VALUES (?, ?, ?, ?, 'running', ?, ?, ?, ?, 1)`,
    ).run(
      plan.promptVersionId,
      plan.settings.provider.kind,
      plan.settings.provider.kind === 'demo' ? 'demo' : plan.settings.provider.model,
      JSON.stringify(plan.settings),
      plan.itemIds.length,
      now,
      thisProcess,
      now,
    )
    const id = Number(lastInsertRowid)
    const insert = prepare(db, `INSERT INTO run_item (run_id, position, item_id) VALUES (?, ?, ?)`)
    for (const [position, itemId] of plan.itemIds.entries()) insert.run(id, position, itemId)
    return id
  })
  holdLease(db, runId, 1)
  return requireRun(db, runId)
}

function getRun(db: ReadableDb, id: number): Run | undefined {
  const row = readRow(db, sql`SELECT ${columns} FROM run WHERE id = ${id}`)
  return row === undefined ? undefined : toRun(db, row)
}

export function requireRun(db: ReadableDb, id: number): Run {
  const run = getRun(db, id)
  if (!run) throw new Problem('not-found', message('store.noRun', { id }), message('store.chooseRun'), { item: `run ${id}` })
  return run
}

/** Returns the 200 newest runs, newest first. */
export function listRuns(db: ReadableDb): Run[] {
  return readRows(db, sql`SELECT ${columns} FROM run ORDER BY id DESC LIMIT 200`).map((row) => toRun(db, row))
}

const usageSchema = z.object({ id: z.number(), settings: z.string(), promptTokens: z.number(), completionTokens: z.number() })

/** Returns the provider and the number of tokens of each run. */
export function listRunUsage(
  db: ReadableDb,
): { readonly provider: RunSettings['provider']; readonly promptTokens: number; readonly completionTokens: number }[] {
  const rows = readRows(
    db,
    sql`SELECT id, settings, prompt_tokens AS promptTokens, completion_tokens AS completionTokens FROM run ORDER BY id`,
  )
  return usageSchema
    .array()
    .parse(rows)
    .map(({ id, settings, ...tokens }) => ({
      provider: parseStored(runSettingsSchema, settings, message('store.rowOf.run', { id })).provider,
      ...tokens,
    }))
}

/** Returns the newest run that has included items without a successful call and that no living process drives. */
export function lastUnfinishedRun(db: ReadableDb): Run | undefined {
  return readRows(db, sql`SELECT ${columns} FROM run WHERE done < items ORDER BY id DESC LIMIT 20`)
    .map((row) => toRun(db, row))
    .find((run) => run.state !== 'running' && listRemainingItemIds(db, run.id).length > 0)
}

/**
 * Makes this process the driver of the run: from now on, writes of other processes to the run are rejected. Replies that its former driver
 * could not store are stored first. Does nothing if this process already drives it.
 * @throws Problem busy while another living process drives it
 */
export function claimRun(db: WritableDb, id: number): void {
  if (holdsLease(db, id)) return
  storeKeptReplies(db)
  const fence = write(db, () => {
    const { owner, touchedAt } = z
      .object(ownerColumns)
      .parse(prepare(db, `SELECT owner, touched_at AS touchedAt FROM run WHERE id = ?`).get(requireRun(db, id).id))
    if (isLiveElsewhere(owner, touchedAt))
      throw new Problem('busy', message('store.runUnderWayElsewhere', { id }), message('store.waitOrStopThere'), {
        item: `run ${id}`,
      })
    interruptSentCalls(db, id)
    return numberSchema.parse(
      prepare(
        db,
        `UPDATE run SET state = 'running', finished_at = NULL, stopped_by = NULL, fence = fence + 1, owner = ?, touched_at = ?
           WHERE id = ? RETURNING fence`,
      )
        .pluck()
        .get(thisProcess, Date.now(), id),
    )
  })
  holdLease(db, id, fence)
}

/** Changes how a run reaches its model (address, concurrent requests, limits), but not what it requests. @throws LeaseLost */
export function saveRunProvider(db: WritableDb, id: number, provider: RunSettings['provider']): void {
  write(db, () => {
    requireLease(db, id)
    const { settings } = requireRun(db, id)
    prepare(db, `UPDATE run SET settings = ? WHERE id = ?`).run(JSON.stringify({ ...settings, provider }), id)
  })
}

/** Reports that this process still drives the run; call it about every two seconds. @throws LeaseLost */
export function touchRun(db: WritableDb, id: number): void {
  write(db, () => {
    requireLease(db, id)
    prepare(db, `UPDATE run SET touched_at = ? WHERE id = ?`).run(Date.now(), id)
  })
}

/** Ends the run and releases it. @throws LeaseLost */
export function endRun(
  db: WritableDb,
  id: number,
  state: 'finished' | 'cancelled' | 'interrupted',
  stoppedBy: RunStop | null = null,
): void {
  write(db, () => {
    requireLease(db, id)
    interruptSentCalls(db, id)
    prepare(db, `UPDATE run SET state = ?, finished_at = ?, stopped_by = ?, owner = NULL, touched_at = NULL WHERE id = ?`).run(
      state,
      Date.now(),
      stoppedBy && JSON.stringify(stoppedBy),
      id,
    )
  })
  releaseLease(db, id)
}

function interruptSentCalls(db: WritableDb, runId: number): void {
  prepare(db, `UPDATE call SET state = 'interrupted', finished_at = ? WHERE run_id = ? AND state = 'sent'`).run(Date.now(), runId)
}

/**
 * Returns the planned items that are not left out and have no successful call, in plan order; items that failed before come last, so that
 * they do not delay the rest.
 */
export function listRemainingItemIds(db: ReadableDb, runId: number): number[] {
  const rows = prepare(
    db,
    `SELECT item_id FROM run_item WHERE run_id = ? AND item_id NOT IN (SELECT item_id FROM left_out_item) AND NOT EXISTS
       (SELECT 1 FROM call WHERE call.run_id = run_item.run_id AND call.state = 'succeeded' AND call.item_id = run_item.item_id)
     ORDER BY EXISTS (SELECT 1 FROM call WHERE call.run_id = run_item.run_id AND call.state = 'failed' AND call.item_id = run_item.item_id),
       position`,
  )
    .pluck()
    .all(runId)
  return numbersSchema.parse(rows)
}

const liveRowsSchema = z.object({ id: z.number(), fence: z.number(), ...ownerColumns }).array()

/**
 * Returns the items that a live run has queued or requested, with the id of that run (the oldest, if there are several). Items that it has
 * given up are free.
 * @param options.besides id of a run to ignore
 */
export function listTakenItems(db: ReadableDb, options: { besides?: number } = {}): ReadonlyMap<number, number> {
  const running = liveRowsSchema.parse(
    prepare(db, `SELECT id, fence, owner, touched_at AS touchedAt FROM run WHERE state = 'running' ORDER BY id DESC`).all(),
  )
  const live = running.filter(
    ({ id, owner, touchedAt }) => id !== options.besides && (holdsLease(db, id) || isLiveElsewhere(owner, touchedAt)),
  )
  const pending = prepare(
    db,
    `SELECT item_id FROM run_item WHERE run_id = ? AND NOT EXISTS (SELECT 1 FROM call WHERE call.run_id = run_item.run_id
       AND call.item_id = run_item.item_id AND (call.state = 'succeeded' OR (call.state = 'failed' AND call.fence = ?)))`,
  ).pluck()
  return new Map(
    live.flatMap(({ id, fence }) => numbersSchema.parse(pending.all(id, fence)).map((itemId): [number, number] => [itemId, id])),
  )
}
