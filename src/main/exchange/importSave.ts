import type { Database } from '../store/database'
import { linkMedia, replaceContext, saveEncodedItem } from '../store/items'
import { saveMedia } from '../store/media'
import { write } from '../store/transaction'
import { syncMediaFolder } from '../media/storeMedia'
import type { LinkRow, ReadyRow, SavedRow } from './importRow'

class Different extends Error {}

function saveNew(db: Database, { row, context, media }: ReadyRow): SavedRow {
  let mediaAdded = 0
  const mediaIds = media.map((each) => {
    if ('missing' in each) return each
    const { id, added } = saveMedia(db, each)
    if (added) mediaAdded++
    return id
  })
  const { result } = saveEncodedItem(db, { sourceId: row.id, body: context.body, text: context.text, mediaIds })
  if (result === 'different') throw new Different()
  return { row, result, mediaAdded }
}

/** One row in a savepoint of its own, so that an item which turns out to be different leaves no media behind. */
function saveRow(db: Database, ready: ReadyRow): SavedRow {
  try {
    return countMedia(ready) > 0 ? db.transaction(() => saveNew(db, ready))() : saveNew(db, ready)
  } catch (error) {
    if (error instanceof Different) return { row: ready.row, result: 'different', mediaAdded: 0 }
    throw error
  }
}

function saveLinks(db: Database, { row, itemId, links, context }: LinkRow): SavedRow {
  for (const { position, medium } of links) linkMedia(db, itemId, position, saveMedia(db, medium).id)
  if (context) replaceContext(db, itemId, row.id, context)
  return { row, result: 'linked', mediaAdded: links.length }
}

const isLink = (row: ReadyRow | LinkRow): row is LinkRow => 'links' in row

/** How many media a row brings along. */
export function countMedia(row: ReadyRow | LinkRow): number {
  if (isLink(row)) return row.links.length
  let count = 0
  for (const each of row.media) if (!('missing' in each)) count++
  return count
}

/** Stores rows in one transaction, after their files are safe on the disk. */
export async function saveRows(project: { db: Database; directory: string }, rows: readonly (ReadyRow | LinkRow)[]): Promise<SavedRow[]> {
  if (rows.length === 0) return []
  if (rows.some((row) => countMedia(row) > 0)) await syncMediaFolder(project.directory)
  return write(project.db, () => rows.map((row) => (isLink(row) ? saveLinks(project.db, row) : saveRow(project.db, row))))
}
