import type { RawFrame } from '../../src/shared/video'

/** The number of a frame stands at the top of it: a row of blocks, black for 0 and white for 1, and the same row inverted below it. */
export const numberBits = 16

/** The number that a frame carries, by its brightness; -1 where that is no number. */
export function readNumber({ width, pixels }: Pick<RawFrame, 'width' | 'pixels'>): number {
  const block = Math.floor(width / numberBits)
  const light = (bit: number, row: number) => (pixels[Math.floor((row + 0.5) * block) * width + Math.floor((bit + 0.5) * block)] ?? 0) > 128
  let number = 0
  for (let bit = 0; bit < numberBits; bit++) {
    if (light(bit, 0) === light(bit, 1)) return -1
    if (light(bit, 0)) number |= 1 << bit
  }
  return number
}
