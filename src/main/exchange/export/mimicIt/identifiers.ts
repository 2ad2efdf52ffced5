import { createHash } from 'node:crypto'
import { basename, extname } from 'node:path'
import type { ReadableDb } from '../../../store/sql/types'
import { findImageName, type ImageName, isImageName, listVideoNames } from '../../../store/library/media'
import type { TrainingImage } from './imageSource'
import type { Media } from '../../../../shared/domain'
import { findFirstItemWith, findItemId, listUnsafeSourceIds } from '../../../store/library/items'

/** An id with `_` for characters that not every loader takes: those outside [A-Za-z0-9_.-]. */
const safeId = (sourceId: string): string => sourceId.replace(/[^A-Za-z0-9_.-]/gu, '_')

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
