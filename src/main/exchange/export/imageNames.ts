import { basename, extname } from 'node:path'
import type { Media } from '../../../shared/domain'
import type { Database } from '../../store/database'
import { firstItemShowing } from '../../store/items'
import { listVideoNames } from '../../store/media'

const stemOf = (fileName: string) => basename(fileName, extname(fileName))

export interface ImageNames {
  /** What a picture is called that items show alone: the first such item of the project. */
  ofPicture(media: Media): string | null
  /** What a whole video is called: its file, with a part of its hash where the project had another of that name before. */
  ofVideo(media: Media): string
}

/** Names for media that items share, by all items of a project: which of their pairs are approved changes none. */
export function createImageNames(db: Database): ImageNames {
  let firstOf: Map<string, number> | undefined
  const readVideos = () => {
    const known = new Map<string, number>()
    for (const { id, fileName } of listVideoNames(db)) if (!known.has(stemOf(fileName))) known.set(stemOf(fileName), id)
    return known
  }
  return {
    ofPicture: ({ id }) => firstItemShowing(db, id),
    ofVideo({ id, fileName, sha256 }) {
      firstOf ??= readVideos()
      const stem = stemOf(fileName)
      return firstOf.get(stem) === id ? stem : `${stem}_${sha256.slice(0, 8)}`
    },
  }
}
