import { z } from 'zod'
import { cleanPairText, pairTextSchema, type DraftedPair } from '../../shared/domain'
import { type Said, say } from '../../shared/say'

/** Models' JSON in its many shapes → one list of pairs, each with its place in the reply. */

const kindSchema = z.unknown().optional().transform(kindNamed)
const rationaleSchema = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' ? cleanPairText(value) || null : null))
const placeSchema = z.number().int().nonnegative().nullable().default(null)

const shapeSchema = z.object({
  pairs: z.array(
    z.object({
      instruction: pairTextSchema,
      response: pairTextSchema,
      kind: kindSchema,
      conversation: placeSchema,
      turn: placeSchema,
      rationale: rationaleSchema,
    }),
  ),
})

export type ShapeResult = { readonly pairs: DraftedPair[] } | { readonly issue: Said }

/** Reads the pairs of one JSON value, all of them or none. */
export function readShape(value: unknown): ShapeResult {
  const parsed = shapeSchema.safeParse(normalize(value))
  return parsed.success ? parsed.data : { issue: describeIssue(parsed.error) }
}

/** Whether it was meant as a reply, even if something is wrong with it. */
export function looksLikeReply(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((entry) => isObject(entry) || (Array.isArray(entry) && entry.every(isObject)))
  return isObject(value) && ('pairs' in value || 'conversations' in value || isPairLike(value))
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const isPairLike = (value: Record<string, unknown>) => {
  const keys = Object.keys(renameKeys(value))
  return keys.includes('instruction') || keys.includes('response')
}

/** A bare list, a single pair and conversations are put where `pairs` should have been. */
function normalize(value: unknown): unknown {
  if (Array.isArray(value))
    return value.length > 0 && value.every(isConversation) ? conversationPairs(value) : { pairs: value.map(renameEntry) }
  if (!isObject(value)) return value
  if (Array.isArray(value['conversations'])) return conversationPairs(value['conversations'])
  if (Array.isArray(value['pairs'])) return { pairs: value['pairs'].map(renameEntry) }
  return isPairLike(value) ? { pairs: [renameKeys(value)] } : value
}

const isConversation = (value: unknown) => Array.isArray(value) || roundsOf(value) !== null

/** The rounds of a conversation: a bare list, or the first list that a conversation holds. */
function roundsOf(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value
  if (!isObject(value) || isPairLike(value)) return null
  return Object.values(value).find((each) => Array.isArray(each)) ?? null
}

function conversationPairs(conversations: readonly unknown[]): unknown {
  return {
    pairs: conversations.flatMap((each, conversation) =>
      (roundsOf(each) ?? [each]).map((round, turn) => (isObject(round) ? { ...renameKeys(round), conversation, turn } : round)),
    ),
  }
}

const renameEntry = (entry: unknown) => (isObject(entry) ? renameKeys(entry) : entry)

const keyNames: ReadonlyMap<string, string> = new Map([
  ['instruction', 'instruction'],
  ['question', 'instruction'],
  ['response', 'response'],
  ['answer', 'response'],
  ['kind', 'kind'],
  ['type', 'kind'],
  ['rationale', 'rationale'],
  ['reason', 'rationale'],
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

/** “Complex reasoning”, “detailed description” and the like; null for anything else. */
function kindNamed(value: unknown): DraftedPair['kind'] {
  if (typeof value !== 'string') return null
  if (/reason/i.test(value)) return 'reasoning'
  if (/detail|descri/i.test(value)) return 'detail'
  return /conv/i.test(value) ? 'conversation' : null
}

function describeIssue(error: z.ZodError): Said {
  const [first, number, key] = error.issues[0]?.path ?? []
  if (first !== 'pairs' || typeof number !== 'number') return say`no list "pairs".`
  return typeof key === 'string' ? say`pair ${number + 1} has no ${key}.` : say`pair ${number + 1} is not an object.`
}
