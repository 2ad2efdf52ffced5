import sql, { empty } from 'sql-template-tag'
import { z } from 'zod'
import {
  type Call,
  callErrorSchema,
  callSchema,
  type CallState,
  draftedPairSchema,
  type Message,
  unusedFieldSchema,
} from '../../../shared/domain'
import type { ReadableDb, WritableDb } from '../sql/types'
import { requireLease } from './lease'
import { saveUnusedFields } from './unusedFields'
import { addPairText } from '../candidates/pairText'
import { fromStoredText, toStoredText } from '../sql/stored'
import { write } from '../sql/transaction'
import { prepare, readRows, valuesOf } from '../sql/statement'

interface NewCall {
  readonly runId: number
  readonly itemId: number
  readonly attempt: number
  readonly messages: readonly Message[]
  /** Candidates in the prompt, in prompt order. */
  readonly exemplarIds: readonly number[]
}

/**
 * Stores the call and its exemplars before the request is sent. An earlier failed call for the item becomes `retried`.
 * @throws LeaseLost if another process drives the run: the request must then not be sent
 */
export function startCall(db: WritableDb, call: NewCall): number {
  return write(db, () => {
    const fence = requireLease(db, call.runId)
    retireFailures(db, call.runId, call.itemId)
    const { lastInsertRowid } = prepare(
      db,
      `INSERT INTO call (run_id, item_id, attempt, state, messages, started_at, fence) VALUES (?, ?, ?, 'sent', ?, ?, ?)`,
    ).run(call.runId, call.itemId, call.attempt, JSON.stringify(call.messages), Date.now(), fence)
    const callId = Number(lastInsertRowid)
    for (const [position, candidateId] of call.exemplarIds.entries())
      prepare(db, `INSERT INTO call_exemplar (call_id, position, candidate_id) VALUES (?, ?, ?)`).run(callId, position, candidateId)
    return callId
  })
}

function retireFailures(db: WritableDb, runId: number, itemId: number): void {
  const { changes } = prepare(db, `UPDATE call SET state = 'retried' WHERE run_id = ? AND state = 'failed' AND item_id = ?`).run(
    runId,
    itemId,
  )
  if (changes > 0) prepare(db, `UPDATE run SET failed = failed - ? WHERE id = ?`).run(changes, runId)
}

export const callResultSchema = z.object({
  reply: z.string(),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  pairs: z.array(draftedPairSchema).readonly(),
  unusedFields: z.array(unusedFieldSchema).readonly().optional(),
})
export type CallResult = Readonly<z.input<typeof callResultSchema>>

export const callFailureSchema = z.object({
  error: callErrorSchema,
  /** Text that was received, if any. */
  reply: z.string().nullable(),
  promptTokens: z.number().int().nullable(),
  completionTokens: z.number().int().nullable(),
  willRetry: z.boolean(),
})
export type CallFailure = Readonly<z.infer<typeof callFailureSchema>>

const callPlaceSchema = z.object({ runId: z.number(), itemId: z.number() })

const requirePlace = (db: ReadableDb, callId: number) =>
  callPlaceSchema.parse(prepare(db, `SELECT run_id AS runId, item_id AS itemId FROM call WHERE id = ?`).get(callId))

/**
 * Stores the answer and its candidates in one transaction.
 * @returns the candidates' ids, in the order of the pairs
 * @throws LeaseLost
 */
export function finishCall(db: WritableDb, callId: number, result: CallResult): number[] {
  return write(db, () => {
    const place = requirePlace(db, callId)
    requireLease(db, place.runId)
    return storeAnswer(db, callId, place, result)
  })
}

/** Stores the failure of a call. @throws LeaseLost */
export function failCall(db: WritableDb, callId: number, failure: CallFailure): void {
  write(db, () => {
    const { runId } = requirePlace(db, callId)
    requireLease(db, runId)
    storeFailure(db, callId, runId, failure)
  })
}

/**
 * Stores the outcome of a call after its run lost its driver. Has no effect if an outcome is already stored or the item was answered in the
 * meantime.
 */
export function recoverCall(db: WritableDb, callId: number, outcome: CallResult | CallFailure): void {
  write(db, () => {
    const open = prepare(
      db,
      `SELECT run_id AS runId, item_id AS itemId FROM call WHERE id = ? AND state IN ('sent', 'interrupted') AND NOT EXISTS
         (SELECT 1 FROM call AS other WHERE other.run_id = call.run_id AND other.item_id = call.item_id AND other.state = 'succeeded')`,
    ).get(callId)
    if (open === undefined) return
    const place = callPlaceSchema.parse(open)
    retireFailures(db, place.runId, place.itemId)
    if ('pairs' in outcome) storeAnswer(db, callId, place, outcome)
    else storeFailure(db, callId, place.runId, { ...outcome, willRetry: false })
  })
}

function storeAnswer(db: WritableDb, callId: number, { runId, itemId }: z.infer<typeof callPlaceSchema>, result: CallResult): number[] {
  const now = Date.now()
  prepare(db, `UPDATE call SET state = 'succeeded', reply = ?, prompt_tokens = ?, completion_tokens = ?, finished_at = ? WHERE id = ?`).run(
    result.reply,
    result.promptTokens,
    result.completionTokens,
    now,
    callId,
  )
  const insert = prepare(
    db,
    `INSERT INTO candidate (item_id, run_id, call_id, kind, conversation, turn, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const ids = result.pairs.map(({ kind = null, conversation = null, turn = null, rationale = null, ...text }) => {
    const id = Number(insert.run(itemId, runId, callId, kind, conversation, turn, now).lastInsertRowid)
    addPairText(db, id, text, rationale)
    return id
  })
  prepare(
    db,
    `UPDATE run SET done = done + 1, candidates = candidates + ?, prompt_tokens = prompt_tokens + ?,
         completion_tokens = completion_tokens + ? WHERE id = ?`,
  ).run(ids.length, result.promptTokens, result.completionTokens, runId)
  saveUnusedFields(db, { callId, runId }, result.unusedFields ?? [])
  return ids
}

function storeFailure(db: WritableDb, callId: number, runId: number, failure: CallFailure): void {
  prepare(
    db,
    `UPDATE call SET state = ?, reply = ?, error_code = ?, error_message = ?, error_status = ?, prompt_tokens = ?, completion_tokens = ?,
       finished_at = ? WHERE id = ?`,
  ).run(
    failure.willRetry ? 'retried' : 'failed',
    failure.reply,
    failure.error.code,
    toStoredText(failure.error.message),
    failure.error.status,
    failure.promptTokens,
    failure.completionTokens,
    Date.now(),
    callId,
  )
  prepare(
    db,
    `UPDATE run SET failed = failed + ?, prompt_tokens = prompt_tokens + ?, completion_tokens = completion_tokens + ? WHERE id = ?`,
  ).run(failure.willRetry ? 0 : 1, failure.promptTokens ?? 0, failure.completionTokens ?? 0, runId)
}

const callRowSchema = callSchema.omit({ error: true }).extend({
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  errorStatus: z.number().nullable(),
})

function toCall(row: unknown): Call {
  const { errorCode, errorMessage, errorStatus, ...call } = callRowSchema.parse(row)
  const error =
    errorCode === null ? null : { code: errorCode, message: errorMessage === null ? '' : fromStoredText(errorMessage), status: errorStatus }
  return callSchema.parse({ ...call, error })
}

const columns = sql`call.id, run_id AS runId, call.item_id AS itemId, source_id AS itemSourceId, attempt, state, started_at AS startedAt,
  finished_at AS finishedAt, prompt_tokens AS promptTokens, completion_tokens AS completionTokens, reply,
  error_code AS errorCode, error_message AS errorMessage, error_status AS errorStatus`

/** Returns calls of a run in these states, oldest first, after the call with id `after`. */
export function listCalls(
  db: ReadableDb,
  request: { runId: number; states: readonly CallState[]; ids?: readonly number[] | undefined; after: number; limit: number },
): Call[] {
  const { runId, states, ids, after, limit } = request
  const named = ids ? sql`AND call.id IN ${valuesOf(ids)}` : empty
  return readRows(
    db,
    sql`SELECT ${columns} FROM call JOIN item ON item.id = call.item_id
     WHERE run_id = ${runId} AND state IN ${valuesOf(states)} AND call.id > ${after} ${named} ORDER BY call.id LIMIT ${limit}`,
  ).map(toCall)
}

const failureSchema = z.object({ id: z.number(), itemId: z.number(), itemSourceId: z.string(), error: callErrorSchema })
export type Failure = z.infer<typeof failureSchema>

const failureRowSchema = z.object({
  id: z.number(),
  itemId: z.number(),
  itemSourceId: z.string(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  status: z.number().nullable(),
})

/** Returns the failed calls of a run without their replies, oldest first. It reads all of them, so call it in the helper process. */
export function listFailures(db: ReadableDb, runId: number): Failure[] {
  return readRows(
    db,
    sql`SELECT call.id, call.item_id AS itemId, source_id AS itemSourceId, error_code AS code, error_message AS message, error_status AS status
     FROM call JOIN item ON item.id = call.item_id WHERE run_id = ${runId} AND state = 'failed' ORDER BY call.id`,
  ).map((row) => {
    const { code, message, status, ...call } = failureRowSchema.parse(row)
    return failureSchema.parse({
      ...call,
      error: { code: code ?? 'unknown', message: message === null ? '' : fromStoredText(message), status },
    })
  })
}

const experienceSchema = z.object({ milliseconds: z.number(), completionTokens: z.number() })
/** Number of calls to average. */
const sampledCalls = 50

/**
 * Returns the average duration in milliseconds and number of reply tokens of a model's calls in its latest run; null before its first
 * answer.
 */
export function readExperience(db: ReadableDb, { kind, model }: { kind: string; model: string }): z.infer<typeof experienceSchema> | null {
  const [row] = readRows(
    db,
    sql`SELECT avg(milliseconds) AS milliseconds, avg(tokens) AS completionTokens FROM (
       SELECT finished_at - started_at AS milliseconds, coalesce(completion_tokens, 0) AS tokens FROM call
       WHERE state = 'succeeded' AND run_id = (SELECT max(id) FROM run WHERE provider = ${kind} AND model = ${model} AND done > 0)
       LIMIT ${sampledCalls})`,
  )
  return experienceSchema.safeParse(row).data ?? null
}
