import { access } from 'node:fs/promises'
import { basename } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { messageOf, Problem, toProblem } from '../../shared/problem'

/** Larger pictures are refused: a small file can claim to be one and fill the memory (a "decompression bomb"). */
export const maxPixels = 16_384 * 16_384

/** Opens a picture upright (EXIF orientation applied) and strictly: what is truncated or damaged fails, instead of being filled with grey. */
export function openImage(file: string): Sharp {
  return sharp(file, { failOn: 'error', limitInputPixels: maxPixels, autoOrient: true })
}

/** Why a picture could not be read, in one line: libvips repeats itself and names files by their full path. */
export function decodeReason(error: unknown): string {
  const lines = messageOf(error)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const reason = lines.at(-1) ?? 'unknown reason'
  return /exceeds pixel limit/i.test(reason) ? `it has more than ${maxPixels.toLocaleString('en')} pixels` : reason
}

/** Does `work` with the picture; throws Problem 'bad-media' where it does not decode, 'not-found' where there is no such file. */
export async function withImage<T>(file: string, work: (image: Sharp) => Promise<T>): Promise<T> {
  const name = basename(file)
  await access(file).catch((error: unknown) => {
    throw toProblem(error, name)
  })
  try {
    return await work(openImage(file))
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem(
      'bad-media',
      `${name}: the image does not decode (${decodeReason(error)}).`,
      'Replace the file by one that opens in an image viewer.',
      {
        item: name,
        cause: error,
      },
    )
  }
}
