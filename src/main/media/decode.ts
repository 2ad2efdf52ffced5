import { access } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Sharp } from 'sharp'
import { messageOf, Problem, toProblem } from '../../shared/problem'
import { grouped, type Said, say, type Text } from '../../shared/say'
import { loadSharp } from './loadSharp'

/** Larger pictures are refused: a small file can claim to be one and fill the memory (a "decompression bomb"). */
export const maxPixels = 16_384 * 16_384

/** Why a picture could not be read, in one line: libvips repeats itself and names files by their full path. */
function decodeReason(error: unknown): Text {
  const message = messageOf(error)
  if (/exceeds pixel limit/i.test(message)) return say`it has more than ${grouped(maxPixels)} pixels`
  const lines = message.split('\n').map((line) => line.trim())
  return lines.findLast((line) => line !== '') ?? say`unknown reason`
}

export const pictureRemedy = say`Replace the file by one that opens in an image viewer.`

/** A file that is no picture or video that can be used; `name` is what the person knows it as. */
export function badMedia(name: string, reason: Said, cause?: unknown): Problem {
  return new Problem('bad-media', say`${name}: ${reason}.`, pictureRemedy, { item: name, cause })
}

/**
 * Opens a picture upright (EXIF orientation applied) and strictly (what is truncated or damaged fails, instead of being filled
 * with grey) and does `work` with it. Throws Problem 'bad-media' where it does not decode, 'not-found' where there is no such file.
 */
export async function withImage<T>(file: string, work: (image: Sharp) => Promise<T>, name = basename(file)): Promise<T> {
  await access(file).catch((error: unknown) => {
    throw toProblem(error, name)
  })
  const sharp = await loadSharp()
  try {
    return await work(sharp(file, { failOn: 'error', limitInputPixels: maxPixels, autoOrient: true }))
  } catch (error) {
    throw error instanceof Problem ? error : badMedia(name, say`the image does not decode (${decodeReason(error)})`, error)
  }
}
