import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Media } from '../../shared/domain'
import { badMedia, withImage } from './image/decode'
import { countPages } from './image/openImage'
import { Problem } from '../../shared/problem'
import { type MediaType, recogniseMedia, type Signature, signatureBytes } from './signature'
import { videoProblem } from './video/videoProblem'
import { runVideoTask } from './video/videoProcess'
import type { VideoFacts } from './video/videoTasks'

/** A file with more top-level boxes than this is not walked to its end. */
const maxBoxes = 100_000

/**
 * Returns whether an MP4 or QuickTime file ends inside one of its boxes (ISO/IEC 14496-12, 4.2): it was cut off, and what is missing shows
 * only where the frames at its end are asked for.
 */
export async function isCutShort(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const head = Buffer.alloc(16)
    let at = 0
    for (let boxes = 0; at + 8 <= size && boxes < maxBoxes; boxes++) {
      const { bytesRead } = await handle.read(head, 0, 16, at)
      let length = head.readUInt32BE(0)
      if (length === 0) return false // it reaches to the end of the file
      if (length === 1) {
        if (bytesRead < 16) return true
        length = Number(head.readBigUInt64BE(8))
      }
      if (length < 8) return false // no box: bytes behind the last one
      at += length
    }
    return at > size
  } finally {
    await handle.close()
  }
}

type Probe = MediaType &
  Pick<Media, 'width' | 'height' | 'durationMs' | 'problem'> & {
    /** of an image file with several, of which the first is used */
    readonly pages?: number
  }

async function readHead(file: string): Promise<Buffer> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(signatureBytes), 0, signatureBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** What a file holds by its first bytes. */
export const recogniseFile = async (file: string): Promise<Signature> => recogniseMedia(await readHead(file))

/** The type of a file by its first bytes. `name` is used in messages. Throws Problem 'bad-media' for what is not accepted. */
export async function detectType(file: string, name = basename(file)): Promise<MediaType> {
  const signature = await recogniseFile(file)
  if (!signature.accepted) throw badMedia(name, signature.reason)
  return signature.type
}

/** What a video is. One that holds its reader up, or brings it down, has that for its `problem`. */
function probeVideo(file: string, name: string, signal: AbortSignal | undefined): Promise<VideoFacts> {
  return runVideoTask('probe', { file, name }, { signal }).catch((error: unknown) => {
    if (!(error instanceof Problem) || error.code !== 'bad-media') throw error
    const { reason } = error
    const isSlow = typeof reason === 'object' && reason?.code === 'video.tooSlow'
    const problem = isSlow ? videoProblem.tooSlow(Number(reason.values['seconds'])) : videoProblem.decoderCrashes
    return { width: null, height: null, durationMs: null, problem }
  })
}

/**
 * Type and size of an image or video. An image is decoded in full, so that one which is cut off or damaged is found now; its
 * width and height are pixels as displayed, with the EXIF orientation applied. Of a video the first frame is decoded; one that cannot be
 * decoded is no error but has a `problem`. Throws Problem 'bad-media'.
 */
export async function probeMedia(file: string, name = basename(file), signal?: AbortSignal): Promise<Probe> {
  const type = await detectType(file, name)
  switch (type.kind) {
    case 'video': {
      const facts = await probeVideo(file, name, signal)
      const isCut = facts.problem === null && type.extension !== 'webm' && type.extension !== 'mkv' && (await isCutShort(file))
      return { ...type, ...facts, problem: isCut ? videoProblem.unreadable : facts.problem }
    }
    case 'image':
      return withImage(
        file,
        async (image) => {
          const { autoOrient } = await image.metadata()
          // Shrinking touches every pixel without holding them all; shrinking while loading would skip some.
          await image.resize(8, 8, { fit: 'fill', fastShrinkOnLoad: false }).raw().toBuffer()
          const pages = await countPages(file)
          const probe = { ...type, width: autoOrient.width, height: autoOrient.height, durationMs: null, problem: null }
          return pages > 1 ? { ...probe, pages } : probe
        },
        name,
      )
    default:
      return type.kind satisfies never
  }
}
