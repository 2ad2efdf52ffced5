import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Media } from '../../shared/domain'
import { badMedia, withImage } from './decode'
import { probeVideo } from './openVideo'
import { type MediaType, recogniseMedia, signatureBytes } from './signature'

export type Probe = MediaType & Pick<Media, 'width' | 'height' | 'durationMs' | 'problem'>

async function readHead(file: string): Promise<Buffer> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(signatureBytes), 0, signatureBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** What a file holds by its first bytes. `name` is used in messages. Throws Problem 'bad-media' for what is not accepted. */
export async function detectType(file: string, name = basename(file)): Promise<MediaType> {
  const signature = recogniseMedia(await readHead(file))
  if (!signature.accepted) throw badMedia(name, signature.reason)
  return signature.type
}

/**
 * Type and size of a picture or video. A picture is decoded in full, so that one which is cut off or damaged is found now; its
 * width and height are pixels as displayed, with the EXIF orientation applied. Of a video the first frame is decoded; one that cannot be
 * decoded is no error but has a `problem`. Throws Problem 'bad-media'.
 */
export async function probeMedia(file: string, name = basename(file)): Promise<Probe> {
  const type = await detectType(file, name)
  switch (type.kind) {
    case 'video':
      return { ...type, ...(await probeVideo(file)) }
    case 'image':
      return withImage(
        file,
        async (image) => {
          const { autoOrient } = await image.metadata()
          // Shrinking touches every pixel without holding them all; shrinking while loading would skip some.
          await image.resize(8, 8, { fit: 'fill', fastShrinkOnLoad: false }).raw().toBuffer()
          return { ...type, width: autoOrient.width, height: autoOrient.height, durationMs: null, problem: null }
        },
        name,
      )
    default:
      return type.kind satisfies never
  }
}
