import type { Context } from '../../src/shared/domain'
import { encodeContext, saveEncodedItem } from '../../src/main/store/library/items'
import type { WritableDb } from '../../src/main/store/sql/types'

export interface NewItem {
  readonly sourceId: string
  readonly context: Context
  readonly mediaIds: Parameters<typeof saveEncodedItem>[1]['mediaIds']
}

/** Stores an item as an import does, from its context. */
export const saveItem = (db: WritableDb, { sourceId, context, mediaIds }: NewItem) =>
  saveEncodedItem(db, { sourceId, mediaIds, ...encodeContext(sourceId, context) })
