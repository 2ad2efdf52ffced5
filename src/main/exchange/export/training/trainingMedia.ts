import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Problem, toProblem } from '../../../../shared/problem'
import { message } from '../../../../shared/messages/message'
import { withImage } from '../../../media/image/decode'
import { naming } from '../files/atomicDirectory'
import type { RecordMedia, SourceMedia } from './records'

/** Extensions of the image formats that loaders accept unchanged, by sharp's format names. */
const plainFormats: ReadonlyMap<string, string> = new Map([
  ['jpeg', 'jpg'],
  ['png', 'png'],
  ['webp', 'webp'],
])

/**
 * The exported form of an image: its original bytes, or re-encoded bytes that are upright, have 8 bits per channel, and use a format that
 * loaders accept.
 */
interface Plan {
  readonly extension: string
  readonly width: number
  readonly height: number
  /** Re-encoded bytes; null if the bytes of the file are used. */
  readonly bytes: Buffer | null
}

const planImage = (file: string, name: string): Promise<Plan> =>
  withImage(
    file,
    async (image) => {
      const { format, orientation = 1, depth, space, pages = 1, isPalette, autoOrient } = await image.metadata()
      const extension = plainFormats.get(format)
      if (extension && orientation <= 1 && depth === 'uchar' && space === 'srgb' && pages === 1 && !isPalette)
        return { extension, width: autoOrient.width, height: autoOrient.height, bytes: null }
      const upright = image.toColourspace('srgb')
      const isJpeg = format === 'jpeg' && depth === 'uchar'
      const { data, info } = await (isJpeg ? upright.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }) : upright.png()).toBuffer({
        resolveWithObject: true,
      })
      return { extension: isJpeg ? 'jpg' : 'png', width: info.width, height: info.height, bytes: data }
    },
    name,
  )

const writeAll = (file: string, bytes: Buffer): Promise<void> =>
  naming(path.basename(file), async () => {
    const handle = await open(file, 'wx')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
  })

/** Copies a file and returns the hash of the copied bytes. */
async function copyHashed(from: string, to: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(
    createReadStream(from),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        yield chunk
      }
    },
    createWriteStream(to, { flags: 'wx', flush: true }),
  )
  return hash.digest('hex')
}

const contentChanged = ({ fileName }: SourceMedia) =>
  new Problem('bad-media', message('exportSet.jsonl.contentChanged'), message('training.restoreMedium'), { item: fileName })

export interface MediaWriter {
  /**
   * Returns the medium as records reference it.
   * @throws Problem if it cannot be read or differs from the imported file.
   */
  take(media: SourceMedia): Promise<RecordMedia>
  /** Returns a frame of a video, from a JPEG file. */
  takeFrame(file: string, of: SourceMedia): Promise<RecordMedia>
}

/**
 * Writes the media of an export into `media/`, each content once and named by its hash. Images are upright, so that loaders show the same
 * image whether or not they apply the EXIF orientation. If data files embed the images, `media/` is only temporary.
 */
export function createMediaWriter(directory: string, isEmbedded: boolean): MediaWriter {
  const known = new Map<string, Promise<RecordMedia>>()

  const writeImage = async (file: string, sha256: string | null, source: SourceMedia): Promise<RecordMedia> => {
    const own = await readFile(file).catch((error: unknown) => {
      throw toProblem(error, source.fileName)
    })
    const hash = createHash('sha256').update(own).digest('hex')
    if (sha256 !== null && hash !== sha256) throw contentChanged(source)
    const { extension, width, height, bytes } = await planImage(file, source.fileName)
    const name = `media/${hash}.${extension}`
    // Embedded images are written only for the duration of the export, and only if they differ from the bytes of the file.
    const isWritten = !isEmbedded || bytes !== null
    if (isWritten) await writeAll(path.join(directory, name), bytes ?? own)
    const read = () => readFile(isWritten ? path.join(directory, name) : file)
    return {
      kind: 'image',
      path: name,
      sha256: hash,
      fileName: source.fileName,
      width,
      height,
      frame: null,
      bytes: (bytes ?? own).length,
      read,
    }
  }

  const writeVideo = async (source: SourceMedia): Promise<RecordMedia> => {
    const { fileName, sha256, width, height } = source
    const file = source.path()
    const name = `media/${sha256}${path.extname(file).toLowerCase()}`
    if (!isEmbedded) {
      const copied = await copyHashed(file, path.join(directory, name)).catch((error: unknown) => {
        throw toProblem(error, fileName)
      })
      if (copied !== sha256) throw contentChanged(source)
    }
    return {
      kind: 'video',
      path: name,
      sha256,
      fileName,
      width: width ?? 0,
      height: height ?? 0,
      frame: null,
      bytes: (await stat(file)).size,
      read: () => readFile(file),
    }
  }

  const once = (key: string, work: () => Promise<RecordMedia>): Promise<RecordMedia> => {
    let found = known.get(key)
    if (!found) {
      found = mkdir(path.join(directory, 'media'), { recursive: true }).then(work)
      found.catch(() => undefined) // The error is reported where the promise is awaited.
      known.set(key, found)
    }
    return found
  }

  return {
    take: (media) => once(media.sha256, () => (media.kind === 'video' ? writeVideo(media) : writeImage(media.path(), media.sha256, media))),
    // Several frames of one video may have identical content.
    takeFrame: async (file, of) => {
      const hash = createHash('sha256')
        .update(await readFile(file))
        .digest('hex')
      return once(hash, () => writeImage(file, hash, of))
    },
  }
}
