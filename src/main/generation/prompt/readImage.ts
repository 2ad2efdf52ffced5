import type { FrameRule, Item, Media } from '../../../shared/domain'
import { Problem, type ProblemCode } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import { ensureFrames, spanOf } from '../../media/video/frames'
import type { Span } from '../../media/video/frameTimes'
import { mediaPath } from '../../media/mediaPath'
import { makeModelImage, type ModelImage } from '../../media/image/modelImage'
import { resolveRecipe } from '../../recipes/registry'
import type { ReadableDb } from '../../store/sql/types'
import { getMedia } from '../../store/library/media'
import { CallFailure } from '../run/callFailure'

/** Creates the images that models receive. Both functions throw Problem. */
export interface ImageMaker {
  /** Converts an image file; `name` is the file name that users know. */
  readonly image: (file: string, name: string) => Promise<ModelImage>
  /** Returns the files of a video's frames, in order. */
  readonly frames: (projectDirectory: string, media: Media, rule: FrameRule, span: Span) => Promise<readonly string[]>
}

const ownImageMaker: ImageMaker = {
  image: makeModelImage,
  frames: async (directory, media, rule, span) => (await ensureFrames({ directory }, media, rule, span)).files,
}

/** Maximum number of frames of a video in a prompt, evenly spaced among those of its rule: models accept few images at once. */
export const maxFrames = 16

/** Rule for a video in a project whose recipe is for images. */
const plainRule = { kind: 'even', count: maxFrames } as const

const mediaProblems = new Set<ProblemCode>(['bad-media', 'not-found', 'read-only', 'wrong-use'])

/**
 * Reads the images that a prompt sends for a medium: an image, or frames of a video. Called when the prompt is sent.
 * @throws CallFailure media, with the file's name
 */
export async function readImages(
  project: { db: ReadableDb; directory: string },
  item: Item,
  mediaId: number,
  imageMaker: ImageMaker = ownImageMaker,
): Promise<readonly ModelImage[]> {
  const media = getMedia(project.db, mediaId)
  if (!media) throw new CallFailure('media', message('generation.imageNotInProject', { mediaId }))
  try {
    if (media.kind === 'image') return [await imageMaker.image(mediaPath(project.directory, media.storedName), media.fileName)]
    const rule = resolveRecipe(project.db).frames ?? plainRule
    const files = await imageMaker.frames(project.directory, media, rule, spanOf(item.context))
    const images: ModelImage[] = []
    for (const file of evenly(files, maxFrames)) images.push(await imageMaker.image(file, media.fileName))
    return images
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new CallFailure(mediaProblems.has(error.code) ? 'media' : 'unknown', error.text, { cause: error })
  }
}

/** Returns at most `count` evenly spaced entries, including the first and the last. */
export function evenly<T>(entries: readonly T[], count: number): T[] {
  if (entries.length <= count) return [...entries]
  const step = (entries.length - 1) / Math.max(1, count - 1)
  return Array.from({ length: count }, (_, at) => entries[Math.round(at * step)]).filter((entry) => entry !== undefined)
}
