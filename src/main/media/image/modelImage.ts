import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { withImage } from './decode'

/** An image in the format of Chat Completions. */
export const modelImageSchema = z.object({ mime: z.string(), base64: z.string() })
export type ModelImage = z.infer<typeof modelImageSchema>

/** Formats that vision models accept unchanged, by sharp's names. */
const plainFormats: ReadonlyMap<string, string> = new Map([
  ['jpeg', 'image/jpeg'],
  ['png', 'image/png'],
  ['webp', 'image/webp'],
  ['gif', 'image/gif'],
])

/**
 * Maximum side length in pixels, and size in bytes, of an image sent unchanged; models scale down larger ones themselves, at the sender's
 * cost.
 */
const maxPixels = 2048
const maxBytes = 5_000_000

/**
 * Creates an image for a model: the file's own bytes, or an upright JPEG of at most 2,048 pixels per side if the file is larger, rotated by
 * its EXIF orientation, or in a format that models do not accept. Decodes all of it, so that a damaged image is never sent.
 * @param name file name that users know
 * @throws Problem bad-media, not-found
 */
export async function makeModelImage(file: string, name: string): Promise<ModelImage> {
  return withImage(
    file,
    async (image) => {
      const { width, height, orientation = 1, format } = await image.metadata()
      const mime = plainFormats.get(format)
      const fits = Math.max(width, height) <= maxPixels && (await stat(file)).size <= maxBytes && orientation <= 1
      if (mime && fits) {
        await image.stats()
        return { mime, base64: await readFile(file, 'base64') }
      }
      const jpeg = await image
        .resize(maxPixels, maxPixels, { fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .jpeg({ quality: 90 })
        .toBuffer()
      return { mime: 'image/jpeg', base64: jpeg.toString('base64') }
    },
    name,
  )
}
