import { countBits, fingerprintDistance, indexBy, type Table, words } from './fingerprint'
import type { ImageLook } from './imageLook'
import { orderOf } from './orderOf'

/**
 * Maximum number of differing fingerprint bits, out of 64, of nearly identical images. Re-encoding the sample images with another quality,
 * format or size, down to a quarter of the width, changes up to 6 bits, and cropping 1 % at each edge up to 7; different photographs differ
 * in 14 or more. With 7 bits in 4 words, one of the words differs in at most 1 bit, so looking up words finds all.
 */
export const maxBits = 7

/** Maximum mean color difference, out of 255. The same changes cause up to 5; plain areas of different colors have the same fingerprint. */
export const maxColorDifference = 10

/**
 * Maximum number of images with the same word that one is compared with; otherwise a set of plain images, all with the same words, would
 * take quadratic time.
 */
const maxOfWord = 64

/** Returns whether two images are nearly identical. */
export const areNearIdentical = (one: ImageLook, other: ImageLook): boolean =>
  fingerprintDistance(one, other) <= maxBits && haveSimilarColors(one.colors, other.colors)

/** Returns whether the mean difference of two color grids is small enough. */
function haveSimilarColors(one: Uint8Array, other: Uint8Array): boolean {
  const most = maxColorDifference * one.length
  let sum = 0
  for (let at = 0; at < one.length && sum <= most; at++) sum += Math.abs((one[at] ?? 0) - (other[at] ?? 0))
  return sum <= most
}

const compareLooks = (one: ImageLook, other: ImageLook): number =>
  one.high - other.high || one.low - other.low || Buffer.compare(one.colors, other.colors)

/** Returns the indices of looks in sorted order. Few looks share the same first half. */
function orderLooks(looks: readonly ImageLook[]): Uint32Array {
  const order = orderOf(Uint32Array.from(looks, ({ high }) => high))
  const highAt = (at: number) => looks[order[at] ?? 0]?.high
  for (let start = 0, end = 1; end <= order.length; end++) {
    if (end < order.length && highAt(end) === highAt(start)) continue
    if (end - start > 1)
      order.subarray(start, end).sort((a, b) => {
        const [one, other] = [looks[a], looks[b]]
        return (one && other ? compareLooks(one, other) : 0) || a - b
      })
    start = end
  }
  return order
}

/**
 * Finds pairs of nearly identical images by multi-index hashing (Norouzi, Punjani and Fleet 2012). Each image is compared with the next 64
 * of those that share a word, in order of fingerprints and colors; among a million photographs, 15 share a word.
 * @param join called with the indices of two such images; not for all pairs, but for enough to connect each group
 */
export function joinNearIdentical(looks: readonly ImageLook[], join: (one: number, other: number) => void): void {
  const distinct: ImageLook[] = []
  const places: number[] = []
  for (const place of orderLooks(looks)) {
    const look = looks[place]
    const last = distinct.at(-1)
    if (!look) continue
    if (last && compareLooks(last, look) === 0) join(places.at(-1) ?? place, place)
    else {
      distinct.push(look)
      places.push(place)
    }
  }
  const joinDistinct = (one: number, other: number): void => {
    if (haveSimilarColors(distinct[one]?.colors ?? noColors, distinct[other]?.colors ?? noColors))
      join(places[one] ?? 0, places[other] ?? 0)
  }
  const high = Uint32Array.from(distinct, (look) => look.high)
  const low = Uint32Array.from(distinct, (look) => look.low)
  for (let word = 0; word < words; word++) joinByWord(indexBy(word, high, low), high, low, joinDistinct)
}

const noColors = new Uint8Array()
const masks = Uint16Array.from([0, ...Array.from({ length: 16 }, (_, bit) => 1 << bit)])

/**
 * Joins images that differ in at most one bit of a word, and in few other bits. Reads the table in order, which is friendly to the
 * processor's cache.
 */
function joinByWord({ starts, members }: Table, high: Uint32Array, low: Uint32Array, join: (one: number, other: number) => void): void {
  const highs = members.map((member) => high[member] ?? 0)
  const lows = members.map((member) => low[member] ?? 0)
  for (let value = 0; value + 1 < starts.length; value++) {
    const [ownStart, ownEnd] = [starts[value] ?? 0, starts[value + 1] ?? 0]
    if (ownStart === ownEnd) continue
    for (const mask of masks) {
      const start = starts[value ^ mask] ?? 0
      const end = starts[(value ^ mask) + 1] ?? 0
      if (start === end) continue
      for (let place = ownStart; place < ownEnd; place++) {
        const own = members[place] ?? 0
        const from = end - start > maxOfWord ? firstAbove(members, own, start, end) : start
        for (let at = from; at < end && at < from + maxOfWord; at++) {
          const other = members[at] ?? 0
          if (other <= own) continue
          const bits = countBits((highs[place] ?? 0) ^ (highs[at] ?? 0)) // usually sufficient to exclude a pair
          if (bits <= maxBits && bits + countBits((lows[place] ?? 0) ^ (lows[at] ?? 0)) <= maxBits) join(own, other)
        }
      }
    }
  }
}

/** Returns the first index from `start` on whose member is above a value; members are ascending. */
function firstAbove(members: Uint32Array, value: number, start: number, end: number): number {
  let [from, to] = [start, end]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((members[middle] ?? 0) > value) to = middle
    else from = middle + 1
  }
  return from
}
