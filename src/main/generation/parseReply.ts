import { jsonrepair } from 'jsonrepair'
import { z } from 'zod'
import { pairSchema, type Pair } from '../../shared/domain'
import { CallFailure } from './callFailure'
import { findJson } from './findJson'

/** What of a completion decides whether it holds pairs. */
export interface Reply {
  readonly text: string
  /** Chat Completions' `finish_reason` */
  readonly finishReason?: string | null
  readonly refusal?: string | null
}

const replySchema = z.object({ pairs: z.array(pairSchema) })

/**
 * The pairs in a model's reply, all of them or none. Tolerates what models do to JSON that they were asked for: code fences, words
 * around it, thoughts before it, a bare list, `question` and `answer` for the keys, and small damage that can be repaired without
 * inventing anything. A reply that ends in the middle is never repaired, since nobody could tell what is missing.
 * @throws CallFailure refused, empty, cut-off, not-json, wrong-shape
 */
export function parseReply(reply: Reply): Pair[] {
  if (reply.refusal) throw new CallFailure('refused', `The model refused: ${shorten(reply.refusal)}`)
  if (reply.finishReason === 'content_filter') throw new CallFailure('refused', "The server's content filter withheld the reply.")
  if (reply.finishReason === 'length') throw new CallFailure('cut-off', 'The reply reached the most tokens allowed and is cut off.')
  const text = withoutThoughts(reply.text)
  if (text === '') throw new CallFailure('empty', 'The reply is empty.')
  const values = jsonValues(text)
  const parsed = values.map((value) => replySchema.safeParse(normalize(value)))
  const good = parsed.find((result) => result.success && result.data.pairs.length > 0) ?? parsed.find((result) => result.success)
  if (good?.data) {
    if (good.data.pairs.length === 0) throw new CallFailure('empty', 'The reply holds no pairs.')
    return good.data.pairs
  }
  throw new CallFailure('wrong-shape', `The reply is JSON of another shape: ${describeIssue(parsed[0]?.error)}`)
}

/** Everything in the text that can be read as JSON: strictly where that works, else the repaired pieces. */
function jsonValues(text: string): unknown[] {
  const whole = tryParse(text)
  if (whole !== undefined) {
    if (typeof whole === 'object' && whole !== null) return [whole]
    throw new CallFailure('not-json', `The reply is not the JSON that was asked for: ${shorten(text)}`)
  }
  const { chunks, unfinished } = findJson(text)
  const values = chunks.map((chunk) => tryParse(chunk)).filter((value) => value !== undefined)
  if (values.some(looksLikePairs)) return values.filter(looksLikePairs)
  if (unfinished) throw new CallFailure('cut-off', 'The JSON of the reply ends in the middle.')
  const repaired = chunks.map(tryRepair).filter((value) => looksLikePairs(value))
  if (repaired.length > 0) return repaired
  if (values.length > 0) return values
  throw new CallFailure('not-json', `The reply is not the JSON that was asked for: ${shorten(text)}`)
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

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function looksLikePairs(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isObject)
  return isObject(value) && ('pairs' in value || isPairLike(value))
}

const isPairLike = (value: Record<string, unknown>) =>
  Object.keys(renameKeys(value)).some((key) => key === 'instruction' || key === 'response')

/** A bare list or a single pair is put where `pairs` should have been. */
function normalize(value: unknown): unknown {
  if (Array.isArray(value)) return { pairs: value.map(renameEntry) }
  if (!isObject(value)) return value
  if (Array.isArray(value['pairs'])) return { pairs: value['pairs'].map(renameEntry) }
  return isPairLike(value) ? { pairs: [renameKeys(value)] } : value
}

const renameEntry = (entry: unknown) => (isObject(entry) ? renameKeys(entry) : entry)

const keyNames: ReadonlyMap<string, string> = new Map([
  ['instruction', 'instruction'],
  ['question', 'instruction'],
  ['response', 'response'],
  ['answer', 'response'],
])

/** Exact keys win over their synonyms. */
function renameKeys(entry: Record<string, unknown>): Record<string, unknown> {
  const renamed = new Map<string, unknown>()
  for (const [key, value] of Object.entries(entry)) {
    const name = keyNames.get(key.toLowerCase())
    if (name !== undefined && (key === name || !renamed.has(name))) renamed.set(name, value)
  }
  return Object.fromEntries(renamed)
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

function describeIssue(error: z.ZodError | undefined): string {
  const issue = error?.issues[0]
  if (!issue) return 'no list of pairs.'
  const [first, number, key] = issue.path
  if (first !== 'pairs' || typeof number !== 'number') return 'no list "pairs".'
  return typeof key === 'string' ? `pair ${number + 1} has no ${key}.` : `pair ${number + 1} is not an object.`
}
