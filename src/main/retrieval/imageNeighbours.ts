import { countBits, type Fingerprint, indexBy, ringsOf, wordOf, words } from '../media/neighbours/fingerprint'

/** So many fingerprints are compared at most, unless there are few. */
const maxCompared = 2_000
const smallSet = 4_000

/** Further away it is quicker to stop: the next ring has as many words as there are fingerprints to compare. */
const widest = 4

interface ImageNeighbours {
  /** The places of the fingerprints nearest to the one at a place, nearest first, the earlier of two that are as near; not its own. */
  nearestTo(place: number, count: number): readonly number[]
  /** how many fingerprints were compared for all answers so far */
  readonly compared: () => number
}

interface Near {
  readonly kind: number
  readonly distance: number
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
 * is looked at as a whole; in a larger one a neighbour that is as far away as any other image may be missed.
 */
export function createImageNeighbours(fingerprints: readonly Fingerprint[]): ImageNeighbours {
  const { places, kindOf, distinct } = toDistinct(fingerprints)
  const isSmall = distinct.length <= smallSet
  const high = Uint32Array.from(distinct, (each) => each.high)
  const low = Uint32Array.from(distinct, (each) => each.low)
  const tables = isSmall ? [] : Array.from({ length: words }, (_, word) => indexBy(word, high, low))
  /** Both halves of each kind, and the last search that met it, side by side: a search comes to a thousand all over the memory. */
  const records = new Uint32Array(distinct.length * 4)
  for (const [kind, each] of distinct.entries()) records.set([each.high, each.low], kind * 4)
  let search = 0
  let compared = 0

  /** The nearest kinds with their distance, one more than are asked for: of its own kind there may be none but the asker. */
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
          for (const mask of ringsOf[radius] ?? []) {
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
