import type { Candidate } from '../../../../../shared/domain'
import { moveBy, moveTo, showCandidate, unskip, type QueueList } from './queueList'

/** How far ahead the next items are looked for. */
const LOOK_AHEAD = 60

const itemAt = (list: QueueList, place: number): number | null => list.loaded.get(list.ids[place] ?? 0)?.itemId ?? null

/** The next pair of the item that waits for a decision, after this one and then from the top; skipped ones wait for the end. */
export function nextPending(pairs: readonly Candidate[], id: number, skipped: ReadonlySet<number>): Candidate | null {
  const place = pairs.findIndex((pair) => pair.id === id)
  const inTurn = [...pairs.slice(place + 1), ...pairs.slice(0, Math.max(0, place))]
  return inTurn.find((pair) => pair.state === 'pending' && !skipped.has(pair.id)) ?? null
}

/**
 * Shows a pair of the item on the screen: at its own place where nothing but pairs of the item lies between, else in front of the entry at
 * the reviewer's place, so that in a random order the place is not lost.
 */
export function showSibling(before: QueueList, pair: Candidate): QueueList {
  const list = { ...before, loaded: before.loaded.set(pair.id, pair) }
  const place = list.ids.indexOf(pair.id)
  const [from, to] = place < list.index ? [place, list.index] : [list.index, place]
  const isNear = place >= 0 && list.ids.slice(from, to + 1).every((_, offset) => itemAt(list, from + offset) === pair.itemId)
  return (isNear ? moveTo(list, pair.id) : null) ?? { ...list, siblingId: pair.id }
}

/**
 * A sibling was decided on: the queue need not bring it any more, so it lies behind from now on. The pair stays on the screen.
 * @param before the pair as it was
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

/** Gives a sibling a place in the queue, before the entry that kept it: the queue goes on pair by pair. */
export function placeSiblingHere(list: QueueList): QueueList {
  const candidate = list.siblingId === null ? undefined : list.loaded.get(list.siblingId)
  const alone = list.siblingId === null ? list : { ...list, siblingId: null }
  if (!candidate) return alone
  const place = alone.ids.indexOf(candidate.id)
  const ids = place >= 0 ? alone.ids.toSpliced(place, 1) : alone.ids
  const index = place >= 0 && place < alone.index ? alone.index - 1 : alone.index
  return showCandidate({ ...alone, ids, index }, candidate)
}

/** Goes to the first entry behind this place that belongs to another item. */
export function passItem(list: QueueList, itemId: number): QueueList {
  let place = list.index
  while (place < list.ids.length && itemAt(list, place) === itemId) place++
  return moveBy(list, Math.max(place, list.index) - list.index)
}

/** The first place from which on, up to this one, all pairs belong to the same item. */
function firstOfItem(list: QueueList, place: number): number {
  const itemId = itemAt(list, place)
  if (itemId === null) return place
  const before = list.ids.slice(0, place).findLastIndex((id) => list.loaded.get(id)?.itemId !== itemId)
  return before + 1
}

/** Goes to the first pair of the item before this one. */
export function backToItem(list: QueueList, itemId: number | null): QueueList {
  const last = Math.min(list.index, list.ids.length) - 1
  const before = itemAt(list, last) === itemId ? firstOfItem(list, last) - 1 : last
  return moveBy(list, firstOfItem(list, Math.max(0, before)) - list.index)
}

/** One pair each of the next items. */
export function nextItems(list: QueueList, itemId: number, count: number): readonly Candidate[] {
  const found = new Map<number, Candidate>()
  for (const id of list.ids.slice(list.index + 1, list.index + LOOK_AHEAD)) {
    const candidate = list.loaded.get(id)
    if (candidate && candidate.itemId !== itemId && !found.has(candidate.itemId)) found.set(candidate.itemId, candidate)
    if (found.size === count) break
  }
  return [...found.values()]
}
