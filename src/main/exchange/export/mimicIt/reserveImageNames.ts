import type { WritableDb } from '../../../store/sql/types'
import { saveImageNames } from '../../../store/library/media'
import { getItem, hadApprovedPair } from '../../../store/library/items'
import { createImageIds } from './identifiers'
import { createImageNames, type ImageNames } from './imageNames'
import { describeImage } from './imageSource'

/**
 * Keeps the names of images that an item is about to lose: an export of the command line, which writes nothing into the project, may have
 * given them, and no other image may get them. Only images whose item had an approved pair can have been exported.
 */
export function createNameReserver(db: WritableDb) {
  // Made once for many items: it looks through all of the project's.
  let names: ImageNames | undefined
  return (itemId: number, newMedia: readonly unknown[]): void => {
    const item = getItem(db, itemId)
    if (item === undefined || item.missing.length > 0) return
    const { media, sourceId: itemSourceId } = item
    const lost = [...media.entries()].filter(
      ([position, { id, kind }]) => kind === 'image' && (newMedia[position] !== id || newMedia.length !== media.length),
    )
    if (lost.length === 0 || !hadApprovedPair(db, itemId)) return
    const ids = createImageIds(db, '')
    for (const [position, medium] of lost)
      ids.idOf(describeImage(medium, position, { itemSourceId, media }, (names ??= createImageNames(db))))
    saveImageNames(db, ids.given)
  }
}
