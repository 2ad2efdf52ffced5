import sql from 'sql-template-tag'
import { z } from 'zod'
import { messageSchema, trialReplySchema, type Message, type TrialReply } from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import { prepare, readRow } from '../sql/statement'
import { parseStored } from '../sql/stored'
import type { ReadableDb, WritableDb } from '../sql/types'
import { hasEnded, processIdentitySchema, thisProcess } from '../recovery/processIdentity'

export interface KeptReply {
  readonly id: number
  readonly reply: TrialReply
}

/** The messages that were sent, and the ids of the candidates in them. */
export interface SentPrompt {
  readonly messages: readonly Message[]
  readonly exemplarIds: readonly number[]
}

const rowSchema = z.object({ id: z.number(), body: z.string() })
const what = message('store.rowOf.trialReply')

/** Upper limit of the duration of a request. */
const maxLimitMs = 2 * 60 * 60_000

/** Returns the stored reply to a request; undefined if it has not been sent yet. */
export function findTrialReply(db: ReadableDb, requestKey: string): KeptReply | undefined {
  const row = prepare(db, `SELECT id, body FROM trial_reply WHERE request_key = ?`).get(requestKey)
  if (row === undefined) return undefined
  const { id, body } = rowSchema.parse(row)
  return { id, reply: parseStored(trialReplySchema, body, what) }
}

/**
 * Stores the reply to a request, replacing an earlier failure of the same request. An existing successful reply is kept, because somebody
 * may have voted on it. @returns its id
 */
export function saveTrialReply(db: WritableDb, requestKey: string, { messages, exemplarIds }: SentPrompt, reply: TrialReply): number {
  const kept = findTrialReply(db, requestKey)
  if (kept?.reply.error === null) return kept.id
  prepare(
    db,
    `INSERT INTO trial_reply (request_key, messages, exemplar_ids, body, asked_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (request_key) DO UPDATE SET body = excluded.body, asked_at = excluded.asked_at`,
  ).run(requestKey, JSON.stringify(messages), JSON.stringify(exemplarIds), JSON.stringify(reply), Date.now())
  return z.number().parse(prepare(db, `SELECT id FROM trial_reply WHERE request_key = ?`).pluck().get(requestKey))
}

const claimSchema = z.object({ owner: z.string(), until: z.number() })

/** Requests that this process is sending, by file and key. */
const sending = new Set<string>()
const nameOf = (db: ReadableDb, requestKey: string) => `${db.name}#${requestKey}`

/** Returns whether this or another process is known to be sending a request. */
export function isBeingSent(db: ReadableDb, requestKey: string, now = Date.now()): boolean {
  const row = prepare(db, `SELECT owner, until FROM trial_request WHERE request_key = ?`).get(requestKey)
  if (row === undefined) return false
  const { owner, until } = claimSchema.parse(row)
  // A claim that ends far in the future was made before the clock was changed.
  if (now >= until || until - now > maxLimitMs) return false
  return owner === thisProcess ? sending.has(nameOf(db, requestKey)) : !hasEnded(parseStored(processIdentitySchema, owner, what))
}

/**
 * Claims a request for this process before it is sent. Call it in the transaction that finds no reply to it.
 * @param limitMs timeout of the request @returns false if this or another process is already sending it
 */
export function claimTrialRequest(db: WritableDb, requestKey: string, limitMs: number, now = Date.now()): boolean {
  if (isBeingSent(db, requestKey, now)) return false
  prepare(db, `INSERT OR REPLACE INTO trial_request (request_key, owner, until) VALUES (?, ?, ?)`).run(
    requestKey,
    thisProcess,
    now + Math.min(limitMs, maxLimitMs),
  )
  sending.add(nameOf(db, requestKey))
  return true
}

/** Marks a request as no longer being sent by this process: even if storing that fails, nobody has to wait for it. */
export const endTrialRequest = (db: ReadableDb, requestKey: string): void => void sending.delete(nameOf(db, requestKey))

/** Releases the claim of `claimTrialRequest`. */
export function releaseTrialRequest(db: WritableDb, requestKey: string): void {
  prepare(db, `DELETE FROM trial_request WHERE request_key = ? AND owner = ?`).run(requestKey, thisProcess)
}

const sentSchema = z.object({ messages: z.string(), exemplarIds: z.string() })

/** Returns the prompt that was sent for the reply to an item of a comparison. */
export function requireSentPrompt(
  db: ReadableDb,
  { comparisonId, itemId, side }: { comparisonId: number; itemId: number; side: 'first' | 'second' },
): SentPrompt {
  const row = readRow(
    db,
    sql`SELECT messages, exemplar_ids AS exemplarIds FROM comparison_item
     JOIN trial_reply ON trial_reply.id = ${side === 'first' ? sql`first_reply_id` : sql`second_reply_id`}
     WHERE comparison_id = ${comparisonId} AND item_id = ${itemId}`,
  )
  const { messages, exemplarIds } = sentSchema.parse(row)
  return {
    messages: parseStored(messageSchema.array(), messages, what),
    exemplarIds: parseStored(z.number().array(), exemplarIds, what),
  }
}
