import type { Split } from '../../../shared/domain'
import type { SnapshotCounts } from '../../../shared/snapshot'
import type { SplitInput } from './groupByMedia'

export type SplitSizes = SnapshotCounts['splits']

/**
 * Counts approved pairs, their items and media by split; each medium is in only one split. Items that have only rejected pairs are not
 * counted.
 */
export function countSplits({ sizes, shown }: Omit<SplitInput, 'alike'>, splitOf: ReadonlyMap<number, Split>): SplitSizes {
  const empty = () => ({ pairs: 0, items: 0, media: 0 })
  const splits: SplitSizes = { train: empty(), validation: empty(), test: empty() }
  for (const [itemId, pairs] of sizes) {
    if (pairs === 0) continue
    const split = splits[splitOf.get(itemId) ?? 'train']
    split.pairs += pairs
    split.items += 1
  }
  const counted = new Set<number>()
  for (const [itemId, mediaId] of shown) {
    if (counted.has(mediaId) || !sizes.get(itemId)) continue
    counted.add(mediaId)
    splits[splitOf.get(itemId) ?? 'train'].media += 1
  }
  return splits
}
