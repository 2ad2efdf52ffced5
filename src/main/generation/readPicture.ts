import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { messageOf, Problem } from '../../shared/problem'
import { withImage } from '../media/decode'
import type { Database } from '../store/database'
import { getMedia } from '../store/media'
import { CallFailure } from './callFailure'
import type { Picture } from './providers/provider'

/** Formats that vision models take as they are. */
const plainFormats = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif'])

/** Pixels a side, and bytes, up to which a picture is sent as it is; models scale larger ones down themselves, at the sender's cost. */
const mostPixels = 2048
const mostBytes = 5_000_000

/**
 * A picture of the project as a model gets it: the file's own bytes, or a JPEG of at most 2,048 pixels a side where the file is larger
 * or of a format that models do not take. A picture that does not decode is never sent.
 * @throws CallFailure media
 */
export async function readPicture(project: { db: Database; directory: string }, mediaId: number): Promise<Picture> {
  const media = getMedia(project.db, mediaId)
  if (!media) throw new CallFailure('media', `The picture ${mediaId} is not in the project.`)
  if (basename(media.storedName) !== media.storedName)
    throw new CallFailure('media', `${media.fileName}: its name leads out of the project.`)
  const file = join(project.directory, 'media', media.storedName)
  try {
    return await withImage(file, async (image) => {
      const { width = 0, height = 0, orientation = 1 } = await image.metadata()
      const fits = Math.max(width, height) <= mostPixels && media.bytes <= mostBytes && orientation <= 1
      if (fits && plainFormats.has(media.mime)) {
        await image.stats()
        return { mime: media.mime, base64: await readFile(file, 'base64') }
      }
      const jpeg = await image
        .resize(mostPixels, mostPixels, { fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .jpeg({ quality: 90 })
        .toBuffer()
      return { mime: 'image/jpeg', base64: jpeg.toString('base64') }
    })
  } catch (error) {
    const reason =
      error instanceof Problem ? error.message.replace(media.storedName, media.fileName) : `${media.fileName}: ${messageOf(error)}`
    throw new CallFailure('media', reason, { cause: error })
  }
}
