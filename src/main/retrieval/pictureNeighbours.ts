import { countBits, type Fingerprint } from '../media/fingerprint'
import { indexBy, ringsOf, wordOf, words } from '../media/fingerprintWords'

/** So many fingerprints are compared at most, unless there are few. */
const mostCompared = 3_000
const smallSet = 4_000

/** Further away it is quicker to stop: the next ring has as many words as there are fingerprints to compare. */
const widest = 4

export interface PictureNeighbours {
  /** The places of the fingerprints nearest to the one at a place, nearest first, the earlier of two that are as near; not its own. */
  nearestTo(place: number, count: number): readonly number[]
  /** how many fingerprints were compared for all answers so far */
  readonly compared: () => number
}

/** Fingerprints that differ from each other, with the places that have each of them, rising. */
function toDistinct(fingerprints: readonly Fingerprint[]) {
  const known = new Map<string, number>()
  const places: number[][] = []
  const kindOf = Uint32Array.from(fingerprints, ({ high, low }, place) => {
    const key = `${high} ${low}`
    const kind = known.get(key) ?? known.size
    known.set(key, kind)
    if (kind === places.length) places.push([])
    places[kind]?.push(place)
    return kind
  })
  return { places, kindOf, distinct: places.flatMap(([first]) => fingerprints[first ?? 0] ?? []) }
}

/**
 * Finds fingerprints by how few of their bits differ: multi-index hashing (Norouzi, Punjani and Fleet 2012). Who has not been met when all
 * words within `radius` bits were looked up differs by more than that in each of its words. A small set
 * is looked at as a whole; in a larger one a neighbour that is as far away as any other picture may be missed.
 */
export function createPictureNeighbours(fingerprints: readonly Fingerprint[]): PictureNeighbours {
  const { places, kindOf, distinct } = toDistinct(fingerprints)
  const isSmall = distinct.length <= smallSet
  const high = Uint32Array.from(distinct, (each) => each.high)
  const low = Uint32Array.from(distinct, (each) => each.low)
  const tables = isSmall ? [] : Array.from({ length: words }, (_, word) => indexBy(word, high, low))
  const seen = new Uint32Array(distinct.length)
  let search = 0
  let compared = 0

  /** Kinds by distance. */
  const findByDistance = (own: number, count: number): readonly (readonly number[] | undefined)[] => {
    const found: (number[] | undefined)[] = []
    const [ownHigh, ownLow] = [high[own] ?? 0, low[own] ?? 0]
    search += 1
    const before = compared
    const isLeft = () => compared - before < mostCompared
    const compare = (kind: number) => {
      if (seen[kind] === search) return
      seen[kind] = search
      compared += 1
      const distance = countBits(ownHigh ^ (high[kind] ?? 0)) + countBits(ownLow ^ (low[kind] ?? 0))
      ;(found[distance] ??= []).push(kind)
    }
    /** Whether there are enough within a distance: the kinds but one, since of its own kind the asker itself does not count. */
    const hasWithin = (distance: number) => found.slice(0, distance + 1).reduce((sum, kinds) => sum + (kinds?.length ?? 0), 0) > count
    if (isSmall) for (let kind = 0; kind < distinct.length; kind++) compare(kind)
    else
      for (let radius = 0; radius <= widest && isLeft() && !hasWithin(words * radius - 1); radius++)
        for (const [word, { starts, members }] of tables.entries()) {
          const value = wordOf(ownHigh, ownLow, word)
          for (const mask of ringsOf[radius] ?? []) {
            const end = starts[(value ^ mask) + 1] ?? 0
            for (let at = starts[value ^ mask] ?? 0; at < end && isLeft(); at++) compare(members[at] ?? 0)
          }
        }
    return found
  }

  return {
    compared: () => compared,
    nearestTo(place, count) {
      const nearest: number[] = []
      for (const kinds of findByDistance(kindOf[place] ?? 0, count)) {
        if (!kinds) continue
        const there = kinds.flatMap((kind) => (places[kind] ?? []).slice(0, count + 1)).filter((other) => other !== place)
        for (const other of there.toSorted((a, b) => a - b)) {
          nearest.push(other)
          if (nearest.length === count) return nearest
        }
      }
      return nearest
    },
  }
}
