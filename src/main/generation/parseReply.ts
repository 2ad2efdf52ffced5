import { jsonrepair } from 'jsonrepair'
import type { DraftedPair, OutputForm } from '../../shared/domain'
import { say } from '../../shared/say'
import { CallFailure } from './callFailure'
import { findJson } from './findJson'
import { missingOfForm } from './replyForm'
import { looksLikeReply, readShape } from './replyShape'

/** What of a completion decides whether it holds pairs. */
export interface Reply {
  readonly text: string
  /** Chat Completions' `finish_reason` */
  readonly finishReason?: string | null
  readonly refusal?: string | null
}

/**
 * The pairs in a model's reply, all of them or none. Tolerates what models do to JSON that they were asked for: code fences, words
 * around it, thoughts before it, a bare list, `question` and `answer` for the keys, and small damage that can be repaired without inventing
 * anything. A reply that ends in the middle is never repaired, since nobody could tell what is missing.
 * @param form asked for: a reply in it must have all of it, kinds, rounds and reasons; one of plain pairs is taken in every form
 * @throws CallFailure refused, empty, cut-off, not-json, wrong-shape
 */
export function parseReply(reply: Reply, form: OutputForm = 'pairs'): DraftedPair[] {
  if (reply.refusal) throw new CallFailure('refused', say`The model refused: ${shorten(reply.refusal)}`)
  if (reply.finishReason === 'content_filter') throw new CallFailure('refused', say`The server's content filter withheld the reply.`)
  if (reply.finishReason === 'length') throw new CallFailure('cut-off', say`The reply reached the most tokens allowed and is cut off.`)
  const text = withoutThoughts(reply.text)
  if (text === '') throw new CallFailure('empty', say`The reply is empty.`)
  const values = jsonValues(text)
  const results = values.map(readShape)
  const read = results.flatMap((result) => ('pairs' in result ? [result.pairs] : []))
  const pairs = read.find(({ length }) => length > 0) ?? read[0]
  if (pairs?.length === 0) throw new CallFailure('empty', say`The reply holds no pairs.`)
  const missing = pairs && missingOfForm(pairs, form)
  if (missing) throw new CallFailure('wrong-shape', say`The reply is not in the form that was asked for: ${missing}`)
  if (pairs) return pairs
  const issue = results.flatMap((result) => ('issue' in result ? [result.issue] : []))[0]
  throw new CallFailure('wrong-shape', say`The reply is JSON of another shape: ${issue ?? say`no list of pairs.`}`)
}

/** Everything in the text that can be read as JSON: strictly where that works, else the repaired pieces. */
function jsonValues(text: string): unknown[] {
  const whole = tryParse(text)
  if (whole !== undefined) {
    if (typeof whole === 'object' && whole !== null) return [whole]
    throw new CallFailure('not-json', say`The reply is not the JSON that was asked for: ${shorten(text)}`)
  }
  const { chunks, unfinished } = findJson(text)
  const values = chunks.map((chunk) => tryParse(chunk)).filter((value) => value !== undefined)
  if (values.some(looksLikeReply)) return values.filter(looksLikeReply)
  if (unfinished) throw new CallFailure('cut-off', say`The JSON of the reply ends in the middle.`)
  const repaired = chunks.map(tryRepair).filter((value) => looksLikeReply(value))
  if (repaired.length > 0) return repaired
  if (values.length > 0) return values
  throw new CallFailure('not-json', say`The reply is not the JSON that was asked for: ${shorten(text)}`)
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function tryRepair(text: string): unknown {
  try {
    return JSON.parse(jsonrepair(text))
  } catch {
    return undefined
  }
}

/** Reasoning models of local servers write their thoughts before the answer. */
const withoutThoughts = (text: string) =>
  text
    .replace(/^\s*<think>[\s\S]*?<\/think>/i, '')
    .replaceAll('\uFEFF', '')
    .trim()

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 160 ? `${line.slice(0, 159)}…` : line
}
