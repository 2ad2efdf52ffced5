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

/** Maximum number of top-level boxes of a file that are checked. */
const maxBoxes = 100_000

/**
 * Returns whether an MP4 or QuickTime file ends inside one of its boxes (ISO/IEC 14496-12, 4.2), which means that it was truncated; the
 * missing data would only be noticed when frames at its end are requested.
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
      if (length === 0) return false // it extends to the end of the file
      if (length === 1) {
        if (bytesRead < 16) return true
        length = Number(head.readBigUInt64BE(8))
      }
      if (length < 8) return false // not a box: bytes after the last one
      at += length
    }
    return at > size
  } finally {
    await handle.close()
  }
}

type Probe = MediaType &
  Pick<Media, 'width' | 'height' | 'durationMs' | 'problem'> & {
    /** Number of images in an image file, of which only the first is used. */
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

/** Recognises the type of a file by its first bytes. */
export const recogniseFile = async (file: string): Promise<Signature> => recogniseMedia(await readHead(file))

/** Returns the type of a file by its first bytes. `name` is used in messages. Throws Problem 'bad-media' for unsupported types. */
export async function detectType(file: string, name = basename(file)): Promise<MediaType> {
  const signature = await recogniseFile(file)
  if (!signature.accepted) throw badMedia(name, signature.reason)
  return signature.type
}

/** Probes a video. If it hangs or crashes its decoder process, returns this as its `problem`. */
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
 * Returns the type and size of an image or video. An image is decoded completely, to find truncated or damaged files now; its width and
 * height are pixels as displayed, with the EXIF orientation applied. For a video, the first frame is decoded; if that fails, the result has
 * a `problem` instead of an error. Throws Problem 'bad-media'.
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
          // Resizing reads every pixel without holding them all; shrink-on-load would skip some.
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
