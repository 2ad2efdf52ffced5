import { basename } from 'node:path'
import type { Sharp } from 'sharp'
import { withImage } from '../image/decode'
import { loadSharp } from '../image/loadSharp'

/** A fingerprint is split into four words of 16 bits, each of which is indexed. */
const wordBits = 16
export const words = 4

let rings: readonly Uint16Array[] | undefined

/** Returns all 16-bit words, grouped by the number of set bits. Computed when first needed: it takes a tenth of a second. */
export function listRings(): readonly Uint16Array[] {
  rings ??= Array.from({ length: wordBits + 1 }, (_, bits) =>
    Uint16Array.from(Array.from({ length: 2 ** wordBits }, (__, word) => word).filter((word) => countBits(word) === bits)),
  )
  return rings
}

export const wordOf = (high: number, low: number, word: number): number =>
  ((word < 2 ? high : low) >>> (word % 2 === 0 ? wordBits : 0)) & 0xffff

/** Fingerprints by the value of one word: `members` from `starts[word]` to `starts[word + 1]`, in ascending order. */
export interface Table {
  readonly starts: Uint32Array
  readonly members: Uint32Array
}

/** Indexes fingerprints, given as their two halves, by one of their words. */
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
 * A 64-bit difference hash in two halves of 32 bits, similar for images that look similar (N. Krawetz, "Kind of like that", 2013). Bit n is
 * set if a pixel of the 9 × 8 greyscale image is darker than its right neighbour.
 */
export interface Fingerprint {
  readonly high: number
  readonly low: number
}

const [columns, rows] = [9, 8]

/** Returns the fingerprint of an image, upright. Throws Problem 'bad-media' if it does not decode. */
export function fingerprintImage(file: string, name = basename(file)): Promise<Fingerprint> {
  return withImage(file, fingerprintOf, name)
}

/** Returns the fingerprint of an image in memory, such as a training image. */
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

/** Counts the set bits of a 32-bit word. */
export function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Returns the number of differing bits of two fingerprints, out of 64: 0 for the same image, about 32 for unrelated ones. */
export const fingerprintDistance = (a: Fingerprint, b: Fingerprint): number => countBits(a.high ^ b.high) + countBits(a.low ^ b.low)
