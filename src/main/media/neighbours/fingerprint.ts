import { basename } from 'node:path'
import type { Sharp } from 'sharp'
import { withImage } from '../image/decode'
import { loadSharp } from '../image/loadSharp'

/** A fingerprint is cut into four words of 16 bits, and found by each of them. */
const wordBits = 16
export const words = 4

/** The words of 16 bits by how many of their bits are set. */
export const ringsOf: readonly Uint16Array[] = Array.from({ length: wordBits + 1 }, (_, bits) =>
  Uint16Array.from(Array.from({ length: 2 ** wordBits }, (__, word) => word).filter((word) => countBits(word) === bits)),
)

export const wordOf = (high: number, low: number, word: number): number =>
  ((word < 2 ? high : low) >>> (word % 2 === 0 ? wordBits : 0)) & 0xffff

/** Which fingerprints have a certain word: those from `starts[word]` to `starts[word + 1]` of `members`, rising. */
export interface Table {
  readonly starts: Uint32Array
  readonly members: Uint32Array
}

/** Finds fingerprints by one of their words; they are given by their two halves. */
export function indexBy(word: number, high: Uint32Array, low: Uint32Array): Table {
  const values = Uint16Array.from(high, (each, kind) => wordOf(each, low[kind] ?? 0, word))
  const starts = new Uint32Array(2 ** wordBits + 1)
  for (const value of values) starts[value + 1] = (starts[value + 1] ?? 0) + 1
  for (let value = 0; value < 2 ** wordBits; value++) starts[value + 1] = (starts[value + 1] ?? 0) + (starts[value] ?? 0)
  const next = starts.slice()
  const members = new Uint32Array(values.length)
  for (const [kind, value] of values.entries()) {
    const at = next[value] ?? 0
    members[at] = kind
    next[value] = at + 1
  }
  return { starts, members }
}

/**
 * 64 bits that are alike for images that look alike, in two halves of 32: a difference hash (N. Krawetz, "Kind of like that",
 * 2013). Bit n says whether a pixel of the 9 × 8 grey image is darker than the one to its right.
 */
export interface Fingerprint {
  readonly high: number
  readonly low: number
}

const [columns, rows] = [9, 8]

/** The fingerprint of an image, upright. Throws Problem 'bad-media' where it does not decode. */
export function fingerprintImage(file: string, name = basename(file)): Promise<Fingerprint> {
  return withImage(file, fingerprintOf, name)
}

/** The fingerprint of an image in memory, such as a training image. */
export async function fingerprintBytes(image: Uint8Array): Promise<Fingerprint> {
  const sharp = await loadSharp()
  return fingerprintOf(sharp(image))
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

/** In how many of 64 bits two fingerprints differ: 0 the same image, about 32 nothing in common. */
export const fingerprintDistance = (a: Fingerprint, b: Fingerprint): number => countBits(a.high ^ b.high) + countBits(a.low ^ b.low)
