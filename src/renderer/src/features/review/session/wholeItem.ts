import type { Candidate } from '../../../../../shared/domain'
import { moveBy, moveTo, showCandidate, takeFromAside, type QueueList } from '../queue/queueList'

/** How far ahead the next items are looked for. */
const LOOK_AHEAD = 60

const itemAt = (list: QueueList, place: number): number | null => list.loaded.get(list.ids[place] ?? 0)?.itemId ?? null

/** The next pair of the item that waits for a decision, after this one and then from the top; skipped ones wait for the end. */
export function nextUndecided(pairs: readonly Candidate[], id: number, skipped: ReadonlySet<number>): Candidate | null {
  const place = pairs.findIndex((pair) => pair.id === id)
  const inTurn = [...pairs.slice(place + 1), ...pairs.slice(0, Math.max(0, place))]
  return inTurn.find((pair) => pair.state === 'pending' && !skipped.has(pair.id)) ?? null
}

/**
 * Shows a pair of the item on the screen: at its own place where nothing but pairs of the item lies between, else as a guest, so that
 * in an order by chance the reviewer's place is not lost.
 */
export function showSibling(list: QueueList, pair: Candidate) {
  list.loaded.set(pair.id, pair)
  const place = list.ids.indexOf(pair.id)
  const [from, to] = place < list.index ? [place, list.index] : [list.index, place]
  const near = place >= 0 && list.ids.slice(from, to + 1).every((_, offset) => itemAt(list, from + offset) === pair.itemId)
  if (near) moveTo(list, pair.id)
  else list.guest = pair.id
}

/** A guest was decided on: the queue need not bring it any more, so it lies behind from now on. @param before as it was */
export function passGuest(list: QueueList, before: Candidate) {
  if (list.guest !== before.id) return
  const { states, ...narrower } = list.filter
  const place = list.ids.indexOf(before.id)
  const ahead = place > list.index
  const coming = place < 0 && (!states?.length || states.includes(before.state)) && Object.keys(narrower).length === 0
  if (!ahead && !coming) return
  if (ahead) list.ids.splice(place, 1)
  takeFromAside(list, before.id)
  list.ids.splice(list.index, 0, before.id)
  list.known.add(before.id)
  list.index++
}

/** Gives a guest a place in the queue, before the entry that kept it: the queue goes on pair by pair. */
export function keepGuest(list: QueueList) {
  const candidate = list.guest === null ? undefined : list.loaded.get(list.guest)
  list.guest = null
  if (!candidate) return
  const place = list.ids.indexOf(candidate.id)
  if (place >= 0) list.ids.splice(place, 1)
  if (place >= 0 && place < list.index) list.index--
  showCandidate(list, candidate)
}

/** Goes to the first entry behind this place that belongs to another item. */
export function passItem(list: QueueList, itemId: number) {
  let place = list.index
  while (place < list.ids.length && itemAt(list, place) === itemId) place++
  moveBy(list, Math.max(place, list.index) - list.index)
}

/** The first place from which on, up to this one, all pairs belong to the same item. */
function firstOfItem(list: QueueList, place: number): number {
  const itemId = itemAt(list, place)
  if (itemId === null) return place
  const before = list.ids.slice(0, place).findLastIndex((id) => list.loaded.get(id)?.itemId !== itemId)
  return before + 1
}

/** Goes to the first pair of the item before this one. */
export function backToItem(list: QueueList, itemId: number | null) {
  const last = Math.min(list.index, list.ids.length) - 1
  const before = itemAt(list, last) === itemId ? firstOfItem(list, last) - 1 : last
  moveBy(list, firstOfItem(list, Math.max(0, before)) - list.index)
}

/** One pair each of the next items. */
export function nextItems(list: QueueList, itemId: number, count: number): Candidate[] {
  const found = new Map<number, Candidate>()
  for (const id of list.ids.slice(list.index + 1, list.index + LOOK_AHEAD)) {
    const candidate = list.loaded.get(id)
    if (candidate && candidate.itemId !== itemId && !found.has(candidate.itemId)) found.set(candidate.itemId, candidate)
    if (found.size === count) break
  }
  return [...found.values()]
}
