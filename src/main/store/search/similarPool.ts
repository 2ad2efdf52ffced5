import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import { type Candidate, contextSchema } from '../../../shared/domain'
import type { ReadableDb } from '../sql/types'
import { lastDecisionId, takeBest } from './embeddings'
import { contextText } from './searchTerms'
import { prepare } from '../sql/statement'
import { numbersSchema, textSchema } from '../sql/stored'
import { addText, createWordIndex, removeTexts, scoreTexts, trimIndex, type WordIndex } from './wordIndex'
import { readCandidates } from '../candidates/candidates'
import { readLeftOut } from '../library/leftOut'

/** Maximum number of approved pairs to compare, the most recently decided first. */
const maxPairs = 20_000

/** Number of pairs added per step: about 5 ms. */
const pairsAtOnce = 100

interface PooledItem {
  readonly itemId: number
  /** Position in the index of contexts. */
  readonly place: number
  /** Hash of the context; equal for identical contexts. */
  readonly sameness: number
  pairs: number
}

interface PooledPair {
  readonly candidateId: number
  readonly item: PooledItem
}

/** The words of approved pairs and of their items' contexts. Cached per connection, and updated after decisions. */
interface SimilarPool {
  lastDecision: number
  /** Candidates whose decision has not been processed yet, in decision order. */
  waiting: number[]
  readonly contexts: WordIndex
  readonly texts: WordIndex
  readonly items: Map<number, PooledItem>
  /** Pairs by their position in the index of texts, which increases with the decisions. */
  readonly pairs: Map<number, PooledPair>
  /** Position in the index of texts, by candidate. */
  readonly places: Map<number, number>
}

const pools = new WeakMap<ReadableDb, SimilarPool>()

/** Discards the pool, so that its next use reads everything again: contexts may have been replaced. */
export function forgetSimilarPool(db: ReadableDb): void {
  pools.delete(db)
}

/** Processes all decisions since the last call at once. */
function readSimilarPool(db: ReadableDb): SimilarPool {
  const pool = followDecisions(db)
  while (pool.waiting.length > 0) takeIn(db, pool)
  return pool
}

/**
 * Processes the decisions since the last call in small steps, yielding to the event loop in between. Reading 10,000 pairs for the first
 * time takes about half a second.
 */
export async function prepareSimilarPool(db: ReadableDb): Promise<void> {
  const pool = followDecisions(db)
  while (pool.waiting.length > 0) {
    takeIn(db, pool)
    await nextTurn()
  }
}

function followDecisions(db: ReadableDb): SimilarPool {
  const lastDecision = lastDecisionId(db)
  const known = pools.get(db)
  if (known && known.lastDecision <= lastDecision) {
    if (known.lastDecision < lastDecision) {
      const since = prepare(db, `SELECT candidate_id FROM decision WHERE id > ? GROUP BY candidate_id ORDER BY max(id)`).pluck()
      const decided = new Set(numbersSchema.parse(since.all(known.lastDecision)))
      known.waiting = [...known.waiting.filter((id) => !decided.has(id)), ...decided]
      known.lastDecision = lastDecision
    }
    return known
  }
  const approved = prepare(
    db,
    `SELECT id FROM candidate INDEXED BY candidate_approved WHERE state IN ('accepted', 'edited') ORDER BY decision_id DESC LIMIT ?`,
  ).pluck()
  const pool: SimilarPool = {
    ...{ lastDecision, waiting: numbersSchema.parse(approved.all(maxPairs)).reverse() },
    ...{ contexts: createWordIndex(), texts: createWordIndex(), items: new Map(), pairs: new Map(), places: new Map() },
  }
  pools.set(db, pool)
  return pool
}

const bodySql = `SELECT body FROM context WHERE item_id = ?`

const rowsSchema = z.object({ id: z.number(), itemId: z.number(), text: z.string() }).array()

function takeIn(db: ReadableDb, pool: SimilarPool): void {
  const ids = pool.waiting.slice(0, pairsAtOnce)
  const rows = prepare(
    db,
    `SELECT id, item_id AS itemId, instruction || char(10) || response AS text FROM candidate JOIN pair ON candidate_id = id
     WHERE id IN (SELECT value FROM json_each(?)) AND +state IN ('accepted', 'edited')`,
  ).all(JSON.stringify(ids))
  const approved = new Map(rowsSchema.parse(rows).map((row) => [row.id, row]))
  const gone = new Set(ids.flatMap((id) => pool.places.get(id) ?? []))
  // Added before the old ones are removed, so that the context of an item whose only pair was edited is kept.
  for (const id of ids) {
    const row = approved.get(id)
    if (row) addPair(db, pool, row)
  }
  for (const place of pool.pairs.keys()) {
    if (pool.pairs.size - gone.size <= maxPairs) break
    gone.add(place)
  }
  removePairs(pool, gone)
  pool.waiting = pool.waiting.slice(ids.length)
  if (pool.waiting.length === 0 && ids.length > pairsAtOnce / 2) for (const index of [pool.texts, pool.contexts]) trimIndex(index)
}

function addPair(db: ReadableDb, pool: SimilarPool, { id, itemId, text }: z.infer<typeof rowsSchema>[number]): void {
  const item = pool.items.get(itemId) ?? addItem(db, pool, itemId)
  const place = addText(pool.texts, text)
  item.pairs += 1
  pool.pairs.set(place, { candidateId: id, item })
  pool.places.set(id, place)
}

function addItem(db: ReadableDb, { contexts, items }: SimilarPool, itemId: number): PooledItem {
  const text = readContextText(db, itemId)
  const item = { itemId, place: addText(contexts, text), sameness: samenessOf(text), pairs: 0 }
  items.set(itemId, item)
  return item
}

function removePairs({ pairs, places, texts, items, contexts }: SimilarPool, gone: ReadonlySet<number>): void {
  const goneContexts = new Set<number>()
  for (const place of gone) {
    const pair = pairs.get(place)
    if (!pair) continue
    pairs.delete(place)
    if (places.get(pair.candidateId) === place) places.delete(pair.candidateId)
    pair.item.pairs -= 1
    if (pair.item.pairs > 0) continue
    items.delete(pair.item.itemId)
    goneContexts.add(pair.item.place)
  }
  removeTexts(texts, gone)
  removeTexts(contexts, goneContexts)
}

/** Returns all text of an item's context; empty if it is unreadable, which is reported when the item itself is read. */
function readContextText(db: ReadableDb, itemId: number): string {
  try {
    return contextText(contextSchema.parse(JSON.parse(textSchema.parse(prepare(db, bodySql).pluck().get(itemId)))))
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError) return ''
    throw error
  }
}

/** FNV-1a, 32 bits. */
function samenessOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/**
 * Returns approved pairs that are not pinned, the most similar to an item first: by how well the context of a pair's item and the pair's
 * own words match the words of the item's context (sum of two BM25 scores, see `scoreTexts`). Pairs of an item with exactly the same
 * context come before all others; ties are ordered by decision, latest first. Compares at most the 20,000 approved pairs decided last. May
 * return fewer than `limit`, or none.
 */
export function listSimilarExemplars(db: ReadableDb, { itemId, limit }: { itemId: number; limit: number }): Candidate[] {
  const { contexts, texts, pairs } = readSimilarPool(db)
  const wanted = readContextText(db, itemId)
  const sameness = samenessOf(wanted)
  const byContext = scoreTexts(contexts, wanted)
  const byText = scoreTexts(texts, wanted)
  for (const [place, { item }] of pairs) {
    const score = (byText[place] ?? 0) + (byContext[item.place] ?? 0)
    byText[place] = score > 0 && item.sameness === sameness ? Infinity : score
  }
  const pinned = new Set(numbersSchema.parse(prepare(db, `SELECT id FROM candidate WHERE pinned_at IS NOT NULL`).pluck().all()))
  const leftOut = readLeftOut(db)
  const isWanted = ({ candidateId, item }: PooledPair) => item.itemId !== itemId && !pinned.has(candidateId) && !leftOut.has(item.itemId)
  const best = takeBest(pairs.keys(), {
    count: limit,
    isWanted: (place) => {
      const pair = pairs.get(place)
      return pair !== undefined && (byText[place] ?? 0) > 0 && isWanted(pair)
    },
    isBefore: (one, other) => {
      const [a, b] = [byText[one] ?? 0, byText[other] ?? 0]
      return a > b || (a === b && one > other)
    },
  })
  return readCandidates(
    db,
    best.flatMap((place) => pairs.get(place)?.candidateId ?? []),
  )
}
