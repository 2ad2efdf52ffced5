import { basename } from 'node:path'
import type { Sharp } from 'sharp'
import { withImage } from './decode'
import { loadSharp } from './loadSharp'

/**
 * 64 bits that are alike for pictures that look alike, in two halves of 32: a difference hash (N. Krawetz, "Kind of like that",
 * 2013). Bit n says whether a pixel of the 9 × 8 grey picture is darker than the one to its right.
 */
export interface Fingerprint {
  readonly high: number
  readonly low: number
}

const [columns, rows] = [9, 8]

/** The fingerprint of a picture, upright. Throws Problem 'bad-media' where it does not decode. */
export function fingerprintImage(file: string, name = basename(file)): Promise<Fingerprint> {
  return withImage(file, fingerprintOf, name)
}

/** The fingerprint of a picture in memory, such as a training image. */
export async function fingerprintBytes(picture: Uint8Array): Promise<Fingerprint> {
  const sharp = await loadSharp()
  return fingerprintOf(sharp(picture))
}

async function fingerprintOf(image: Sharp): Promise<Fingerprint> {
  return fingerprintPixels(await image.flatten({ background: '#fff' }).greyscale().resize(columns, rows, { fit: 'fill' }).raw().toBuffer())
}

/** @param grey 9 × 8 bytes, row by row */
export function fingerprintPixels(grey: Uint8Array): Fingerprint {
  const halves = [0, 0]
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns - 1; column++) {
      const at = row * columns + column
      if ((grey[at] ?? 0) < (grey[at + 1] ?? 0)) halves[row >> 2] = (halves[row >> 2] ?? 0) | (1 << (((row & 3) << 3) | column))
    }
  return { high: (halves[0] ?? 0) >>> 0, low: (halves[1] ?? 0) >>> 0 }
}

/** How many bits of 32 are set. */
export function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** In how many of 64 bits two fingerprints differ: 0 the same picture, about 32 nothing in common. */
export const fingerprintDistance = (a: Fingerprint, b: Fingerprint): number => countBits(a.high ^ b.high) + countBits(a.low ^ b.low)

/** The positions of the fingerprints nearest to the one at a position, nearest first, the earlier of two that are as near; not its own. */
export type FindNearest = (position: number, count: number) => number[]

/** Compares with all, each time: 64 bits are too many, and pictures too evenly spread, for a tree to leave much out. */
export function indexFingerprints(fingerprints: readonly Fingerprint[]): FindNearest {
  const high = Uint32Array.from(fingerprints, (each) => each.high)
  const low = Uint32Array.from(fingerprints, (each) => each.low)
  return (position, count) => {
    const [ownHigh, ownLow] = [high[position] ?? 0, low[position] ?? 0]
    const nearest: { other: number; distance: number }[] = []
    let limit = 65
    for (let other = 0; other < high.length; other++) {
      const distance = countBits(ownHigh ^ (high[other] ?? 0)) + countBits(ownLow ^ (low[other] ?? 0))
      if (distance >= limit || other === position) continue
      let at = nearest.length
      while (at > 0 && (nearest[at - 1]?.distance ?? 0) > distance) at--
      nearest.splice(at, 0, { other, distance })
      if (nearest.length > count) nearest.pop()
      if (nearest.length === count) limit = nearest.at(-1)?.distance ?? 0
    }
    return nearest.map(({ other }) => other)
  }
}
