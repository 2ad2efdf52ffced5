import { countBits, type Fingerprint, indexBy, listRings, wordOf, words } from '../media/neighbours/fingerprint'

/** Maximum number of fingerprints compared per query, except in small sets. */
const maxCompared = 2_000
const smallSet = 4_000

/** Maximum search radius in bits: at a larger one, the next ring has as many words as there are fingerprints to compare. */
const widest = 4

interface ImageNeighbours {
  /** Returns the indexes of the fingerprints nearest to the one at an index, without its own, nearest first; ties go to the lower index. */
  nearestTo(place: number, count: number): readonly number[]
  /** Returns the number of fingerprints compared for all queries so far. */
  readonly compared: () => number
}

interface Near {
  readonly kind: number
  readonly distance: number
}

/** Returns the distinct fingerprints, with the ascending indexes at which each occurs. */
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
 * Finds fingerprints with the fewest differing bits: multi-index hashing (Norouzi, Punjani and Fleet 2012). If a fingerprint was not found
 * after all words within `radius` bits were looked up, it differs by more than that in each of its words. Small sets are searched
 * completely; in a larger set, a neighbour as far away as any other image may be missed.
 */
export function createImageNeighbours(fingerprints: readonly Fingerprint[]): ImageNeighbours {
  const { places, kindOf, distinct } = toDistinct(fingerprints)
  const isSmall = distinct.length <= smallSet
  const high = Uint32Array.from(distinct, (each) => each.high)
  const low = Uint32Array.from(distinct, (each) => each.low)
  const tables = isSmall ? [] : Array.from({ length: words }, (_, word) => indexBy(word, high, low))
  const rings = isSmall ? [] : listRings()
  /**
   * Both halves of each kind and the last search that visited it, adjacent in memory: a search visits about a thousand kinds in random
   * order.
   */
  const records = new Uint32Array(distinct.length * 4)
  for (const [kind, each] of distinct.entries()) records.set([each.high, each.low], kind * 4)
  let search = 0
  let compared = 0

  /**
   * Returns the nearest kinds with their distance, one more than requested, since the query itself may be the only member of its own kind.
   */
  const findKinds = (own: number, count: number): readonly Near[] => {
    const [ownHigh, ownLow] = [high[own] ?? 0, low[own] ?? 0]
    const nearest: Near[] = []
    const before = compared
    const isLeft = () => compared - before < maxCompared
    search += 1
    const compare = (kind: number): void => {
      const record = kind * 4
      if (records[record + 2] === search) return
      records[record + 2] = search
      compared += 1
      const distance = countBits(ownHigh ^ (records[record] ?? 0)) + countBits(ownLow ^ (records[record + 1] ?? 0))
      const last = nearest.length > count ? nearest.at(-1) : undefined
      if (last && (distance > last.distance || (distance === last.distance && kind > last.kind))) return
      let at = nearest.length
      for (let next = nearest[at - 1]; next && (next.distance > distance || (next.distance === distance && next.kind > kind));)
        next = nearest[--at - 1]
      nearest.splice(at, 0, { kind, distance })
      if (nearest.length > count + 1) nearest.pop()
    }
    const hasWithin = (distance: number) => nearest.length > count && (nearest.at(-1)?.distance ?? 0) <= distance
    if (isSmall) for (let kind = 0; kind < distinct.length; kind++) compare(kind)
    else
      for (let radius = 0; radius <= widest && isLeft() && !hasWithin(words * radius - 1); radius++)
        for (const [word, { starts, members }] of tables.entries()) {
          const value = wordOf(ownHigh, ownLow, word)
          for (const mask of rings[radius] ?? []) {
            const end = starts[(value ^ mask) + 1] ?? 0
            for (let at = starts[value ^ mask] ?? 0; at < end && isLeft(); at++) compare(members[at] ?? 0)
          }
        }
    return nearest
  }

  return {
    compared: () => compared,
    nearestTo(place, count) {
      return findKinds(kindOf[place] ?? 0, count)
        .flatMap(({ kind, distance }) => (places[kind] ?? []).slice(0, count + 1).map((other) => ({ other, distance })))
        .filter(({ other }) => other !== place)
        .toSorted((a, b) => a.distance - b.distance || a.other - b.other)
        .slice(0, count)
        .map(({ other }) => other)
    },
  }
}
