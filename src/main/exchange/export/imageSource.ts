import { basename, extname } from 'node:path'
import type { Context, Media } from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import { ensureFrames } from '../../media/frames'
import type { Span } from '../../media/frameTimes'
import { spanOf } from '../../media/itemFrames'
import { mediaPath } from '../../media/mediaPath'
import { makeTrainingImage } from '../../media/trainingImage'
import type { FrameRule } from '../../recipes/recipe'

/** An image of an item: what makes it the same as another's, what it is named after, and its plain base64 when it is asked for. */
export interface TrainingImage {
  readonly key: string
  /** `source`: an image of the item · `frame`: a frame of this video, or of the item's part of it */
  readonly name:
    { readonly kind: 'source'; readonly position: number } | { readonly kind: 'frame'; readonly of: string | null; readonly index: number }
  readonly base64: string | null
}

export type ItemImages = { readonly ok: true; readonly images: readonly TrainingImage[] } | { readonly ok: false; readonly reason: string }

export interface ImageSource {
  /** The images of an item in their order; `base64` is null for those that `isWritten` knows. */
  read(item: { readonly media: readonly Media[]; readonly context: Context }): Promise<ItemImages>
}

export interface ImageSourceOptions {
  readonly directory: string
  readonly rule: FrameRule | null
  readonly isWritten: (key: string) => boolean
  readonly signal: AbortSignal | undefined
}

/** Makes training images of a project's media. A video gives the frames that the recipe's rule asks for, within the item's part of it. */
export function createImageSource({ directory, rule, isWritten, signal }: ImageSourceOptions): ImageSource {
  /** items that are read ahead of each other often share a video, which is taken apart only once */
  const extracting = new Map<string, ReturnType<typeof ensureFrames>>()

  const convert = async (key: string, name: TrainingImage['name'], file: string): Promise<TrainingImage> => {
    return { key, name, base64: isWritten(key) ? null : (await makeTrainingImage(file)).toString('base64') }
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

  const readVideo = async (media: Media, context: Context): Promise<TrainingImage[]> => {
    if (!rule)
      throw new Problem(
        'wrong-use',
        `${media.fileName} is a video, and this recipe takes pictures.`,
        'Export the pair as jsonl, or use a recipe for videos.',
      )
    if (media.problem !== null) throw new Problem('bad-media', media.problem, 'Convert the video to H.264 or VP9 and import it again.')
    const span = spanOf(context)
    const { files, timesMs } = await extract(media, rule, span)
    const of = span.startMs === undefined ? basename(media.fileName, extname(media.fileName)) : null
    const images: TrainingImage[] = []
    for (const [index, file] of files.entries())
      images.push(await convert(`${media.id}@${timesMs[index]}`, { kind: 'frame', of, index }, file))
    return images
  }

  const readMedium = async (media: Media, position: number, context: Context): Promise<TrainingImage[]> => {
    if (media.kind === 'video') return readVideo(media, context)
    return [await convert(String(media.id), { kind: 'source', position }, mediaPath(directory, media.storedName))]
  }

  return {
    async read({ media, context }) {
      const results = await Promise.allSettled(media.map((medium, position) => readMedium(medium, position, context)))
      for (const [position, result] of results.entries()) {
        const medium = media[position]
        if (result.status === 'rejected' && medium) return { ok: false, reason: mediaReason(medium, result.reason) }
      }
      return { ok: true, images: results.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])) }
    },
  }
}

/** Says what is wrong with a medium by the name people know it by. Throws on what is no fault of the medium. */
export function mediaReason(media: Media, error: unknown): string {
  if (!(error instanceof Problem)) throw error
  const message = error.message.replace(`${media.storedName}: `, '').replace(`${media.fileName}: `, '')
  switch (error.code) {
    case 'not-found':
      return `${media.fileName} is missing in the project (media/${media.storedName}). Import the original file again.`
    case 'bad-media':
      return `${media.fileName} cannot be read: ${message} ${media.kind === 'video' ? error.remedy : 'Import the original file again.'}`
    case 'wrong-use':
      return `${error.message} ${error.remedy}`
    default:
      throw error
  }
}
