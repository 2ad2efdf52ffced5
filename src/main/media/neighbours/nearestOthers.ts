import { setImmediate } from 'node:timers/promises'
import { countBits, type Fingerprint, indexBy, listRings, type Table, wordOf, words } from './fingerprint'

const shortestPause = 20

/** Distinct fingerprints, each with the first and the second index at which it occurs. */
interface Distinct {
  readonly high: Uint32Array
  readonly low: Uint32Array
  readonly first: readonly number[]
  readonly second: readonly (number | null)[]
  /** For every index, the number of its distinct fingerprint. */
  readonly kindOf: readonly number[]
}

function toDistinct(fingerprints: readonly Fingerprint[]): Distinct {
  const known = new Map<string, number>()
  const first: number[] = []
  const second: (number | null)[] = []
  const kindOf = fingerprints.map(({ high, low }, place) => {
    const key = `${high} ${low}`
    const kind = known.get(key)
    if (kind === undefined) {
      known.set(key, first.length)
      second.push(null)
      return first.push(place) - 1
    }
    second[kind] ??= place
    return kind
  })
  const at = (half: keyof Fingerprint) => Uint32Array.from(first, (place) => fingerprints[place]?.[half] ?? 0)
  return { high: at('high'), low: at('low'), first, second, kindOf }
}

/**
 * Returns the nearest other distinct fingerprint, the earliest of several; -1 if there is none. Uses multi-index hashing (Norouzi, Punjani
 * and Fleet 2012): a fingerprint that was not found after looking up all words within `radius` bits differs by more than that in each of
 * its words.
 */
function findNearest(kind: number, { high, low }: Distinct, tables: readonly Table[]): number {
  const [ownHigh, ownLow] = [high[kind] ?? 0, low[kind] ?? 0]
  let nearest = -1
  let least = 65
  for (const [radius, ring] of listRings().entries()) {
    // If no other is near, comparing all of them is faster.
    if (ring.length * words > high.length) break
    for (const [word, { starts, members }] of tables.entries()) {
      if (least < radius * words + word) return nearest
      const own = wordOf(ownHigh, ownLow, word)
      for (const mask of ring) {
        const end = starts[(own ^ mask) + 1] ?? 0
        for (let at = starts[own ^ mask] ?? 0; at < end; at++) {
          const other = members[at] ?? 0
          const distance = countBits(ownHigh ^ (high[other] ?? 0)) + countBits(ownLow ^ (low[other] ?? 0))
          if (distance > least || other === kind || (distance === least && other > nearest)) continue
          nearest = other
          least = distance
        }
      }
    }
  }
  for (let other = 0; other < high.length; other++) {
    const distance = countBits(ownHigh ^ (high[other] ?? 0)) + countBits(ownLow ^ (low[other] ?? 0))
    if (distance > least || other === kind || (distance === least && other > nearest)) continue
    nearest = other
    least = distance
  }
  return nearest
}

/**
 * Returns the index of the nearest other fingerprint for each fingerprint, the earlier of two at the same distance; null if there is no
 * other. Among 100,000 it compares some thousands for each. Yields to the event loop in between.
 * @throws the reason of `signal` if it is aborted
 */
export async function nearestOthers(fingerprints: readonly Fingerprint[], signal?: AbortSignal): Promise<(number | null)[]> {
  const distinct = toDistinct(fingerprints)
  const { first, second, kindOf } = distinct
  const tables = Array.from({ length: words }, (_, word) => indexBy(word, distinct.high, distinct.low))
  const nearestKind: (number | null)[] = []
  let since = performance.now()
  for (const [kind, twin] of second.entries()) {
    // An identical fingerprint is the nearest one, so no search is necessary.
    nearestKind.push(twin === null ? findNearest(kind, distinct, tables) : null)
    if (performance.now() - since < shortestPause) continue
    await setImmediate()
    signal?.throwIfAborted()
    since = performance.now()
  }
  return kindOf.map((kind, place) => {
    const twin = second[kind] ?? null
    if (twin !== null) return first[kind] === place ? twin : (first[kind] ?? null)
    return first[nearestKind[kind] ?? -1] ?? null
  })
}
