import sql, { raw } from 'sql-template-tag'
import { z } from 'zod'
import { type Context, contextSchema, type Item, itemSchema } from '../../../shared/domain'
import type { ReadableDb, WritableDb } from '../sql/types'
import { message } from '../../../shared/messages/message'
import { getStanding, putStanding } from './leftOut'
import { listItemMedia, readItemMedia } from './media'
import { contextText } from '../search/searchTerms'
import { numberOrNoneSchema, numberSchema, numbersSchema, parseStored } from '../sql/stored'
import { prepare, run } from '../sql/statement'

type SaveItemResult = { id: number; result: 'added' | 'unchanged' | 'different' }

/** An item's context in its stored form. */
export interface EncodedContext {
  /** The context as JSON. */
  readonly body: string
  /** Text for the full-text index. */
  readonly text: string
}

export const encodeContext = (sourceId: string, context: Context): EncodedContext => ({
  body: JSON.stringify(context),
  text: `${sourceId}\n${contextText(context)}`,
})

/** Ids of media in order; a name for each file that was not found. */
type MediaIds = readonly (number | { readonly missing: string })[]

interface EncodedItem extends EncodedContext {
  readonly sourceId: string
  readonly mediaIds: MediaIds
}

/** Stores an item once. `different`: the id exists with other media or context; nothing was changed. Call it inside a transaction. */
export function saveEncodedItem(db: WritableDb, item: EncodedItem): SaveItemResult {
  const { changes, lastInsertRowid } = prepare(db, insertItem.item).run(item.sourceId, Date.now())
  if (changes === 0) return restoreDeleted(db, item) ?? compareItem(db, item)
  const id = Number(lastInsertRowid)
  insertMedia(db, id, item.mediaIds)
  prepare(db, insertItem.context).run(id, item.body)
  prepare(db, insertItem.text).run(id, item.text)
  return { id, result: 'added' }
}

/** Restores a deleted item that is imported again, with its newly imported content. */
function restoreDeleted(db: WritableDb, { sourceId, mediaIds, body, text }: EncodedItem): SaveItemResult | null {
  const id = findItemId(db, sourceId)
  if (id === undefined || getStanding(db, id) !== 'deleted') return null
  putStanding(db, id, 'included')
  if (compareItem(db, { sourceId, mediaIds, body, text }).result === 'different') replaceItem(db, id, { body, text, mediaIds })
  return { id, result: 'added' }
}

function insertMedia(db: WritableDb, itemId: number, mediaIds: MediaIds): void {
  let position = 0
  for (const medium of mediaIds)
    if (typeof medium === 'number') prepare(db, insertItem.medium).run(itemId, position++, medium)
    else prepare(db, insertItem.missing).run(itemId, position++, medium.missing)
}

/** Statements that store an item. */
export const insertItem = {
  item: `INSERT INTO item (source_id, created_at) VALUES (?, ?) ON CONFLICT (source_id) DO NOTHING`,
  medium: `INSERT INTO item_media (item_id, position, media_id) VALUES (?, ?, ?)`,
  missing: `INSERT INTO missing_media (item_id, position, name) VALUES (?, ?, ?)`,
  context: `INSERT INTO context (item_id, body) VALUES (?, ?)`,
  text: `INSERT INTO item_text (rowid, text) VALUES (?, ?)`,
} as const

function compareItem(db: ReadableDb, item: EncodedItem): SaveItemResult {
  const existing = numberSchema.parse(findItemId(db, item.sourceId))
  const sameContext = prepare(db, `SELECT body FROM context WHERE item_id = ?`).pluck().get(existing) === item.body
  const same = sameContext && JSON.stringify(storedMedia(db, existing)) === JSON.stringify(item.mediaIds)
  return { id: existing, result: same ? 'unchanged' : 'different' }
}

const placesSchema = z.object({ position: z.number(), id: z.number() }).array()

function storedMedia(db: ReadableDb, itemId: number): MediaIds {
  const found = placesSchema.parse(prepare(db, `SELECT position, media_id AS id FROM item_media WHERE item_id = ?`).all(itemId))
  const missing = listMissing(db, itemId).map(({ position, name }) => ({ position, medium: { missing: name } }))
  return [...found.map(({ position, id }) => ({ position, medium: id })), ...missing]
    .toSorted((a, b) => a.position - b.position)
    .map(({ medium }) => medium)
}

const missingSchema = z.object({ position: z.number(), name: z.string() })
const missingRowsSchema = missingSchema.array()
const incompleteRowsSchema = missingSchema.extend({ itemId: z.number() }).array()

function listMissing(db: ReadableDb, itemId: number): z.infer<typeof missingSchema>[] {
  return missingRowsSchema.parse(prepare(db, `SELECT position, name FROM missing_media WHERE item_id = ? ORDER BY position`).all(itemId))
}

/** Links a found medium at the position that the item reserved for it. Call it inside a transaction. */
export function linkMedia(db: WritableDb, itemId: number, position: number, mediaId: number): void {
  prepare(db, `DELETE FROM missing_media WHERE item_id = ? AND position = ?`).run(itemId, position)
  prepare(db, `INSERT INTO item_media (item_id, position, media_id) VALUES (?, ?, ?)`).run(itemId, position, mediaId)
}

/** Replaces an item's context and its search data: words, and embeddings, which are computed again later. Call it inside a transaction. */
export function replaceContext(db: WritableDb, itemId: number, { body, text }: EncodedContext): void {
  prepare(db, `UPDATE context SET body = ? WHERE item_id = ?`).run(body, itemId)
  prepare(db, `INSERT OR REPLACE INTO item_text (rowid, text) VALUES (?, ?)`).run(itemId, text)
  prepare(db, `DELETE FROM item_embedding WHERE item_id = ?`).run(itemId)
}

/**
 * Replaces the context and media of an item; its candidates and decisions are kept. Call it inside a transaction.
 * @returns the ids of its previous media
 */
export function replaceItem(db: WritableDb, itemId: number, { mediaIds, ...context }: EncodedContext & { mediaIds: MediaIds }): number[] {
  const before = numbersSchema.parse(prepare(db, `SELECT media_id FROM item_media WHERE item_id = ?`).pluck().all(itemId))
  prepare(db, `DELETE FROM item_media WHERE item_id = ?`).run(itemId)
  prepare(db, `DELETE FROM missing_media WHERE item_id = ?`).run(itemId)
  insertMedia(db, itemId, mediaIds)
  replaceContext(db, itemId, context)
  return before
}

/** Returns whether a pair of the item is or ever was approved. */
export const hadApprovedPair = (db: ReadableDb, itemId: number): boolean =>
  prepare(
    db,
    `SELECT 1 FROM candidate JOIN decision ON decision.candidate_id = candidate.id
     WHERE item_id = ? AND after_state IN ('accepted', 'edited') LIMIT 1`,
  )
    .pluck()
    .get(itemId) !== undefined

/**
 * Deletes an item that holds the notes of one image, for a pair that could not be created while its file was missing. An item that a run,
 * call or comparison refers to is kept. Call it inside a transaction.
 */
export function deleteUnpairedImage(db: WritableDb, sourceId: string): void {
  const id = findItemId(db, sourceId)
  const item = id === undefined ? undefined : getItem(db, id)
  if (!item || item.media.length > 0 || item.missing.length !== 1 || item.context.captionsOf?.length !== 1) return
  const used = prepare(
    db,
    `SELECT EXISTS (SELECT 1 FROM run_item WHERE item_id = @id) OR EXISTS (SELECT 1 FROM call WHERE item_id = @id)
     OR EXISTS (SELECT 1 FROM comparison_item WHERE item_id = @id)`,
  )
  if (used.pluck().get({ id: item.id }) === 1) return
  for (const table of ['missing_media', 'context', 'item_embedding'] as const)
    run(db, sql`DELETE FROM ${raw(table)} WHERE item_id = ${item.id}`)
  prepare(db, `DELETE FROM item_text WHERE rowid = ?`).run(item.id)
  prepare(db, `DELETE FROM item WHERE id = ?`).run(item.id)
}

/** Returns the ids of the images that form pairs, from item ids of the form `<a>_<b>`. */
export function listPairedIds(db: ReadableDb): Set<string> {
  const rows = prepare(db, `SELECT source_id FROM item WHERE instr(source_id, '_') > 0`).pluck().all()
  return new Set(pairIdsSchema.parse(rows).flatMap((id) => id.split('_')))
}

export function findItemId(db: ReadableDb, sourceId: string): number | undefined {
  return numberOrNoneSchema.parse(prepare(db, `SELECT id FROM item WHERE source_id = ?`).pluck().get(sourceId))
}

const pairIdsSchema = z.string().array()
const nameOrNoneSchema = z.string().optional()

/** Returns the source id of the first item whose only medium is this one; null if every item with it has other media too. */
export function findFirstItemWith(db: ReadableDb, mediaId: number): string | null {
  const sourceId = prepare(
    db,
    `SELECT source_id FROM item_media JOIN item ON item.id = item_media.item_id
     WHERE media_id = ? AND NOT EXISTS (SELECT 1 FROM item_media AS other WHERE other.item_id = item.id AND other.position <> item_media.position)
       AND NOT EXISTS (SELECT 1 FROM missing_media WHERE missing_media.item_id = item.id)
     ORDER BY item.id LIMIT 1`,
  )
    .pluck()
    .get(mediaId)
  return nameOrNoneSchema.parse(sourceId) ?? null
}

const namesSchema = z.string().array()

/** Returns the source ids with characters outside [A-Za-z0-9_.-], in import order. */
export function listUnsafeSourceIds(db: ReadableDb): string[] {
  return namesSchema.parse(prepare(db, `SELECT source_id FROM item WHERE source_id GLOB '*[^A-Za-z0-9_.-]*' ORDER BY id`).pluck().all())
}

const itemRowSchema = z.object({ id: z.number(), sourceId: z.string(), createdAt: z.number(), body: z.string() })
const itemRowsSchema = itemRowSchema.array()

export function getItem(db: ReadableDb, id: number): Item | undefined {
  const row = prepare(
    db,
    `SELECT item.id, source_id AS sourceId, created_at AS createdAt, body FROM item JOIN context ON context.item_id = item.id WHERE item.id = ?`,
  ).get(id)
  if (row === undefined) return undefined
  const { body, ...item } = itemRowSchema.parse(row)
  return itemSchema.parse({
    ...item,
    media: listItemMedia(db, id),
    missing: listMissing(db, id),
    context: parseStored(contextSchema, body, message('store.rowOf.context', { id: item.sourceId })),
  })
}

/** Returns items by id, without those that do not exist. Uses the same few statements for any number of items. */
export function readItems(db: ReadableDb, ids: readonly number[]): Map<number, Item> {
  const wanted = JSON.stringify(ids)
  const rows = prepare(
    db,
    `SELECT item.id, source_id AS sourceId, created_at AS createdAt, body FROM item JOIN context ON context.item_id = item.id
     WHERE item.id IN (SELECT value FROM json_each(?))`,
  ).all(wanted)
  const places = incompleteRowsSchema.parse(
    prepare(
      db,
      `SELECT item_id AS itemId, position, name FROM missing_media WHERE item_id IN (SELECT value FROM json_each(?)) ORDER BY item_id, position`,
    ).all(wanted),
  )
  const missing = Map.groupBy(places, ({ itemId }) => itemId)
  const media = readItemMedia(db, ids)
  return new Map(
    itemRowsSchema.parse(rows).map(({ body, ...item }) => [
      item.id,
      {
        ...item,
        media: media.get(item.id) ?? [],
        missing: (missing.get(item.id) ?? []).map(({ position, name }) => ({ position, name })),
        context: parseStored(contextSchema, body, message('store.rowOf.context', { id: item.sourceId })),
      },
    ]),
  )
}
