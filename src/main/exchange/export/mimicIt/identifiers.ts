import { createHash } from 'node:crypto'
import { basename, extname } from 'node:path'
import type { ReadableDb } from '../../../store/sql/types'
import { findImageName, type ImageName, isImageName, listVideoNames } from '../../../store/library/media'
import type { TrainingImage } from './imageSource'
import type { Media } from '../../../../shared/domain'
import { findFirstItemWith, findItemId, listUnsafeSourceIds } from '../../../store/library/items'

/** Replaces characters that some loaders do not accept, those outside [A-Za-z0-9_.-], with `_`. */
const safeId = (sourceId: string): string => sourceId.replace(/[^A-Za-z0-9_.-]/gu, '_')

/** Returns `<SET>_INS_<candidate id>`: the same pair has the same id in every export of its project. */
export function instructionId(set: string, candidateId: number): string {
  return `${set}_INS_${String(candidateId).padStart(5, '0')}`
}

export interface ImageOfItem {
  readonly sourceId: string
  /** 0-based position in the item; `count` is the number of images in the item. */
  readonly position: number
  readonly count: number
}

export interface FrameOfVideo {
  /** Name of the video, or of the item if it is about a part of the video. */
  readonly sourceId: string
  /** 0-based index of the frame. */
  readonly frame: number
}

/** Returns the prefix of the ids of a set's images. */
const imagePrefix = (set: string): string => `${set}_IMG_`

/**
 * Creates a function that names images `<SET>_IMG_<source id>`, several images of an item `…_1`, `…_2`, and frames of a video `…_0000`,
 * `…_0001`. If the name already belongs to another image, eight characters of a hash are appended.
 * @param isTaken whether an earlier export assigned a name, given without the prefix, to another image
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

/** Converts a project's name to a file name that is valid on every system. */
export function safeFileName(name: string): string {
  const safe = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}_.-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 60)
  return /^(con|prn|aux|nul|com\d|lpt\d)?$/i.test(safe) ? `project${safe ? `-${safe}` : ''}` : safe
}

export interface ImageIds {
  /** Returns the id of an image: the id from an earlier export of the project, or a new one. */
  idOf(image: Pick<TrainingImage, 'owner' | 'name'>): string
  /** Names that were assigned for the first time. */
  readonly given: readonly ImageName[]
}

/** Assigns the ids `<SET>_IMG_<name>` to images. An id is never reused for another image, even if the project changes. */
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

const videoName = (fileName: string) => safeId(basename(fileName, extname(fileName)))
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8)

export interface ImageNames {
  /** Returns the name of an item's own images: its source id, with a hash if another item's source id has the same safe form. */
  ofItem(sourceId: string): string
  /**
   * Returns the name of an image that some items contain alone: the name of the first such item of the project, or null if there is none.
   */
  ofImage(media: Media): string | null
  /** Returns the name of a whole video: its file name, with a part of its hash if an earlier video of the project has the same name. */
  ofVideo(media: Media): string
}

const firstOfEach = <V>(entries: Iterable<readonly [string, V]>): Map<string, V> => {
  const first = new Map<string, V>()
  for (const [key, value] of entries) if (!first.has(key)) first.set(key, value)
  return first
}

/** Creates names from all items and media of a project, in import order, so that names do not depend on which pairs are approved. */
export function createImageNames(db: ReadableDb): ImageNames {
  const firstItems = firstOfEach(listUnsafeSourceIds(db).map((sourceId) => [safeId(sourceId), sourceId]))
  const firstVideos = firstOfEach(listVideoNames(db).map(({ id, fileName }) => [videoName(fileName), id]))
  const imageNames = new Map<number, string | null>()
  const isEarlier = (one: string, other: string) => (findItemId(db, one) ?? Infinity) < (findItemId(db, other) ?? Infinity)
  const ofItem = (sourceId: string) => {
    const safe = safeId(sourceId)
    // The item that was imported first keeps the plain name, so that later imports change no names.
    const first = firstItems.get(safe)
    const rival = safe === sourceId ? first : safe
    const isFirst = (safe === sourceId || first === sourceId) && (rival === undefined || !isEarlier(rival, sourceId))
    return isFirst ? safe : `${safe}_${hashOf(sourceId)}`
  }
  return {
    ofItem,
    ofImage({ id }) {
      // Cached per image, since the lookup goes through all items that contain it.
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
