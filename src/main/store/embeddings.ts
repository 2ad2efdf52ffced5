import { z } from 'zod'
import type { Candidate } from '../../shared/domain'
import { readCandidates } from './candidates'
import type { Database } from './database'
import { prepare } from './statement'
import { numberOrNoneSchema, numbersSchema } from './stored'
import { write } from './transaction'

/** Of how many items with approved pairs, those decided last, the nearest are looked for. */
const mostItems = 20_000

export interface ItemEmbedding {
  readonly itemId: number
  /** of length 1 */
  readonly vector: Float32Array
}

/** Stores what an embedding model made of items' contexts; one that is there already stays. */
export function saveEmbeddings(db: Database, model: string, embeddings: readonly ItemEmbedding[]): void {
  write(db, () => {
    const insert = prepare(db, `INSERT OR IGNORE INTO item_embedding (item_id, model, vector) VALUES (?, ?, ?)`)
    for (const { itemId, vector } of embeddings) insert.run(itemId, model, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength))
  })
}

/** Which of the items the model has not seen yet, in their order. */
export function withoutEmbedding(db: Database, model: string, itemIds: readonly number[]): number[] {
  const known = prepare(db, `SELECT 1 FROM item_embedding WHERE item_id = ? AND model = ?`).pluck()
  const unseen = itemIds.filter((id) => known.get(id, model) === undefined)
  // Of an item whose context was replaced, what is remembered is of the old one.
  for (const id of unseen) pools.get(db)?.vectors.get(model)?.delete(id)
  return unseen
}

/** Items with approved pairs, those decided last first, that the model has not seen yet. */
export function listApprovedWithoutEmbedding(db: Database, model: string, limit: number): number[] {
  return withoutEmbedding(db, model, readPool(db).itemIds).slice(0, limit)
}

/** Grows with every decision, undo and redo. */
export function lastDecisionId(db: Database): number {
  return numberOrNoneSchema.parse(prepare(db, `SELECT max(id) FROM decision`).pluck().get() ?? undefined) ?? 0
}

interface Pool {
  readonly lastDecision: number
  readonly itemIds: readonly number[]
  /** by model and item */
  readonly vectors: Map<string, Map<number, Float32Array>>
}

const pools = new WeakMap<Database, Pool>()

function readPool(db: Database): Pool {
  const lastDecision = lastDecisionId(db)
  const known = pools.get(db)
  if (known?.lastDecision === lastDecision) return known
  const rows = prepare(
    db,
    `SELECT item_id FROM candidate WHERE state IN ('accepted', 'edited') GROUP BY item_id ORDER BY max(decision_id) DESC LIMIT ?`,
  )
  const pool: Pool = { lastDecision, itemIds: numbersSchema.parse(rows.pluck().all(mostItems)), vectors: known?.vectors ?? new Map() }
  pools.set(db, pool)
  return pool
}

const vectorRowsSchema = z.object({ itemId: z.number(), vector: z.instanceof(Uint8Array) }).array()

function readVectors(db: Database, model: string, itemIds: readonly number[]): Map<number, Float32Array> {
  const rows = prepare(
    db,
    `SELECT item_id AS itemId, vector FROM item_embedding WHERE model = ? AND item_id IN (SELECT value FROM json_each(?))`,
  ).all(model, JSON.stringify(itemIds))
  // Copied: a Float32Array wants its bytes at a multiple of four.
  return new Map(vectorRowsSchema.parse(rows).map(({ itemId, vector }) => [itemId, new Float32Array(new Uint8Array(vector).buffer)]))
}

function poolVectors(db: Database, model: string): Map<number, Float32Array> {
  const { itemIds, vectors } = readPool(db)
  const known = vectors.get(model) ?? new Map<number, Float32Array>()
  vectors.set(model, known)
  const missing = itemIds.filter((id) => !known.has(id))
  if (missing.length > 0) for (const [id, vector] of readVectors(db, model, missing)) known.set(id, vector)
  return known
}

/**
 * Approved pairs that are not pinned, the most similar to an item first: by the cosine of the angle between the embeddings of the two
 * items' contexts; of one item, the pair decided last comes first.
 * @returns null where the model has not seen the item
 */
export function listNearestExemplars(
  db: Database,
  { itemId, model, limit }: { itemId: number; model: string; limit: number },
): Candidate[] | null {
  const target = readVectors(db, model, [itemId]).get(itemId)
  if (!target) return null
  const vectors = poolVectors(db, model)
  const nearest = readPool(db)
    .itemIds.filter((id) => id !== itemId)
    .flatMap((id) => {
      const vector = vectors.get(id)
      return vector?.length === target.length ? [{ id, cosine: dot(vector, target) }] : []
    })
    .toSorted((a, b) => b.cosine - a.cosine)
  const approved = prepare(
    db,
    `SELECT id FROM candidate WHERE state IN ('accepted', 'edited') AND item_id = ? AND pinned_at IS NULL ORDER BY decision_id DESC`,
  ).pluck()
  const chosen: number[] = []
  for (const { id } of nearest) {
    if (chosen.length >= limit) break
    chosen.push(...numbersSchema.parse(approved.all(id)))
  }
  return readCandidates(db, chosen.slice(0, limit))
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0)
  return sum
}
