import { fingerprintDistance, indexBy, ringsOf, wordOf, words } from './fingerprint'
import type { ImageLook } from './imageLook'

/**
 * Bits of 64 in which the fingerprints of nearly identical images may differ. Written anew with another quality, format or size, a quarter
 * of the width included, the sample images differ from themselves in up to 6 bits, and cut by 1 % at each edge in up to 7; different
 * photographs differ in 14 or more. With 7 bits over 4 words one of the words differs in 1 bit at most, so looking up words finds all.
 */
export const maxBits = 7

/** Mean difference of their colors, of 255: the same changes come to 5, and plain areas of different colors have the same fingerprint. */
export const maxColorDifference = 10

/** Images with the same word that one is compared with at most: a set of plain areas, all with the same words, would take the square of its size. */
const maxOfWord = 64

/** Whether two images show the same thing, as far as their looks tell. */
export const areNearIdentical = (one: ImageLook, other: ImageLook): boolean =>
  fingerprintDistance(one, other) <= maxBits && colorDifference(one.colors, other.colors) <= maxColorDifference

function colorDifference(one: Uint8Array, other: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < one.length; at++) sum += Math.abs((one[at] ?? 0) - (other[at] ?? 0))
  return sum / one.length
}

const compareLooks = (one: ImageLook, other: ImageLook): number =>
  one.high - other.high || one.low - other.low || Buffer.compare(one.colors, other.colors)

/**
 * Finds pairs of nearly identical images, by multi-index hashing (Norouzi, Punjani and Fleet 2012). Of the images that share
 * a word, each is compared with the 64 that follow it in the order of fingerprints and colors: a million photographs have 15 to a word.
 * @param join is called with the places of two such images; not with all pairs, but with enough to connect each group
 */
export function joinNearIdentical(looks: readonly ImageLook[], join: (one: number, other: number) => void): void {
  const order = Uint32Array.from(looks.keys()).sort((a, b) => {
    const [one, other] = [looks[a], looks[b]]
    return (one && other ? compareLooks(one, other) : 0) || a - b
  })
  const distinct: ImageLook[] = []
  const places: number[] = []
  for (const place of order) {
    const look = looks[place]
    const last = distinct.at(-1)
    if (!look) continue
    if (last && compareLooks(last, look) === 0) join(places.at(-1) ?? place, place)
    else {
      distinct.push(look)
      places.push(place)
    }
  }
  const high = Uint32Array.from(distinct, (look) => look.high)
  const low = Uint32Array.from(distinct, (look) => look.low)
  const tables = Array.from({ length: words }, (_, word) => indexBy(word, high, low))
  const masks = [...(ringsOf[0] ?? []), ...(ringsOf[1] ?? [])]
  for (const [own, look] of distinct.entries()) {
    for (const [word, { starts, members }] of tables.entries()) {
      const value = wordOf(look.high, look.low, word)
      for (const mask of masks) {
        const end = starts[(value ^ mask) + 1] ?? 0
        const from = firstAbove(members, own, starts[value ^ mask] ?? 0, end)
        for (let at = from; at < Math.min(end, from + maxOfWord); at++) {
          const other = members[at] ?? 0
          const found = distinct[other]
          if (found && areNearIdentical(look, found)) join(places[own] ?? 0, places[other] ?? 0)
        }
      }
    }
  }
}

/** The first place from `start` on whose member is above a value; members rise. */
function firstAbove(members: Uint32Array, value: number, start: number, end: number): number {
  let [from, to] = [start, end]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((members[middle] ?? 0) > value) to = middle
    else from = middle + 1
  }
  return from
}
