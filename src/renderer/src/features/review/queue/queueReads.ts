import type { Candidate } from '../../../../../shared/domain'
import { countUnmatched, isSameCandidate, matches, requeueSkipped, without, withoutId, type QueueList } from './queueList'

/** Marks all loaded candidates as outdated, because another reviewer may have decided on any of them. */
export const markAllOutdated = (list: QueueList): QueueList => ({
  ...list,
  outdated: new Set([...list.loaded.entries()].map(([id]) => id)),
})

export const markOutdated = (list: QueueList, ids: readonly number[]): QueueList =>
  ids.length === 0 ? list : { ...list, outdated: new Set([...list.outdated, ...ids]) }

/**
 * Merges a candidate that was just read. A candidate ahead that was decided elsewhere leaves the queue. The current candidate and those
 * before it keep their positions.
 */
export function mergeRead(before: QueueList, candidate: Candidate): QueueList {
  const { id } = candidate
  const list = before.outdated.has(id) ? { ...before, outdated: withoutId(before.outdated, id) } : before
  const place = list.ids.indexOf(id)
  if (place < 0) return list
  if (place > list.index && !matches(list, candidate) && !list.unmatched.has(id))
    return requeueSkipped({
      ...list,
      ids: without(list.ids, place),
      knownIds: list.knownIds.delete(id),
      loaded: list.loaded.delete(id),
    })
  const loaded = isSameCandidate(list.loaded.get(id), candidate) ? list.loaded : list.loaded.set(id, candidate)
  return countUnmatched(loaded === list.loaded ? list : { ...list, loaded }, candidate)
}

/** Returns the IDs of entries around the current one that are not loaded or are outdated. */
export function missingAround(list: QueueList, before: number, after: number): readonly number[] {
  return list.ids
    .slice(Math.max(0, list.index - before), list.index + after + 1)
    .filter((id) => !list.loaded.has(id) || list.outdated.has(id))
}
