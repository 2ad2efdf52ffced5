/**
 * The in-context rule of a training set (C_psi of MIMIC-IT): which pairs of an item stand before which of its pairs in training.
 * Takes the pairs of ONE item in their order; gives, for each pair, the ids of those before it, first to last.
 */
export type Relate = (pairs: readonly RelatablePair[]) => ReadonlyMap<number, readonly number[]>

export interface RelatablePair {
  readonly id: number
  readonly itemId: number
}

/** LACONV of MIMIC-IT (arXiv 2306.05425): the earlier turns on the same image. */
export const relateEarlierOnSameItem: Relate = (pairs) =>
  new Map(pairs.map(({ id, itemId }, position) => [id, earlier(pairs, position, itemId)]))

function earlier(pairs: readonly RelatablePair[], position: number, itemId: number): readonly number[] {
  return pairs
    .slice(0, position)
    .filter((pair) => pair.itemId === itemId)
    .map((pair) => pair.id)
}
