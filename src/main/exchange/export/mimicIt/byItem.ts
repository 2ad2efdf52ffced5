import type { ApprovedPair } from '../../../store/candidates/approved'

/** Approved pairs of one item, by age; the turns of a conversation in its order, in the places that they hold together. */
export type ItemPairs = readonly [ApprovedPair, ...ApprovedPair[]]

/** Gathers pairs that come ordered by item. */
export function* groupByItem(pairs: Iterable<ApprovedPair>): Generator<ItemPairs> {
  let group: [ApprovedPair, ...ApprovedPair[]] | undefined
  for (const pair of pairs) {
    if (group && group[0].itemId === pair.itemId) {
      group.push(pair)
    } else {
      if (group) yield inTurn(group)
      group = [pair]
    }
  }
  if (group) yield inTurn(group)
}

type Group = [ApprovedPair, ...ApprovedPair[]]

const conversationOf = ({ candidate: { conversation, conversationCallId } }: ApprovedPair) =>
  conversation === null ? null : `${conversationCallId}:${conversation}`

/** A turn that was moved, or put in later, stands where it belongs. */
function inTurn(group: Group): Group {
  const conversations = Map.groupBy(group, conversationOf)
  const next = new Map([...conversations].map(([key, pairs]) => [key, pairs.toSorted(byTurn)[Symbol.iterator]()]))
  return group.map((pair) => (conversationOf(pair) === null ? pair : (next.get(conversationOf(pair))?.next().value ?? pair))) as Group
}

const byTurn = ({ candidate: a }: ApprovedPair, { candidate: b }: ApprovedPair) => (a.turn ?? 0) - (b.turn ?? 0) || a.id - b.id

/** Does `work` for up to `ahead` values at once and gives the results in the order of the values. */
export async function* mapAhead<T, R>(values: Iterable<T>, ahead: number, work: (value: T) => Promise<R>): AsyncGenerator<R> {
  const iterator = values[Symbol.iterator]()
  const started: Promise<R>[] = []
  try {
    for (;;) {
      while (started.length < ahead) {
        const next = iterator.next()
        if (next.done) break
        const result = work(next.value)
        result.catch(() => undefined) // reported when its turn comes
        started.push(result)
      }
      const first = started[0]
      if (!first) return
      const result = await first
      started.shift()
      yield result
    }
  } finally {
    iterator.return?.()
    await Promise.allSettled(started)
  }
}
