import { rm } from 'node:fs/promises'
import { mediaPath } from '../../media/mediaPath'
import type { WritableDb } from '../../store/sql/types'
import { deleteUnpairedImage, linkMedia, replaceContext, replaceItem, saveEncodedItem } from '../../store/library/items'
import { deleteUnshownMedia, saveMedia } from '../../store/library/media'
import { write } from '../../store/sql/transaction'
import { syncMediaFolder } from '../../media/storeMedia'
import { createNameReserver } from '../export/mimicIt/reserveImageNames'
import type { LinkRow, ReadyRow, SavedRow, UpdateRow } from './row/importRow'

class Different extends Error {}

type ReserveNames = ReturnType<typeof createNameReserver>

function saveNew(db: WritableDb, ready: ReadyRow | UpdateRow, reserveNames: ReserveNames): SavedRow {
  const { row, context, media } = ready
  let mediaAdded = 0
  const mediaIds = media.map((each) => {
    if ('missing' in each) return each
    const { id, added } = saveMedia(db, each)
    if (added) mediaAdded++
    return id
  })
  if ('itemId' in ready) {
    reserveNames(ready.itemId, mediaIds)
    return { row, result: 'updated', mediaAdded, replaced: replaceItem(db, ready.itemId, { ...context, mediaIds }) }
  }
  const { result } = saveEncodedItem(db, { sourceId: row.id, body: context.body, text: context.text, mediaIds })
  if (result === 'different') throw new Different()
  for (const sourceId of (result === 'added' && row.inPlaceOf) || []) deleteUnpairedImage(db, sourceId)
  return { row, result, mediaAdded }
}

/** One row in a savepoint of its own, so that an item which turns out to be different leaves no media behind. */
function saveRow(db: WritableDb, ready: ReadyRow | UpdateRow, reserveNames: ReserveNames): SavedRow {
  try {
    return countMedia(ready) > 0 ? db.transaction(() => saveNew(db, ready, reserveNames))() : saveNew(db, ready, reserveNames)
  } catch (error) {
    if (error instanceof Different) return { row: ready.row, result: 'different', mediaAdded: 0 }
    throw error
  }
}

function saveLinks(db: WritableDb, { row, itemId, links, context }: LinkRow): SavedRow {
  for (const { position, medium } of links) linkMedia(db, itemId, position, saveMedia(db, medium).id)
  if (context) replaceContext(db, itemId, context)
  return { row, result: 'linked', mediaAdded: links.length }
}

export type RowToSave = ReadyRow | UpdateRow | LinkRow

const isLink = (row: RowToSave): row is LinkRow => 'links' in row

/** How many media a row brings along. */
export function countMedia(row: RowToSave): number {
  if (isLink(row)) return row.links.length
  let count = 0
  for (const each of row.media) if (!('missing' in each)) count++
  return count
}

/** Stores rows in one transaction, after their files are safe on the disk. */
export async function saveRows(project: { db: WritableDb; directory: string }, rows: readonly RowToSave[]): Promise<SavedRow[]> {
  if (rows.length === 0) return []
  if (rows.some((row) => countMedia(row) > 0)) await syncMediaFolder(project.directory)
  const reserveNames = createNameReserver(project.db)
  return write(project.db, () => rows.map((row) => (isLink(row) ? saveLinks(project.db, row) : saveRow(project.db, row, reserveNames))))
}

/** Removes what items showed before, where none shows it any more: at the end of an import, when no row of it can want it. */
export async function removeReplaced(project: { db: WritableDb; directory: string }, mediaIds: readonly number[]): Promise<void> {
  if (mediaIds.length === 0) return
  const names = write(project.db, () => deleteUnshownMedia(project.db, mediaIds))
  for (const name of names) await rm(mediaPath(project.directory, name), { force: true })
}
