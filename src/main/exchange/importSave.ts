import type { Database } from '../store/database'
import { saveItem } from '../store/items'
import { saveMedia } from '../store/media'
import { write } from '../store/transaction'
import { syncMediaFolder } from '../media/storeMedia'
import type { ReadyRow, SavedRow } from './importRow'

class Different extends Error {}

/** One row in a savepoint of its own, so that an item which turns out to be different leaves no media behind. */
function saveRow(db: Database, { row, context, media }: ReadyRow): SavedRow {
  try {
    return db.transaction((): SavedRow => {
      const saved = media.map((each) => saveMedia(db, each))
      const { result } = saveItem(db, { sourceId: row.id, context, mediaIds: saved.map(({ id }) => id) })
      if (result === 'different') throw new Different()
      return { row, result, mediaAdded: saved.filter(({ added }) => added).length }
    })()
  } catch (error) {
    if (error instanceof Different) return { row, result: 'different', mediaAdded: 0 }
    throw error
  }
}

/** Stores rows in one transaction, after their files are safe on the disk. */
export async function saveRows(project: { db: Database; directory: string }, rows: readonly ReadyRow[]): Promise<SavedRow[]> {
  if (rows.length === 0) return []
  await syncMediaFolder(project.directory)
  return write(project.db, () => rows.map((row) => saveRow(project.db, row)))
}
