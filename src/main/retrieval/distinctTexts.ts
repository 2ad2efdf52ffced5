import { grow } from './numberLists'

/** Texts as the numbers of their words, each kept once. */
interface DistinctTexts {
  /** @returns the number of the text, which those before it with the same words in the same order have too */
  add(words: Uint32Array): number
  readonly count: () => number
  wordsOf(text: number): Uint32Array
}

const empty = 0xffff_ffff

/** FNV-1a over whole numbers. */
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
 * A hash table with linear probing over words that lie side by side: as a `Map` with text keys, a million texts would take hundreds of MB.
 * @param most texts that are added
 */
export function createDistinctTexts(most: number): DistinctTexts {
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(most * 2 + 2))).fill(empty)
  const starts = new Uint32Array(most + 1)
  let words = new Uint32Array(1024)
  let count = 0

  const wordsOf = (text: number) => words.subarray(starts[text], starts[text + 1])
  const append = (added: Uint32Array) => {
    const start = starts[count] ?? 0
    const end = start + added.length
    words = grow(words, end)
    words.set(added, start)
    starts[count + 1] = end
    return count++
  }

  return {
    count: () => count,
    wordsOf,
    add(added) {
      for (let slot = hashOf(added) & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
        const text = slots[slot] ?? empty
        if (text === empty) return (slots[slot] = append(added))
        if (isSame(wordsOf(text), added)) return text
      }
    },
  }
}
