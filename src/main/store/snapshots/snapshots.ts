import sql from 'sql-template-tag'
import { z } from 'zod'
import { customRecipeSchema, recipeIdSchema } from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import { Problem } from '../../../shared/problem'
import { snapshotFactsSchema, snapshotFilterSchema, splitSharesSchema, type Snapshot, type SnapshotSummary } from '../../../shared/snapshot'
import { prepare, readRow, readRows, readValue } from '../sql/statement'
import { numberSchema, parseStored, textSchema } from '../sql/stored'
import type { ReadableDb, WritableDb } from '../sql/types'

/** The parts of a project's recipe that an export needs; a custom recipe can be changed later. */
export const storedRecipeSchema = z.object({
  id: recipeIdSchema,
  custom: customRecipeSchema.pick({ prefix: true, relation: true }).nullable(),
})
export type StoredRecipe = z.infer<typeof storedRecipeSchema>

const columns = sql`id, name, created_at AS createdAt, created_by AS createdBy, filter, shares, seed, content_hash AS contentHash, facts`

const rowSchema = z.object({
  id: z.number(),
  name: z.string(),
  createdAt: z.number(),
  createdBy: z.string(),
  filter: z.string(),
  shares: z.string(),
  seed: z.number(),
  contentHash: z.string(),
  facts: z.string(),
})

function toSnapshot(row: unknown): Snapshot {
  const { filter, shares, facts, ...rest } = rowSchema.parse(row)
  const what = message('store.rowOf.snapshot', { name: rest.name })
  return {
    ...rest,
    filter: parseStored(snapshotFilterSchema, filter, what),
    shares: parseStored(splitSharesSchema, shares, what),
    facts: parseStored(snapshotFactsSchema, facts, what),
  }
}

/** Returns the snapshots of a project, newest first. */
export function listSnapshots(db: ReadableDb): SnapshotSummary[] {
  return readRows(db, sql`SELECT ${columns} FROM snapshot ORDER BY id DESC`)
    .map(toSnapshot)
    .map(({ facts, ...rest }) => ({ ...rest, counts: facts.counts }))
}

/** Returns a snapshot by its id or name. @throws Problem not-found */
export function requireSnapshot(db: ReadableDb, which: number | string): Snapshot {
  const row = readRow(db, sql`SELECT ${columns} FROM snapshot WHERE ${typeof which === 'number' ? sql`id` : sql`name`} = ${which}`)
  if (row !== undefined) return toSnapshot(row)
  const name = typeof which === 'number' ? readDeletedName(db, which) : undefined
  if (name !== undefined)
    throw new Problem('not-found', message('store.snapshotDeleted', { name }), message('store.restoreSnapshot'), {
      item: `snapshot ${which}`,
    })
  throw new Problem('not-found', message('store.noSnapshot', { name: which }), message('store.listSnapshots'), {
    item: `snapshot ${which}`,
  })
}

/** Returns the name of a deleted snapshot; the history of exports refers to snapshots by id. */
const readDeletedName = (db: ReadableDb, id: number): string | undefined =>
  textSchema.optional().parse(readValue(db, sql`SELECT name FROM deleted_snapshot WHERE id = ${id}`))

/** @throws Problem exists if a snapshot of the project has this name */
export function requireFreeName(db: ReadableDb, name: string): void {
  if (readRow(db, sql`SELECT 1 FROM snapshot WHERE name = ${name}`) === undefined) return
  throw new Problem('exists', message('store.snapshotExists', { name }), message('store.chooseSnapshotName'), { item: name })
}

export function readSnapshotRecipe(db: ReadableDb, id: number): StoredRecipe {
  const { name } = requireSnapshot(db, id)
  const text = prepare(db, `SELECT recipe FROM snapshot WHERE id = ?`).pluck().get(id)
  return parseStored(storedRecipeSchema, text, message('store.rowOf.snapshot', { name }))
}

/** Returns the id of the next snapshot, which has never been used. Call it inside the transaction that stores it. */
export const nextSnapshotId = (db: ReadableDb): number =>
  numberSchema.parse(
    prepare(db, `SELECT coalesce(max(id), 0) + 1 FROM (SELECT id FROM snapshot UNION ALL SELECT id FROM deleted_snapshot)`).pluck().get(),
  )

/** Stores the row of a snapshot, after its pairs: from then on nothing can be added to it. */
export function saveSnapshotRow(db: WritableDb, { recipe, ...snapshot }: Snapshot & { readonly recipe: StoredRecipe }): void {
  prepare(
    db,
    `INSERT INTO snapshot (id, name, created_at, created_by, filter, shares, seed, content_hash, recipe, facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    snapshot.id,
    snapshot.name,
    snapshot.createdAt,
    snapshot.createdBy,
    JSON.stringify(snapshot.filter),
    JSON.stringify(snapshot.shares),
    snapshot.seed,
    snapshot.contentHash,
    JSON.stringify(recipe),
    JSON.stringify(snapshot.facts),
  )
}
