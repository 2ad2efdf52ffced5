import { grow } from './numberLists'

/** Stores texts as the numbers of their words, each distinct text once. */
export interface DistinctTexts {
  /**
   * Adds a text.
   * @returns the number of the text; texts with the same words in the same order share one number
   */
  add(words: Uint32Array): number
  readonly count: () => number
  wordsOf(text: number): Uint32Array
}

const empty = 0xffff_ffff

/** Computes an FNV-1a hash over whole numbers. */
function hashOf(words: Uint32Array): number {
  let hash = 0x811c9dc5
  for (const word of words) hash = Math.imul(hash ^ word, 0x01000193) ^ (hash >>> 15)
  return hash >>> 0
}

function isSame(one: Uint32Array, other: Uint32Array): boolean {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false
  return true
}

/**
 * Creates a hash table with linear probing over words in one contiguous array: a `Map` with text keys would take hundreds of MB for a
 * million texts.
 */
export function createDistinctTexts(): DistinctTexts {
  let slots = new Uint32Array(1024).fill(empty)
  let starts = new Uint32Array(512)
  let words = new Uint32Array(4096)
  let count = 0

  const wordsOf = (text: number) => words.subarray(starts[text], starts[text + 1])
  const append = (added: Uint32Array) => {
    const start = starts[count] ?? 0
    const end = start + added.length
    words = grow(words, end)
    starts = grow(starts, count + 2)
    words.set(added, start)
    starts[count + 1] = end
    return count++
  }
  /** Returns the slot of a text, or the empty slot where it must be inserted. */
  const findSlot = (added: Uint32Array) => {
    const last = slots.length - 1
    for (let slot = hashOf(added) & last; ; slot = (slot + 1) & last) {
      const text = slots[slot] ?? empty
      if (text === empty || isSame(wordsOf(text), added)) return slot
    }
  }
  const makeRoom = () => {
    slots = new Uint32Array(slots.length * 2).fill(empty)
    for (let text = 0; text < count; text++) slots[findSlot(wordsOf(text))] = text
  }

  return {
    count: () => count,
    wordsOf,
    add(added) {
      if (count * 2 >= slots.length) makeRoom()
      const slot = findSlot(added)
      const text = slots[slot] ?? empty
      return text === empty ? (slots[slot] = append(added)) : text
    },
  }
}
