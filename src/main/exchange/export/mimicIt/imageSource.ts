import type { Context, FrameRule, Media } from '../../../../shared/domain'
import { Problem } from '../../../../shared/problem'
import { message, type Message, type Text } from '../../../../shared/messages/message'
import { imageRemedy } from '../../../media/image/decode'
import { ensureFrames, spanOf } from '../../../media/video/frames'
import type { Span } from '../../../media/video/frameTimes'
import { type Fingerprint, fingerprintBytes } from '../../../media/neighbours/fingerprint'
import { copyAgain } from '../../../media/storeMedia'
import { mediaPath } from '../../../media/mediaPath'
import { makeTrainingImage } from '../../../media/image/trainingImage'
import { createImageIds, createImageNames, type FrameOfVideo, type ImageNames, type ImageOfItem } from './identifiers'
import type { WritableDb } from '../../../store/sql/types'
import { saveImageNames } from '../../../store/library/media'
import { getItem, hadApprovedPair } from '../../../store/library/items'

/** An image of an item: `key` identifies it within an export and `owner` across exports; its ids derive from `name`. */
export interface TrainingImage {
  readonly key: string
  /** Identifies the content of the file and the item or video that it belongs to. */
  readonly owner: string
  readonly name: ImageOfItem | FrameOfVideo
  readonly base64: string | null
  /**
   * Fingerprint of the image that represents an item in comparisons: an image, or the first frame of a video. Null for other frames, if no
   * fingerprints are needed, and if `base64` is null.
   */
  readonly fingerprint: Fingerprint | null
}

export type ItemImages = { readonly ok: true; readonly images: readonly TrainingImage[] } | { readonly ok: false; readonly reason: Message }

interface ItemWithMedia {
  readonly itemSourceId: string
  readonly media: readonly Media[]
  readonly context: Context
}

/** Returns the owner and the name of an item's image. */
export function describeImage(
  media: Media,
  position: number,
  { itemSourceId, media: { length: count } }: Pick<ItemWithMedia, 'itemSourceId' | 'media'>,
  names: ImageNames,
): { readonly owner: string; readonly name: ImageOfItem } {
  const sourceId = (count === 1 ? names.ofImage(media) : null) ?? names.ofItem(itemSourceId)
  const owner = `${count === 1 ? 'picture' : `place ${position} ${itemSourceId}`} ${media.sha256}`
  return { owner, name: { sourceId, position, count } }
}

interface ImageSource {
  /** Returns the images of an item in order; `base64` is null for images that `isWritten` already contains. */
  read(item: ItemWithMedia): Promise<ItemImages>
}

interface ImageSourceOptions {
  readonly directory: string
  readonly rule: FrameRule | null
  readonly names: ImageNames
  /** Whether fingerprints are needed. */
  readonly compares: boolean
  readonly isWritten: (key: string) => boolean
  readonly signal: AbortSignal | undefined
}

/**
 * Creates training images from a project's media. A video gives the frames that the recipe's rule requests, within the item's part of it.
 * Items share single images and the frames of whole videos; the images of a pair or an album, and the frames of a part of a video, belong
 * to one item, so that they are numbered from its first to its last.
 */
export function createImageSource({ directory, rule, names, compares, isWritten, signal }: ImageSourceOptions): ImageSource {
  /** Items that are read ahead of each other often share a video; its frames are extracted only once. */
  const extracting = new Map<string, ReturnType<typeof ensureFrames>>()

  const convert = async (image: Pick<TrainingImage, 'key' | 'owner' | 'name'>, file: string): Promise<TrainingImage> => {
    const { key, name } = image
    if (isWritten(key)) return { ...image, base64: null, fingerprint: null }
    const bytes = await makeTrainingImage(file)
    const isFirst = !('frame' in name) || name.frame === 0
    const fingerprint = compares && isFirst ? await fingerprintBytes(bytes) : null
    return { ...image, base64: bytes.toString('base64'), fingerprint }
  }

  const extract = (media: Media, frames: FrameRule, span: Span) => {
    const key = `${media.id} ${span.startMs} ${span.endMs}`
    let extracted = extracting.get(key)
    if (!extracted) {
      extracted = ensureFrames({ directory }, media, frames, { ...span, signal, orElsewhere: true }).finally(() => extracting.delete(key))
      extracting.set(key, extracted)
    }
    return extracted
  }

  const readVideo = async (media: Media, position: number, item: ItemWithMedia): Promise<TrainingImage[]> => {
    if (!rule)
      throw new Problem(
        'wrong-use',
        message('exportSet.mimicIt.videoInImageRecipe', { fileName: media.fileName }),
        message('exportSet.mimicIt.exportAsJsonl'),
      )
    if (media.problem !== null) throw new Problem('bad-media', media.problem, '')
    const span = spanOf(item.context)
    const { files, timesMs } = await extract(media, rule, span)
    const isWhole = span.startMs === undefined
    const sourceId = isWhole ? names.ofVideo(media) : names.ofItem(item.itemSourceId)
    const key = isWhole ? `video ${media.id}` : `part ${position} ${item.itemSourceId}`
    const images: TrainingImage[] = []
    const whose = isWhole ? 'video' : `part ${position} ${item.itemSourceId}`
    for (const [frame, file] of files.entries()) {
      const owner = `${whose} ${media.sha256} ${timesMs[frame] ?? frame}`
      images.push(await convert({ key: `${key} ${frame}`, owner, name: { sourceId, frame } }, file))
    }
    return images
  }

  const readMedium = async (media: Media, position: number, item: ItemWithMedia): Promise<TrainingImage[]> => {
    if (media.kind === 'video') return readVideo(media, position, item)
    const key = item.media.length === 1 ? `image ${media.id}` : `place ${position} ${item.itemSourceId}`
    return [await convert({ key, ...describeImage(media, position, item, names) }, mediaPath(directory, media.storedName))]
  }

  return {
    async read(item) {
      const { media } = item
      const results = await Promise.allSettled(media.map((medium, position) => readMedium(medium, position, item)))
      for (const [position, result] of results.entries()) {
        const medium = media[position]
        if (result.status === 'rejected' && medium) return { ok: false, reason: mediaReason(medium, result.reason) }
      }
      return { ok: true, images: results.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])) }
    },
  }
}

/** Returns what is wrong with a medium, with the name that users know. Rethrows errors that are not caused by the medium. */
export function mediaReason(media: Pick<Media, 'fileName' | 'storedName'>, error: unknown): Message {
  if (!(error instanceof Problem)) throw error
  switch (error.code) {
    case 'not-found':
      return message('exportSet.mimicIt.mediumMissing', { fileName: media.fileName, remedy: copyAgain(media) })
    case 'bad-media':
      return message('exportSet.mimicIt.mediumUnreadable', { fileName: media.fileName, problem: problemOf(media, error) })
    case 'wrong-use':
      return message('common.joined', { first: error.text, second: error.remedyText })
    default:
      throw error
  }
}

/** Returns the text of a Problem about a medium, without a leading name, and the remedy. */
function problemOf(media: Pick<Media, 'fileName' | 'storedName'>, { text, reason, remedyText }: Problem): Text {
  const what = reason === null ? text : message('common.sentence', { text: reason })
  if (remedyText === '') return what
  const isReplaced = typeof remedyText === 'object' && remedyText.code === imageRemedy.code
  return message('common.joined', { first: what, second: isReplaced ? copyAgain(media) : remedyText })
}

/**
 * Returns a function that reserves the names of images that an item is about to lose, so that no other image gets them: a command-line
 * export, which writes nothing to the project, may already have used them. Only images of items with an approved pair can have been
 * exported.
 */
export function createNameReserver(db: WritableDb) {
  // Created once for many items, since it reads all items of the project.
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
