import { access } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Sharp } from 'sharp'
import { messageOf, Problem, toProblem } from '../../../shared/problem'
import { message, type Message, type Text } from '../../../shared/messages/message'
import { maxPixels, openImage, UnfitImage } from './openImage'
import { loadSharp } from './loadSharp'

/** Returns in one line why an image could not be read: libvips repeats itself and includes full paths. */
function decodeReason(error: unknown): Text {
  const words = messageOf(error)
  if (/bad labq format/i.test(words)) return message('image.labColours')
  if (/tiff2vips: samples out of range/i.test(words)) return message('image.values64Bit')
  if (/exceeds pixel limit/i.test(words)) return message('image.tooManyPixels', { limit: maxPixels })
  const lines = words.split('\n').map((line) => line.trim())
  return lines.findLast((line) => line !== '') ?? message('image.unknownReason')
}

export const imageRemedy = message('image.replaceFile')

/** Creates the Problem for a file that is not a usable image or video; `name` is the file name that users know. */
export function badMedia(name: string, reason: Message, cause?: unknown): Problem {
  return new Problem('bad-media', message('common.aboutItem', { item: name, reason }), imageRemedy, { item: name, cause })
}

/**
 * Opens an image with `openImage` and runs `work` on it. Throws Problem 'bad-media' if it does not decode or cannot be shown, 'not-found'
 * if the file does not exist.
 */
export async function withImage<T>(file: string, work: (image: Sharp) => Promise<T>, name = basename(file)): Promise<T> {
  await access(file).catch((error: unknown) => {
    throw toProblem(error, name)
  })
  try {
    return await work(await openImage(file))
  } catch (error) {
    if (error instanceof UnfitImage) throw badMedia(name, error.reason, error)
    throw error instanceof Problem ? error : badMedia(name, message('image.imageDoesNotDecode', { reason: decodeReason(error) }), error)
  }
}

/** Returns the EXIF orientation of an image, from 1 to 8; undefined if it has none, or if the file is not an image. */
export const readOrientation = (file: string): Promise<number | undefined> =>
  withImage(file, async (image) => (await image.metadata()).orientation).catch(() => undefined)

interface DecodedImage {
  readonly width: number
  readonly height: number
  /** Whether it has three channels of sRGB, without transparency. */
  readonly rgb: boolean
  readonly format: string
}

/** Decodes an encoded image in memory completely; throws the error of libvips if it does not decode. */
export async function decodeImage(bytes: Uint8Array): Promise<DecodedImage> {
  const sharp = await loadSharp()
  const image = sharp(bytes, { failOn: 'error', limitInputPixels: maxPixels })
  const { width, height, space, channels, format } = await image.metadata()
  await image.raw().toBuffer()
  return { width, height, rgb: space === 'srgb' && channels === 3, format }
}
