import { withImage } from '../image/decode'
import { type Fingerprint, fingerprintPixels } from './fingerprint'

/** Appearance of an image: a fingerprint of its shapes, and its mean colors in a grid of 4 × 4 cells, as bytes of red, green and blue. */
export interface ImageLook extends Fingerprint {
  readonly colors: Uint8Array
}

/** Size in pixels to which an image is reduced: a multiple of the fingerprint's 9 × 8, and of the grid. */
const [width, height] = [36, 32]
const colorCells = 4

/** Returns the appearance of an image, upright. @throws Problem bad-media if it does not decode, not-found */
export function readImageLook(file: string, name: string): Promise<ImageLook> {
  return withImage(
    file,
    async (image) =>
      lookOfPixels(
        // A decoder that shrinks on load would make the result depend on the format and the size of the file.
        await image
          .flatten({ background: '#fff' })
          .toColorspace('srgb')
          .resize(width, height, { fit: 'fill', fastShrinkOnLoad: false })
          .removeAlpha()
          .raw()
          .toBuffer(),
      ),
    name,
  )
}

/** @param pixels 36 × 32 pixels of red, green and blue, row by row */
function lookOfPixels(pixels: Uint8Array): ImageLook {
  const grey = Uint8Array.from(averageCells(pixels, 9, 8), ([red, green, blue]) => Math.round(0.299 * red + 0.587 * green + 0.114 * blue))
  return { ...fingerprintPixels(grey), colors: Uint8Array.from(averageCells(pixels, colorCells, colorCells).flat(), Math.round) }
}

/** Returns the mean colors of the cells of a grid, row by row. */
function averageCells(pixels: Uint8Array, columns: number, rows: number): [number, number, number][] {
  const [cellWidth, cellHeight] = [width / columns, height / rows]
  const sums = Array.from({ length: columns * rows }, (): [number, number, number] => [0, 0, 0])
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const sum = sums[Math.floor(y / cellHeight) * columns + Math.floor(x / cellWidth)]
      if (sum) for (const channel of [0, 1, 2] as const) sum[channel] += pixels[(y * width + x) * 3 + channel] ?? 0
    }
  return sums.map((sum) => sum.map((value) => value / (cellWidth * cellHeight)) as [number, number, number])
}
