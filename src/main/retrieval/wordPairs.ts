import type { Range } from './textGroups'

/** So many words of a text, the rarest that others have too, are paired. */
const wordsPaired = 9

/** Records of texts by pairs of their words, side by side: those of a pair lie from `from` to `to` of `records`. */
export interface WordPairs {
  readonly records: Uint32Array
  /** Where those lie that have both words; some others may lie there too. */
  find(one: number, other: number): Range
}

/** Spreads pairs evenly (Fibonacci hashing). */
function slotOf(one: number, other: number, bits: number): number {
  const [low, high] = one < other ? [one, other] : [other, one]
  return Math.imul(Math.imul(low, 0x9e3779b1) ^ high, 0x85ebca6b) >>> (32 - bits)
}

/**
 * Finds texts that have two words. Pairs share a place where their hashes are the same, so who asks has to look at what was found.
 * @param counts.having by word: how many texts have it
 * @param counts.recordOf by text
 * @param counts.order of the texts in the list of a pair
 */
export function createWordPairs(
  texts: readonly { readonly words: readonly number[] }[],
  { having, recordOf, order }: { having: Uint32Array; recordOf: Uint32Array; order: Uint32Array },
): WordPairs {
  const bits = Math.max(10, Math.ceil(Math.log2(texts.length * 20 + 1)))
  const starts = new Uint32Array(2 ** bits + 1)
  const chosen = texts.map(({ words }) =>
    words
      .filter((word) => (having[word] ?? 0) > 1)
      .toSorted((a, b) => (having[a] ?? 0) - (having[b] ?? 0))
      .slice(0, wordsPaired),
  )
  const visit = (see: (slot: number, text: number) => void) => {
    for (const text of order) {
      const words = chosen[text] ?? []
      for (let one = 0; one < words.length; one++)
        for (let other = one + 1; other < words.length; other++) see(slotOf(words[one] ?? 0, words[other] ?? 0, bits), text)
    }
  }
  visit((slot) => {
    starts[slot + 1] = (starts[slot + 1] ?? 0) + 1
  })
  for (let slot = 0; slot < 2 ** bits; slot++) starts[slot + 1] = (starts[slot + 1] ?? 0) + (starts[slot] ?? 0)
  const next = starts.slice()
  const found = new Uint32Array(starts[2 ** bits] ?? 0)
  visit((slot, text) => {
    const at = next[slot] ?? 0
    found[at] = recordOf[text] ?? 0
    next[slot] = at + 1
  })
  return {
    records: found,
    find(one, other) {
      const slot = slotOf(one, other, bits)
      return { from: starts[slot] ?? 0, to: starts[slot + 1] ?? 0 }
    },
  }
}
