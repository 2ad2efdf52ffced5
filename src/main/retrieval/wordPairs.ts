import type { Range } from './textGroups'
import { head, type TextRecords, wordIn } from './textRecords'

/** Maximum number of words paired per text: the rarest words that other texts have too. */
const wordsPaired = 9
/** Marks an unused entry. */
const none = 0xffff_ffff

/** Records of texts by pairs of their words, in one array: the records of a pair are at `from` to `to` in `records`. */
export interface WordPairs {
  readonly records: Uint32Array
  /** Returns the range of the records with both words; it may contain other records as well. */
  find(one: number, other: number): Range
}

/** Distributes pairs evenly over the slots (Fibonacci hashing). */
function slotOf(one: number, other: number, bits: number): number {
  const [low, high] = one < other ? [one, other] : [other, one]
  return Math.imul(Math.imul(low, 0x9e3779b1) ^ high, 0x85ebca6b) >>> (32 - bits)
}

interface Counts {
  /** Number of texts that contain each word. */
  readonly having: Uint32Array
  /** Order of the texts in the list of a pair. */
  readonly order: Uint32Array
}

/** Creates an index of texts by word pairs. Pairs with the same hash share a slot, so the caller must check the results. */
export function createWordPairs(records: TextRecords, counts: Counts): WordPairs {
  const bits = Math.max(10, Math.ceil(Math.log2(counts.order.length * 10 + 1)))
  const { ends, found } = listBySlot(records, counts, bits)
  return {
    records: found,
    find(one, other) {
      const slot = slotOf(one, other, bits)
      return { from: slot === 0 ? 0 : (ends[slot - 1] ?? 0), to: ends[slot] ?? 0 }
    },
  }
}

/**
 * Returns the records by slot.
 * @returns the records, and for each slot the end of its records
 */
function listBySlot(records: TextRecords, { having, order }: Counts, bits: number) {
  const chosen = chooseWords(records, having)
  const visit = (see: (slot: number, text: number) => void) => {
    for (const text of order) {
      const end = (text + 1) * wordsPaired
      for (let one = text * wordsPaired; one < end && chosen[one] !== none; one++)
        for (let other = one + 1; other < end && chosen[other] !== none; other++)
          see(slotOf(chosen[one] ?? 0, chosen[other] ?? 0, bits), text)
    }
  }
  const ends = new Uint32Array(2 ** bits)
  visit((slot) => {
    ends[slot] = (ends[slot] ?? 0) + 1
  })
  // Counts become starts, and starts become ends as the slots are filled.
  let sum = 0
  for (let slot = 0; slot < ends.length; slot++) {
    const size = ends[slot] ?? 0
    ends[slot] = sum
    sum += size
  }
  const found = new Uint32Array(sum)
  visit((slot, text) => {
    const at = ends[slot] ?? 0
    found[at] = records.starts[text] ?? 0
    ends[slot] = at + 1
  })
  return { ends, found }
}

/** Returns `wordsPaired` entries per text: its rarest words that other texts have too, then `none`. */
function chooseWords({ numbers, starts }: TextRecords, having: Uint32Array): Uint32Array {
  const count = starts.length - 1
  const chosen = new Uint32Array(count * wordsPaired).fill(none)
  for (let text = 0; text < count; text++) {
    const words = numbers.subarray((starts[text] ?? 0) + head, starts[text + 1]).map(wordIn)
    const shared = words.filter((word) => (having[word] ?? 0) > 1).sort((a, b) => (having[a] ?? 0) - (having[b] ?? 0) || a - b)
    chosen.set(shared.subarray(0, wordsPaired), text * wordsPaired)
  }
  return chosen
}
