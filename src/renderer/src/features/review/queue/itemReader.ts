import type { Candidate } from '../../../../../shared/domain'
import type { call as callMain } from '../../../api/api'

/** Items whose pairs stay in memory. */
const KEPT = 16
/** More pairs of one item than this come up one by one only. */
const MOST_PAIRS = 200

interface Options {
  readonly call: typeof callMain
  /** the pairs of an item have been read, or could not be */
  readonly onRead: (pairs: readonly Candidate[], error: unknown) => void
}

/** All pairs of the item on the screen and of the next ones, whatever the queue is narrowed to. */
export function createItemReader({ call, onRead }: Options) {
  const items = new Map<number, readonly Candidate[]>()
  const reading = new Set<number>()
  /** shown as they were until they are read again */
  const stale = new Set<number>()
  let generation = 0

  async function read(itemId: number) {
    if (reading.has(itemId) || (items.has(itemId) && !stale.has(itemId))) return
    reading.add(itemId)
    const mine = generation
    try {
      const { candidates } = await call('candidate.page', { filter: { itemId }, after: null, limit: MOST_PAIRS })
      if (mine !== generation) return
      items.delete(itemId)
      items.set(itemId, candidates)
      stale.delete(itemId)
      for (const oldest of [...items.keys()].slice(0, Math.max(0, items.size - KEPT))) items.delete(oldest)
      onRead(candidates, null)
    } catch (error) {
      if (mine === generation) onRead([], error)
    } finally {
      if (mine === generation) reading.delete(itemId)
    }
  }

  return {
    read: (itemId: number) => void read(itemId),
    get: (itemId: number): readonly Candidate[] | null => items.get(itemId) ?? null,
    /** a newer version of a candidate */
    put: (candidate: Candidate) => {
      const pairs = items.get(candidate.itemId)
      if (pairs)
        items.set(
          candidate.itemId,
          pairs.map((pair) => (pair.id === candidate.id ? candidate : pair)),
        )
    },
    /** others may have changed any of them, or added some */
    forget: () => {
      generation++
      reading.clear()
      for (const itemId of items.keys()) stale.add(itemId)
    },
  }
}
