import { splitSchema, type Split } from '../../../shared/domain'
import type { SplitShares } from '../../../shared/snapshot'
import { orderOf } from '../../media/neighbours/orderOf'
import type { MediaGroup } from './groupByMedia'

const splits = splitSchema.options

/** Returns whether pairs go into more than one split. */
export const isSplit = (shares: SplitShares): boolean => splits.filter((split) => shares[split] > 0).length > 1

/** Hashes an id with a seed to a 32-bit position (the finalizer of MurmurHash3). */
function placeOf(id: number, seed: number): number {
  let hash = Math.imul(id ^ Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b), 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/**
 * Returns the split of each item. Groups are ordered by a position derived from the seed and their key, and this order is cut into ranges
 * with the requested shares of pairs; later additions move only groups next to a cut. Groups too large for the smallest split are assigned
 * first, the largest one first, each to the split that lacks the most pairs. A split misses its share by less than the largest group.
 */
export function assignSplits(groups: readonly MediaGroup[], shares: SplitShares, seed: number): Map<number, Split> {
  const total = groups.reduce((sum, { size }) => sum + size, 0)
  const wanted = splits.filter((split) => shares[split] > 0)
  const lacking = new Map(wanted.map((split) => [split, (total * shares[split]) / 100]))
  const smallest = Math.min(...lacking.values())
  const byKey = groups.toSorted((a, b) => a.key - b.key)
  const placed = Array.from(orderOf(Uint32Array.from(byKey, ({ key }) => placeOf(key, seed))), (at) => byKey[at]).filter(
    (group) => group !== undefined,
  )
  const splitOf = new Map<number, Split>()
  const put = ({ items }: MediaGroup, split: Split) => items.forEach((id) => splitOf.set(id, split))

  const isLarge = ({ size }: MediaGroup) => size * 2 > smallest
  for (const group of placed.filter(isLarge).toSorted((a, b) => b.size - a.size)) {
    const split = wanted.reduce((most, each) => ((lacking.get(each) ?? 0) > (lacking.get(most) ?? 0) ? each : most))
    put(group, split)
    lacking.set(split, (lacking.get(split) ?? 0) - group.size)
  }

  const small = placed.filter((group) => !isLarge(group))
  const left = small.reduce((sum, { size }) => sum + size, 0)
  const lack = wanted.map((split) => Math.max(0, lacking.get(split) ?? 0))
  const lackOfAll = lack.reduce((sum, each) => sum + each, 0)
  const cuts = lack.map((_, at) => (left * lack.slice(0, at + 1).reduce((sum, each) => sum + each, 0)) / lackOfAll)
  let before = 0
  for (const group of small) {
    const middle = before + group.size / 2
    const at = cuts.findIndex((cut) => middle < cut)
    put(group, wanted[at] ?? wanted.find((_, each) => (lack[each] ?? 0) > 0) ?? 'train')
    before += group.size
  }
  return splitOf
}
