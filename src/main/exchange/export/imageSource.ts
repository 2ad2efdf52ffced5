import type { Media } from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import { mediaPath } from '../../media/mediaPath'
import { makeTrainingImage } from '../../media/trainingImage'

/** Plain base64 of the training image of a medium, or why there is none. */
export type ImageResult = { readonly ok: true; readonly base64: string } | { readonly ok: false; readonly reason: string }

export interface ImageSource {
  read(media: Media): Promise<ImageResult>
  /** Forgets an image that is written. */
  release(media: Media): void
}

/** Makes training images of a project's media. What is asked for again before it is released is made once. */
export function createImageSource(projectDirectory: string): ImageSource {
  const kept = new Map<number, Promise<ImageResult>>()
  return {
    read(media) {
      let result = kept.get(media.id)
      if (!result) kept.set(media.id, (result = convert(projectDirectory, media)))
      return result
    },
    release: (media) => void kept.delete(media.id),
  }
}

async function convert(projectDirectory: string, media: Media): Promise<ImageResult> {
  if (media.kind === 'video')
    return {
      ok: false,
      reason: `${media.fileName} is a video, and MIMIC-IT holds images only. Export the pair as jsonl, or import frames of the video as images.`,
    }
  try {
    const jpeg = await makeTrainingImage(mediaPath(projectDirectory, media.storedName))
    return { ok: true, base64: jpeg.toString('base64') }
  } catch (error) {
    return { ok: false, reason: mediaReason(media, error) }
  }
}

/** Says what is wrong with a medium by the name people know it by. Throws on what is no fault of the medium. */
export function mediaReason(media: Media, error: unknown): string {
  if (!(error instanceof Problem)) throw error
  switch (error.code) {
    case 'not-found':
      return `${media.fileName} is missing in the project (media/${media.storedName}). Import the original file again.`
    case 'bad-media':
      return `${media.fileName} cannot be read: ${error.message.replace(`${media.storedName}: `, '')} Import the original file again.`
    default:
      throw error
  }
}
