import { createHash } from 'node:crypto'
import type { ReadableDb } from '../../../store/sql/types'
import { findImageName, isImageName, type ImageName } from '../../../store/library/imageIds'
import { createImageNamer, imagePrefix } from './identifiers'
import type { TrainingImage } from './imageSource'

export interface ImageIds {
  /** The id of an image: the one it had in an earlier export of the project, or a new one. */
  idOf(image: Pick<TrainingImage, 'owner' | 'name'>): string
  /** the names that were not given before */
  readonly given: readonly ImageName[]
}

/** Gives images the ids `<SET>_IMG_<name>`. An id that was given once is never another image's, whatever came into the project since. */
export function createImageIds(db: ReadableDb, set: string): ImageIds {
  const nameNew = createImageNamer(set, (name) => isImageName(db, name))
  const given: ImageName[] = []
  return {
    given,
    idOf(image) {
      const owner = createHash('sha256').update(image.owner).digest().subarray(0, 16)
      const known = findImageName(db, owner)
      if (known !== null) return `${imagePrefix(set)}${known}`
      const id = nameNew(image.name)
      given.push({ name: id.slice(imagePrefix(set).length), owner })
      return id
    },
  }
}
