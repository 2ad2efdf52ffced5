import { z } from 'zod'
import type { Candidate } from '../../../shared/domain'
import { readCandidates } from '../candidates/candidates'
import { readLeftOut } from '../library/leftOut'
import type { ReadableDb, WritableDb } from '../sql/types'
import { prepare } from '../sql/statement'
import { numberOrNoneSchema, numberSchema, numbersSchema } from '../sql/stored'
import { write } from '../sql/transaction'

/** Maximum number of items with approved pairs to compare, the most recently decided first. */
const maxItems = 20_000

interface ItemEmbedding {
  readonly itemId: number
  /** Unit vector. */
  readonly vector: Float32Array
}

/** Stores the embeddings of items' contexts; existing ones are kept. */
export function saveEmbeddings(db: WritableDb, model: string, embeddings: readonly ItemEmbedding[]): void {
  write(db, () => {
    const insert = prepare(db, `INSERT OR IGNORE INTO item_embedding (item_id, model, vector) VALUES (?, ?, ?)`)
    for (const { itemId, vector } of embeddings) insert.run(itemId, model, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength))
  })
}

/** Returns the items without an embedding by this model, in the given order. */
export function withoutEmbedding(db: ReadableDb, model: string, itemIds: readonly number[]): number[] {
  const known = prepare(db, `SELECT 1 FROM item_embedding WHERE item_id = ? AND model = ?`).pluck()
  const unseen = itemIds.filter((id) => known.get(id, model) === undefined)
  // If an item's context was replaced, its cached vector belongs to the old context.
  for (const id of unseen) pools.get(db)?.vectors.get(model)?.delete(id)
  return unseen
}

/** Returns items with approved pairs that have no embedding by this model, most recently decided first. */
export function listApprovedWithoutEmbedding(db: ReadableDb, model: string, limit: number): number[] {
  return withoutEmbedding(db, model, readPool(db).itemIds).slice(0, limit)
}

/** Returns the id of the last decision; it grows with every decision, undo and redo. */
export function lastDecisionId(db: ReadableDb): number {
  return numberOrNoneSchema.parse(prepare(db, `SELECT max(id) FROM decision`).pluck().get() ?? undefined) ?? 0
}

interface Pool {
  readonly lastDecision: number
  readonly itemIds: readonly number[]
  /** Vectors by model and item. */
  readonly vectors: Map<string, Map<number, Float32Array>>
  /** The same vectors by model, in the order of `itemIds`. */
  readonly inOrder: Map<string, readonly (Float32Array | undefined)[]>
}

const pools = new WeakMap<ReadableDb, Pool>()

function readPool(db: ReadableDb): Pool {
  const lastDecision = lastDecisionId(db)
  const known = pools.get(db)
  if (known?.lastDecision === lastDecision) return known
  const rows = prepare(
    db,
    `SELECT item_id FROM candidate WHERE state IN ('accepted', 'edited') GROUP BY item_id ORDER BY max(decision_id) DESC LIMIT ?`,
  )
  const itemIds = numbersSchema.parse(rows.pluck().all(maxItems))
  const pool: Pool = { lastDecision, itemIds, vectors: known?.vectors ?? new Map(), inOrder: new Map() }
  pools.set(db, pool)
  return pool
}

const vectorRowsSchema = z.object({ itemId: z.number(), vector: z.instanceof(Uint8Array) }).array()

function readVectors(db: ReadableDb, model: string, itemIds: readonly number[]): Map<number, Float32Array> {
  const rows = prepare(
    db,
    `SELECT item_id AS itemId, vector FROM item_embedding WHERE model = ? AND item_id IN (SELECT value FROM json_each(?))`,
  ).all(model, JSON.stringify(itemIds))
  const found = vectorRowsSchema.parse(rows)
  // Copied into one buffer: they are read one after the other, and a Float32Array needs an offset that is a multiple of four.
  const bytes = new Uint8Array(found.reduce((sum, { vector }) => sum + vector.length, 0))
  let end = 0
  return new Map(
    found.map(({ itemId, vector }) => {
      bytes.set(vector, end)
      end += vector.length
      return [itemId, new Float32Array(bytes.buffer, end - vector.length, vector.length / 4)]
    }),
  )
}

/** Returns the vectors in the order of the pool's items; undefined for items without an embedding by this model. */
function poolVectors(db: ReadableDb, model: string): readonly (Float32Array | undefined)[] {
  const { itemIds, vectors, inOrder } = readPool(db)
  const whole = inOrder.get(model)
  if (whole && !whole.includes(undefined)) return whole
  const known = vectors.get(model) ?? new Map<number, Float32Array>()
  vectors.set(model, known)
  const ordered = whole ?? itemIds.map((id) => known.get(id))
  const missing = itemIds.filter((_, place) => ordered[place] === undefined)
  const found = missing.length > 0 ? readVectors(db, model, missing) : new Map<number, Float32Array>()
  for (const [id, vector] of found) known.set(id, vector)
  const complete = found.size > 0 ? itemIds.map((id) => known.get(id)) : ordered
  inOrder.set(model, complete)
  return complete
}

const approvedSchema = z.object({ id: z.number(), itemId: z.number() }).array()

/**
 * Returns approved pairs that are not pinned, the most similar to an item first: by the cosine similarity of the embeddings of the two
 * items' contexts. Pairs of one item are ordered by decision, latest first.
 * @returns null if the item has no embedding by this model
 */
export function listNearestExemplars(
  db: ReadableDb,
  { itemId, model, limit }: { itemId: number; model: string; limit: number },
): Candidate[] | null {
  const target = readVectors(db, model, [itemId]).get(itemId)
  if (!target) return null
  const vectors = poolVectors(db, model)
  const { itemIds } = readPool(db)
  const leftOut = readLeftOut(db)
  const cosines = new Float64Array(itemIds.length).fill(Number.NaN)
  for (let place = 0; place < vectors.length; place++) {
    const vector = vectors[place]
    if (vector?.length === target.length && itemIds[place] !== itemId && !leftOut.has(itemIds[place] ?? 0))
      cosines[place] = dot(vector, target)
  }
  // All pairs of an item may be pinned; it then contributes none.
  const pinned = numberSchema.parse(prepare(db, `SELECT count(*) FROM candidate WHERE pinned_at IS NOT NULL`).pluck().get())
  const nearest = takeBest(itemIds.keys(), {
    count: limit + pinned,
    isWanted: (place) => !Number.isNaN(cosines[place]),
    isBefore: (one, other) => {
      const difference = (cosines[one] ?? 0) - (cosines[other] ?? 0)
      return difference > 0 || (difference === 0 && one < other)
    },
  })
  const rank = new Map(nearest.map((place, at) => [itemIds[place], at]))
  const approved = prepare(
    db,
    `SELECT id, item_id AS itemId FROM candidate
     WHERE item_id IN (SELECT value FROM json_each(?)) AND +state IN ('accepted', 'edited') AND pinned_at IS NULL ORDER BY decision_id DESC`,
  ).all(JSON.stringify([...rank.keys()]))
  const chosen = approvedSchema
    .parse(approved)
    .toSorted((one, other) => (rank.get(one.itemId) ?? 0) - (rank.get(other.itemId) ?? 0))
    .slice(0, limit)
  return readCandidates(
    db,
    chosen.map(({ id }) => id),
  )
}

/** Uses four independent sums, because each addition waits for the previous one. */
function dot(a: Float32Array, b: Float32Array): number {
  let [first, second, third, fourth] = [0, 0, 0, 0]
  for (let at = 0; at < a.length; at += 4) {
    first += (a[at] ?? 0) * (b[at] ?? 0)
    second += (a[at + 1] ?? 0) * (b[at + 1] ?? 0)
    third += (a[at + 2] ?? 0) * (b[at + 2] ?? 0)
    fourth += (a[at + 3] ?? 0) * (b[at + 3] ?? 0)
  }
  return first + second + third + fourth
}

interface Choice {
  readonly count: number
  readonly isWanted: (place: number) => boolean
  readonly isBefore: (one: number, other: number) => boolean
}

/** Returns the first `count` positions in sort order, without sorting all of them. */
export function takeBest(places: Iterable<number>, { count, isWanted, isBefore }: Choice): number[] {
  const best: number[] = []
  for (const place of places) {
    const last = best.at(-1)
    if (best.length >= count && (last === undefined || !isBefore(place, last))) continue
    if (!isWanted(place)) continue
    let at = best.length
    while (at > 0 && isBefore(place, best[at - 1] ?? 0)) at--
    best.splice(at, 0, place)
    if (best.length > count) best.pop()
  }
  return best
}
