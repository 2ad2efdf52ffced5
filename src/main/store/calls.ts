import { z } from 'zod'
import { callSchema, type Call, type CallError, type CallState, type draftedPairSchema, type Message } from '../../shared/domain'
import type { Database } from './database'
import { addPairText } from './pairText'
import { prepare } from './statement'
import { write } from './transaction'

export interface NewCall {
  readonly runId: number
  readonly itemId: number
  readonly attempt: number
  readonly messages: readonly Message[]
  /** candidates in the prompt, in its order */
  readonly exemplarIds: readonly number[]
}

/** Writes the call and its lineage before the request is sent. An earlier failed call for the item becomes a retried one. */
export function startCall(db: Database, call: NewCall): number {
  return write(db, () => {
    const { changes } = prepare(db, `UPDATE call SET state = 'retried' WHERE run_id = ? AND state = 'failed' AND item_id = ?`).run(
      call.runId,
      call.itemId,
    )
    if (changes > 0) prepare(db, `UPDATE run SET failed = failed - ? WHERE id = ?`).run(changes, call.runId)
    const { lastInsertRowid } = prepare(
      db,
      `INSERT INTO call (run_id, item_id, attempt, state, messages, started_at) VALUES (?, ?, ?, 'sent', ?, ?)`,
    ).run(call.runId, call.itemId, call.attempt, JSON.stringify(call.messages), Date.now())
    const callId = Number(lastInsertRowid)
    for (const [position, candidateId] of call.exemplarIds.entries())
      prepare(db, `INSERT INTO call_exemplar (call_id, position, candidate_id) VALUES (?, ?, ?)`).run(callId, position, candidateId)
    return callId
  })
}

export interface CallResult {
  readonly reply: string
  readonly promptTokens: number
  readonly completionTokens: number
  readonly pairs: readonly z.input<typeof draftedPairSchema>[]
}

const callPlaceSchema = z.object({ runId: z.number(), itemId: z.number() })

/** Stores the answer and its candidates in one transaction. @returns the candidates' ids, in the order of the pairs */
export function finishCall(db: Database, callId: number, result: CallResult): number[] {
  return write(db, () => {
    const now = Date.now()
    const { runId, itemId } = callPlaceSchema.parse(
      prepare(
        db,
        `UPDATE call SET state = 'succeeded', reply = ?, prompt_tokens = ?, completion_tokens = ?, finished_at = ? WHERE id = ?
           RETURNING run_id AS runId, item_id AS itemId`,
      ).get(result.reply, result.promptTokens, result.completionTokens, now, callId),
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
    return ids
  })
}

export interface CallFailure {
  readonly error: CallError
  /** what came back, where something did */
  readonly reply: string | null
  readonly promptTokens: number | null
  readonly completionTokens: number | null
  readonly willRetry: boolean
}

export function failCall(db: Database, callId: number, failure: CallFailure): void {
  write(db, () => {
    const { runId } = callPlaceSchema.parse(
      prepare(
        db,
        `UPDATE call SET state = ?, reply = ?, error_code = ?, error_message = ?, error_status = ?, prompt_tokens = ?, completion_tokens = ?,
           finished_at = ? WHERE id = ? RETURNING run_id AS runId, item_id AS itemId`,
      ).get(
        failure.willRetry ? 'retried' : 'failed',
        failure.reply,
        failure.error.code,
        failure.error.message,
        failure.error.status,
        failure.promptTokens,
        failure.completionTokens,
        Date.now(),
        callId,
      ),
    )
    prepare(
      db,
      `UPDATE run SET failed = failed + ?, prompt_tokens = prompt_tokens + ?, completion_tokens = completion_tokens + ? WHERE id = ?`,
    ).run(failure.willRetry ? 0 : 1, failure.promptTokens ?? 0, failure.completionTokens ?? 0, runId)
  })
}

const callRowSchema = callSchema.omit({ error: true }).extend({
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  errorStatus: z.number().nullable(),
})

function toCall(row: unknown): Call {
  const { errorCode, errorMessage, errorStatus, ...call } = callRowSchema.parse(row)
  const error = errorCode === null ? null : { code: errorCode, message: errorMessage ?? '', status: errorStatus }
  return callSchema.parse({ ...call, error })
}

const columns = `call.id, run_id AS runId, call.item_id AS itemId, source_id AS itemSourceId, attempt, state, started_at AS startedAt,
  finished_at AS finishedAt, prompt_tokens AS promptTokens, completion_tokens AS completionTokens, reply,
  error_code AS errorCode, error_message AS errorMessage, error_status AS errorStatus`

/** Calls of a run in these states, oldest first, after the call with id `after`. */
export function listCalls(db: Database, request: { runId: number; states: readonly CallState[]; after: number; limit: number }): Call[] {
  const places = request.states.map(() => '?').join(', ')
  return prepare(
    db,
    `SELECT ${columns} FROM call JOIN item ON item.id = call.item_id
     WHERE run_id = ? AND state IN (${places}) AND call.id > ? ORDER BY call.id LIMIT ?`,
  )
    .all(request.runId, ...request.states, request.after, request.limit)
    .map(toCall)
}
