import type { Candidate } from '../../../../../shared/domain'
import { moveBy, moveTo, showCandidate, unskip, type QueueList } from './queueList'

/** Number of entries ahead that are searched for the next items. */
const LOOK_AHEAD = 60

const itemAt = (list: QueueList, place: number): number | null => list.loaded.get(list.ids[place] ?? 0)?.itemId ?? null

/** Returns the next pending pair of the item, searching after the given pair and then from the top. Skipped pairs are excluded. */
export function nextPending(pairs: readonly Candidate[], id: number, skipped: ReadonlySet<number>): Candidate | null {
  const place = pairs.findIndex((pair) => pair.id === id)
  const inTurn = [...pairs.slice(place + 1), ...pairs.slice(0, Math.max(0, place))]
  return inTurn.find((pair) => pair.state === 'pending' && !skipped.has(pair.id)) ?? null
}

/**
 * Shows another pair of the current item. If only pairs of the item lie between, moves to its index. Otherwise shows it as a sibling of the
 * entry at the current index, so that the position is not lost in a random order.
 */
export function showSibling(before: QueueList, pair: Candidate): QueueList {
  const list = { ...before, loaded: before.loaded.set(pair.id, pair) }
  const place = list.ids.indexOf(pair.id)
  const [from, to] = place < list.index ? [place, list.index] : [list.index, place]
  const isNear = place >= 0 && list.ids.slice(from, to + 1).every((_, offset) => itemAt(list, from + offset) === pair.itemId)
  return (isNear ? moveTo(list, pair.id) : null) ?? { ...list, siblingId: pair.id }
}

/**
 * Moves a decided sibling before the current index, so that the queue does not show it again. The pair stays on the screen.
 * @param before the pair before the decision
 */
export function placeSiblingBehind(list: QueueList, before: Candidate): QueueList {
  const { id } = before
  if (list.siblingId !== id) return list
  const { states, ...narrower } = list.filter
  const place = list.ids.indexOf(id)
  const isAhead = place > list.index
  const willCome = place < 0 && (!states?.length || states.includes(before.state)) && Object.keys(narrower).length === 0
  if (!isAhead && !willCome) return list
  const free = unskip(list, id)
  const others = isAhead ? free.ids.toSpliced(place, 1) : free.ids
  return { ...free, ids: others.toSpliced(list.index, 0, id), knownIds: free.knownIds.set(id, true), index: list.index + 1 }
}

/** Inserts the sibling into the queue before the current entry, so that the review continues pair by pair. */
export function placeSiblingHere(list: QueueList): QueueList {
  const candidate = list.siblingId === null ? undefined : list.loaded.get(list.siblingId)
  const alone = list.siblingId === null ? list : { ...list, siblingId: null }
  if (!candidate) return alone
  const place = alone.ids.indexOf(candidate.id)
  const ids = place >= 0 ? alone.ids.toSpliced(place, 1) : alone.ids
  const index = place >= 0 && place < alone.index ? alone.index - 1 : alone.index
  return showCandidate({ ...alone, ids, index }, candidate)
}

/** Goes to the first entry from the current index on that belongs to another item. */
export function passItem(list: QueueList, itemId: number): QueueList {
  let place = list.index
  while (place < list.ids.length && itemAt(list, place) === itemId) place++
  return moveBy(list, Math.max(place, list.index) - list.index)
}

/** Returns the index of the first of the consecutive pairs, up to a given index, that belong to the same item. */
function firstOfItem(list: QueueList, place: number): number {
  const itemId = itemAt(list, place)
  if (itemId === null) return place
  const before = list.ids.slice(0, place).findLastIndex((id) => list.loaded.get(id)?.itemId !== itemId)
  return before + 1
}

/** Goes to the first pair of the previous item. */
export function backToItem(list: QueueList, itemId: number | null): QueueList {
  const last = Math.min(list.index, list.ids.length) - 1
  const before = itemAt(list, last) === itemId ? firstOfItem(list, last) - 1 : last
  return moveBy(list, firstOfItem(list, Math.max(0, before)) - list.index)
}

/** Returns one pair of each of the next items. */
export function nextItems(list: QueueList, itemId: number, count: number): readonly Candidate[] {
  const found = new Map<number, Candidate>()
  for (const id of list.ids.slice(list.index + 1, list.index + LOOK_AHEAD)) {
    const candidate = list.loaded.get(id)
    if (candidate && candidate.itemId !== itemId && !found.has(candidate.itemId)) found.set(candidate.itemId, candidate)
    if (found.size === count) break
  }
  return [...found.values()]
}
