import { countBits, fingerprintDistance, indexBy, ringsOf, type Table, words } from './fingerprint'
import type { ImageLook } from './imageLook'
import { orderOf } from './orderOf'

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

/** Whether two images look like the same picture. */
export const areNearIdentical = (one: ImageLook, other: ImageLook): boolean =>
  fingerprintDistance(one, other) <= maxBits && haveSimilarColors(one.colors, other.colors)

/** Whether the mean difference of two grids of colors is small enough. */
function haveSimilarColors(one: Uint8Array, other: Uint8Array): boolean {
  const most = maxColorDifference * one.length
  let sum = 0
  for (let at = 0; at < one.length && sum <= most; at++) sum += Math.abs((one[at] ?? 0) - (other[at] ?? 0))
  return sum <= most
}

const compareLooks = (one: ImageLook, other: ImageLook): number =>
  one.high - other.high || one.low - other.low || Buffer.compare(one.colors, other.colors)

/** The places of looks in their order. Few have the same first half. */
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
 * Finds pairs of nearly identical images, by multi-index hashing (Norouzi, Punjani and Fleet 2012). Of the images that share
 * a word, each is compared with the 64 that follow it in the order of fingerprints and colors: a million photographs have 15 to a word.
 * @param join is called with the places of two such images; not with all pairs, but with enough to connect each group
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
const masks = Uint16Array.from([...(ringsOf[0] ?? []), ...(ringsOf[1] ?? [])])

/** Joins what differs in one bit of a word at most, and in few of the rest. Goes through the table in its order, which keeps it in the processor's cache. */
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
          const bits = countBits((highs[place] ?? 0) ^ (highs[at] ?? 0)) // most differ enough in these
          if (bits <= maxBits && bits + countBits((lows[place] ?? 0) ^ (lows[at] ?? 0)) <= maxBits) join(own, other)
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
