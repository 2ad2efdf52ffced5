import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { Sharp } from 'sharp'
import { toProblem } from '../../../shared/problem'
import { withImage } from './decode'
import { detectType } from '../probe'
import { toSharp } from '../video/frames'
import { runVideoTask } from '../video/videoProcess'

/** Maximum side length of a thumbnail in pixels. */
const thumbnailSize = 320
/** Maximum side length of an image for the screen in pixels. */
const displaySize = 4096

/** Runs `work` on the first frame of a video, or on the frame shown at `seconds`. */
async function withFrame<T>(file: string, seconds: number | undefined, work: (image: Sharp) => Promise<T>): Promise<T> {
  const results: T[] = []
  await runVideoTask(
    'images',
    { file, name: basename(file), seconds },
    { onPart: async ({ image }) => void results.push(await work(await toSharp(image))) },
  )
  const [result] = results
  if (result === undefined) throw new Error('it has no frames')
  return result
}

async function writeWebp(file: string, to: string, size: number, quality: number, seconds?: number): Promise<void> {
  const type = await detectType(file).catch((error: unknown) => {
    throw toProblem(error, basename(file))
  })
  const temporary = `${to}.${randomUUID()}.tmp`
  const encode = (image: Sharp) =>
    image.resize(size, size, { fit: 'inside', withoutEnlargement: true }).toColourspace('srgb').webp({ quality }).toBuffer()
  const webp = await (type.kind === 'video' ? withFrame(file, seconds, encode) : withImage(file, encode))
  try {
    await mkdir(dirname(to), { recursive: true })
    await writeFile(temporary, webp)
    await rename(temporary, to)
  } catch (error) {
    await rm(temporary, { force: true })
    throw toProblem(error, basename(to))
  }
}

/**
 * Writes a WebP of at most 320 × 320 pixels to `to`, upright, never larger than the image; the file is written atomically. For a video, it
 * shows the first frame, or the one at `seconds`. Throws Problem 'bad-media' if the file does not decode.
 */
export function makeThumbnail(file: string, to: string, seconds?: number): Promise<void> {
  return writeWebp(file, to, thumbnailSize, 80, seconds)
}

/** Like `makeThumbnail` with at most 4,096 × 4,096 pixels, for images that a browser cannot show (TIFF). */
export function makeDisplayImage(file: string, to: string): Promise<void> {
  return writeWebp(file, to, displaySize, 92)
}
