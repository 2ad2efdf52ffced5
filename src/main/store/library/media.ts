import sql from 'sql-template-tag'
import { z } from 'zod'
import { type Media, mediaSchema } from '../../../shared/domain'
import type { ReadableDb, WritableDb } from '../sql/types'
import { fromStoredText, numberSchema, textSchema, toStoredText } from '../sql/stored'
import { prepare, readRow, readRows, readValues, valuesOf } from '../sql/statement'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import { write } from '../sql/transaction'

const columns = sql`media.id, sha256, file_name AS fileName, stored_name AS storedName, kind, mime, bytes, width, height, duration_ms AS durationMs, problem`

const mediaRowSchema = mediaSchema.extend({ problem: z.string().transform(fromStoredText).nullable() })
const mediaRowsSchema = mediaRowSchema.array()
const namesSchema = z.string().array()

export type NewMedia = Omit<z.input<typeof mediaSchema>, 'id'>

/** Stores a medium once: media with the same sha256 share a row. */
export function saveMedia(db: WritableDb, media: NewMedia): { id: number; added: boolean } {
  const existing = prepare(db, `SELECT id FROM media WHERE sha256 = ?`).pluck().get(media.sha256)
  if (existing !== undefined) return { id: numberSchema.parse(existing), added: false }
  const { lastInsertRowid } = prepare(
    db,
    `INSERT INTO media (sha256, file_name, stored_name, kind, mime, bytes, width, height, duration_ms, problem, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    media.sha256,
    media.fileName,
    media.storedName,
    media.kind,
    media.mime,
    media.bytes,
    media.width,
    media.height,
    media.durationMs ?? null,
    media.problem == null ? null : toStoredText(media.problem),
    Date.now(),
  )
  return { id: Number(lastInsertRowid), added: true }
}

/** Deletes the given media that no item shows and no snapshot contains. @returns their names below `media/` */
export function deleteUnshownMedia(db: WritableDb, ids: readonly number[]): string[] {
  const names = readValues(
    db,
    sql`DELETE FROM media WHERE id IN ${valuesOf(ids)}
       AND NOT EXISTS (SELECT 1 FROM item_media WHERE media_id = media.id)
       AND NOT EXISTS (SELECT 1 FROM snapshot_medium WHERE media_id = media.id) RETURNING stored_name`,
  )
  return namesSchema.parse(names)
}

export function getMedia(db: ReadableDb, id: number): Media | undefined {
  const row = readRow(db, sql`SELECT ${columns} FROM media WHERE id = ${id}`)
  return row === undefined ? undefined : mediaRowSchema.parse(row)
}

/** Returns the first readable medium of the first item that has one. */
export function findFirstMedium(db: ReadableDb): Media | undefined {
  const row = readRow(
    db,
    sql`SELECT ${columns} FROM item_media JOIN media ON media.id = item_media.media_id
      WHERE problem IS NULL ORDER BY item_id, position LIMIT 1`,
  )
  return row === undefined ? undefined : mediaRowSchema.parse(row)
}

/** Returns the media of an item, in order. */
export function listItemMedia(db: ReadableDb, itemId: number): Media[] {
  const rows = readRows(
    db,
    sql`SELECT ${columns} FROM item_media JOIN media ON media.id = item_media.media_id WHERE item_id = ${itemId} ORDER BY position`,
  )
  return mediaRowsSchema.parse(rows)
}

/** Returns media by id, without those that do not exist. */
export function listMediaById(db: ReadableDb, ids: readonly number[]): Map<number, Media> {
  const rows = readRows(
    db,
    sql`SELECT ${columns} FROM json_each(${JSON.stringify(ids)}) AS asked CROSS JOIN media ON media.id = asked.value`,
  )
  return new Map(mediaRowsSchema.parse(rows).map((medium) => [medium.id, medium]))
}

const shownRowsSchema = z.object({ itemId: z.number(), mediaId: z.number() }).array()

/** Returns the media of several items, by item and in order; each medium is read once, however many items show it. */
export function readItemMedia(db: ReadableDb, itemIds: readonly number[]): Map<number, Media[]> {
  const shown = shownRowsSchema.parse(
    readRows(
      db,
      sql`SELECT item_id AS itemId, media_id AS mediaId FROM item_media WHERE item_id IN ${valuesOf(itemIds)} ORDER BY item_id, position`,
    ),
  )
  const media = listMediaById(db, [...new Set(shown.map(({ mediaId }) => mediaId))])
  const groups = Map.groupBy(shown, ({ itemId }) => itemId)
  return new Map([...groups].map(([itemId, places]) => [itemId, places.flatMap(({ mediaId }) => media.get(mediaId) ?? [])]))
}

const videoNamesSchema = z.object({ id: z.number(), fileName: z.string() }).array()

/** Returns the videos of a project with their original file names, oldest first. */
export function listVideoNames(db: ReadableDb): { id: number; fileName: string }[] {
  return videoNamesSchema.parse(prepare(db, `SELECT id, file_name AS fileName FROM media WHERE kind = 'video' ORDER BY id`).all())
}

/** Returns a batch of media, by id; for checks over all of them. */
export function listMedia(db: ReadableDb, after: number, limit: number): Media[] {
  return mediaRowsSchema.parse(readRows(db, sql`SELECT ${columns} FROM media WHERE id > ${after} ORDER BY id LIMIT ${limit}`))
}

export interface ImageName {
  /** Name without the prefix of the set. */
  readonly name: string
  readonly owner: Buffer
}

/** Returns the name that an export gave an image, or null. */
export function findImageName(db: ReadableDb, owner: Buffer): string | null {
  const name = prepare(db, `SELECT name FROM image_id WHERE owner = ?`).pluck().get(owner)
  return name === undefined ? null : textSchema.parse(name)
}

/** Returns whether an export gave an image this name. */
export const isImageName = (db: ReadableDb, name: string): boolean =>
  prepare(db, `SELECT 1 FROM image_id WHERE name = ?`).pluck().get(name) !== undefined

/**
 * Stores the names that an export gives to images, so that no later export gives them to other images.
 * @throws Problem busy if another export has used one of them in the meantime
 */
export function saveImageNames(db: WritableDb, names: readonly ImageName[]): void {
  if (names.length === 0) return
  write(db, () => {
    const insert = prepare(db, `INSERT INTO image_id (name, owner) VALUES (?, ?) ON CONFLICT DO NOTHING`)
    for (const { name, owner } of names)
      if (insert.run(name, owner).changes === 0 && findImageName(db, owner) !== name)
        throw new Problem('busy', message('store.imagesNamedMeanwhile'), message('app.exportAgain'), { item: name })
  })
}
