import { createHash } from 'node:crypto'
import type { ReadableDb } from '../../../store/sql/types'
import { findImageName, type ImageName, isImageName } from '../../../store/library/media'
import type { TrainingImage } from './imageSource'

/** An id with `_` for characters that not every loader takes: those outside [A-Za-z0-9_.-]. */
export const safeId = (sourceId: string): string => sourceId.replace(/[^A-Za-z0-9_.-]/gu, '_')

/** `<SET>_INS_<candidate id>`: the same pair has the same id in every export of its project. */
export function instructionId(set: string, candidateId: number): string {
  return `${set}_INS_${String(candidateId).padStart(5, '0')}`
}

export interface ImageOfItem {
  readonly sourceId: string
  /** 0-based place in the item, and how many images the item has */
  readonly position: number
  readonly count: number
}

export interface FrameOfVideo {
  /** the video's name, or the item's where it is about a part of the video */
  readonly sourceId: string
  /** 0-based */
  readonly frame: number
}

/** Begins the ids of a set's images. */
const imagePrefix = (set: string): string => `${set}_IMG_`

/**
 * Names images `<SET>_IMG_<source id>`, those of an item with several `…_1`, `…_2`, and frames of a video `…_0000`, `…_0001`. One that
 * would have the name of another image gets eight characters of a hash.
 * @param isTaken whether an earlier export gave a name, which comes without the prefix, to another image
 */
export function createImageNamer(
  set: string,
  isTaken: (name: string) => boolean = () => false,
): (image: ImageOfItem | FrameOfVideo) => string {
  const given = new Set<string>()
  return (image) => {
    const { sourceId } = image
    const suffix = 'frame' in image ? `_${String(image.frame).padStart(4, '0')}` : image.count > 1 ? `_${image.position + 1}` : ''
    const plain = `${safeId(sourceId)}${suffix}`
    let name = plain
    for (let round = 0; given.has(name) || isTaken(name); round++) {
      const hash = createHash('sha256')
        .update(`${sourceId}\n${'frame' in image ? image.frame : image.position}\n${round}`)
        .digest('hex')
      name = `${plain}_${hash.slice(0, 8)}`
    }
    given.add(name)
    return `${imagePrefix(set)}${name}`
  }
}

/** A project's name as a file name that every system takes. */
export function safeFileName(name: string): string {
  const safe = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}_.-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 60)
  return /^(con|prn|aux|nul|com\d|lpt\d)?$/i.test(safe) ? `project${safe ? `-${safe}` : ''}` : safe
}

interface ImageIds {
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
