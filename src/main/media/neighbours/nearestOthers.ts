import { setImmediate } from 'node:timers/promises'
import { countBits, type Fingerprint, indexBy, ringsOf, type Table, wordOf, words } from './fingerprint'

const shortestPause = 20

/** Fingerprints that differ from each other, each with the first and the second place that has it. */
interface Distinct {
  readonly high: Uint32Array
  readonly low: Uint32Array
  readonly first: readonly number[]
  readonly second: readonly (number | null)[]
  /** of every place, which of the distinct ones it has */
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
 * The nearest of the other distinct ones, the earliest of several; -1 where there is none. Multi-index hashing (Norouzi, Punjani and
 * Fleet 2012): who has not been met when all words within `radius` bits were looked up differs by more than that in each of its words.
 */
function findNearest(kind: number, { high, low }: Distinct, tables: readonly Table[]): number {
  const [ownHigh, ownLow] = [high[kind] ?? 0, low[kind] ?? 0]
  let nearest = -1
  let least = 65
  for (const [radius, ring] of ringsOf.entries()) {
    // Far from everyone it is quicker to look at all.
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
 * For each fingerprint the position of the nearest other one, the earlier of two that are as near; null where it is alone. Among
 * 100,000 it looks at some thousands for each. Others get their turn in between.
 * @throws the reason of `signal` when that is aborted
 */
export async function nearestOthers(fingerprints: readonly Fingerprint[], signal?: AbortSignal): Promise<(number | null)[]> {
  const distinct = toDistinct(fingerprints)
  const { first, second, kindOf } = distinct
  const tables = Array.from({ length: words }, (_, word) => indexBy(word, distinct.high, distinct.low))
  const nearestKind: (number | null)[] = []
  let since = performance.now()
  for (const [kind, twin] of second.entries()) {
    // Who has a twin needs no search.
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
