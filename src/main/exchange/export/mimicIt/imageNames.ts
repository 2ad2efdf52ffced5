import { createHash } from 'node:crypto'
import { basename, extname } from 'node:path'
import type { Media } from '../../../../shared/domain'
import type { ReadableDb } from '../../../store/sql/types'
import { findItemId, findFirstItemWith, listUnsafeSourceIds } from '../../../store/library/items'
import { listVideoNames } from '../../../store/library/media'
import { safeId } from './identifiers'

const videoName = (fileName: string) => safeId(basename(fileName, extname(fileName)))
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8)

export interface ImageNames {
  /** What an item's own images are called: its source id, with a hash where another item's has the same safe form. */
  ofItem(sourceId: string): string
  /** What an image is called that items show alone: the first such item of the project. Null where no item shows it alone. */
  ofImage(media: Media): string | null
  /** What a whole video is called: its file, with a part of its hash where the project had another of that name before. */
  ofVideo(media: Media): string
}

const firstOfEach = <V>(entries: Iterable<readonly [string, V]>): Map<string, V> => {
  const first = new Map<string, V>()
  for (const [key, value] of entries) if (!first.has(key)) first.set(key, value)
  return first
}

/** Names by all items and media of a project, in the order of their import: which of their pairs are approved changes none. */
export function createImageNames(db: ReadableDb): ImageNames {
  const firstItems = firstOfEach(listUnsafeSourceIds(db).map((sourceId) => [safeId(sourceId), sourceId]))
  const firstVideos = firstOfEach(listVideoNames(db).map(({ id, fileName }) => [videoName(fileName), id]))
  const imageNames = new Map<number, string | null>()
  const isEarlier = (one: string, other: string) => (findItemId(db, one) ?? Infinity) < (findItemId(db, other) ?? Infinity)
  const ofItem = (sourceId: string) => {
    const safe = safeId(sourceId)
    // The one that was imported first has the plain name, so that what is imported later takes it from nobody.
    const first = firstItems.get(safe)
    const rival = safe === sourceId ? first : safe
    const isFirst = (safe === sourceId || first === sourceId) && (rival === undefined || !isEarlier(rival, sourceId))
    return isFirst ? safe : `${safe}_${hashOf(sourceId)}`
  }
  return {
    ofItem,
    ofImage({ id }) {
      // Once an image: the look-up goes through all items that show it.
      let name = imageNames.get(id)
      if (name === undefined) {
        const sourceId = findFirstItemWith(db, id)
        imageNames.set(id, (name = sourceId === null ? null : ofItem(sourceId)))
      }
      return name
    },
    ofVideo({ id, fileName, sha256 }) {
      const name = videoName(fileName)
      return firstVideos.get(name) === id ? name : `${name}_${sha256.slice(0, 8)}`
    },
  }
}
