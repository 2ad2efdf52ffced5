/** Items that share media or have nearly identical images; they must be in the same split. */
export interface MediaGroup {
  /** Id of its oldest item, which identifies the group even after later additions. */
  readonly key: number
  /** Number of pairs of its items. */
  readonly size: number
  readonly items: readonly number[]
}

export interface SplitInput {
  /** Maps an item id to its number of pairs. */
  readonly sizes: ReadonlyMap<number, number>
  /** Pairs of an item and one of its media; an item without media is a group of its own. */
  readonly shown: Iterable<readonly [itemId: number, mediaId: number]>
  /** Pairs of nearly identical media. */
  readonly alike: Iterable<readonly [mediaId: number, otherId: number]>
}

/** Groups items so that no two groups have media in common: union-find over items and media, in nearly linear time. */
export function groupByMedia({ sizes, shown, alike }: SplitInput): MediaGroup[] {
  const items = [...sizes.keys()].toSorted((a, b) => a - b)
  const places = new Map(items.map((id, place) => [id, place]))
  const parents = Uint32Array.from(items.keys())
  const find = (place: number): number => {
    let root = place
    while ((parents[root] ?? root) !== root) root = parents[root] ?? root
    for (let at = place; at !== root;) {
      const next = parents[at] ?? root
      parents[at] = root
      at = next
    }
    return root
  }
  const join = (one: number, other: number): void => {
    const [a, b] = [find(one), find(other)]
    parents[Math.max(a, b)] = Math.min(a, b)
  }
  const showing = new Map<number, number>()
  for (const [itemId, mediaId] of shown) {
    const place = places.get(itemId)
    if (place === undefined) continue
    const first = showing.get(mediaId)
    if (first === undefined) showing.set(mediaId, place)
    else join(first, place)
  }
  for (const [one, other] of alike) {
    const [a, b] = [showing.get(one), showing.get(other)]
    if (a !== undefined && b !== undefined) join(a, b)
  }
  const groups = new Map<number, { key: number; size: number; items: number[] }>()
  for (const [place, id] of items.entries()) {
    const root = find(place)
    const group = groups.get(root)
    const size = sizes.get(id) ?? 0
    if (group) {
      group.size += size
      group.items.push(id)
    } else groups.set(root, { key: id, size, items: [id] })
  }
  return [...groups.values()]
}
