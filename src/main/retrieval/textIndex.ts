import type { TextGroups } from './textGroups'
import { createWordPairs, type WordPairs } from './wordPairs'

/** Okapi BM25's usual constants, k1 and b. */
const saturation = 1.2
const lengthShare = 0.75

/** A word and how often it stands in a text (255 at most), as one number. */
const pack = (word: number, times: number) => ((word << 8) | times) >>> 0

/** Numbers before the words of a record: the last search that came to it, its text, the length in words, and how many different ones. */
const head = 4

/**
 * What a search needs of a text lies side by side in a record, and lists of texts are lists of records: a search comes to a thousand texts
 * all over the memory, and waits for each.
 */
interface TextIndex {
  /** by text, and one more at the end: where its record begins, rising */
  readonly recordOf: Uint32Array
  /** by word: the records that have it lie from `starts[word]` to `starts[word + 1]`, those that are likely among the best first */
  readonly starts: Uint32Array
  readonly likely: Uint32Array
  /** the same, rising */
  readonly rising: Uint32Array
  readonly wordPairs: WordPairs
  /** by word: Okapi's inverse document frequency */
  readonly rarity: Float64Array
  /** by word: the most that it gives any text, before its rarity */
  readonly maxImpact: Float64Array
  /** Marks a record as seen by a search; false where it was already. */
  see(record: number, search: number): boolean
  textAt(record: number): number
  /** The words of a text, and how often each stands in it. */
  wordsAt(record: number): readonly (readonly [word: number, times: number])[]
  /** The score of a text by the weights of the words that are looked for; those of all others are 0. */
  scoreOf(record: number, weights: Float64Array): number
}

/** @param withRising whether the rising lists are read at all: they take as much memory as the others */
export function createTextIndex(groups: TextGroups, withRising: boolean): TextIndex {
  const impactOf = createImpact(groups)
  const { records, ...index } = build(groups, impactOf, withRising)
  return {
    ...index,
    see(record, search) {
      if (records[record] === search) return false
      records[record] = search
      return true
    },
    textAt: (record) => records[record + 1] ?? 0,
    wordsAt(record) {
      const words = records.subarray(record + head, record + head + (records[record + 3] ?? 0))
      return Array.from(words, (word) => [word >>> 8, word & 255] as const)
    },
    scoreOf(record, weights) {
      const length = records[record + 2] ?? 0
      const end = record + head + (records[record + 3] ?? 0)
      let score = 0
      for (let at = record + head; at < end; at++) {
        const word = records[at] ?? 0
        const weight = weights[word >>> 8] ?? 0
        if (weight > 0) score += weight * impactOf(word & 255, length)
      }
      return score
    },
  }
}

type Impact = (times: number, length: number) => number

/** What a word gives a text, before its rarity. */
function createImpact({ placeCounts, lengths }: TextGroups): Impact {
  let [texts, totalLength] = [0, 0]
  for (const [text, count] of placeCounts.entries()) {
    texts += count
    totalLength += count * (lengths[text] ?? 0)
  }
  const meanLength = Math.max(1, totalLength / Math.max(1, texts))
  return (times, length) => (times * (saturation + 1)) / (times + saturation * (1 - lengthShare + (lengthShare * length) / meanLength))
}

/** What is needed only meanwhile is not held by the index, so it is made in a function of its own. */
function build(groups: TextGroups, impactOf: Impact, withRising: boolean) {
  const { count, wordCount, wordStarts, words, times, lengths, placeCounts } = groups
  const textCount = placeCounts.reduce((sum, each) => sum + each, 0)
  const having = new Uint32Array(wordCount)
  const starts = new Uint32Array(wordCount + 1)
  const recordOf = new Uint32Array(count + 1)
  for (let text = 0; text < count; text++) {
    const [from, to] = [wordStarts[text] ?? 0, wordStarts[text + 1] ?? 0]
    recordOf[text + 1] = (recordOf[text] ?? 0) + head + to - from
    for (let at = from; at < to; at++) {
      const word = words[at] ?? 0
      having[word] = (having[word] ?? 0) + (placeCounts[text] ?? 0)
      starts[word + 1] = (starts[word + 1] ?? 0) + 1
    }
  }
  for (let word = 0; word < wordCount; word++) starts[word + 1] = (starts[word + 1] ?? 0) + (starts[word] ?? 0)

  const rarity = Float64Array.from(having, (each) => Math.log(1 + (textCount - each + 0.5) / (each + 0.5)))
  const records = new Uint32Array(recordOf[count] ?? 0)
  const maxImpact = new Float64Array(wordCount)
  /** by text: about what the words give it that most texts have; of the other words, pairs are looked up */
  const expected = new Float64Array(count)
  for (let text = 0; text < count; text++) {
    const [from, to, length] = [wordStarts[text] ?? 0, wordStarts[text + 1] ?? 0, lengths[text] ?? 0]
    const record = recordOf[text] ?? 0
    records.set([0, text, length, to - from], record)
    for (let at = from; at < to; at++) {
      const word = words[at] ?? 0
      records[record + head + at - from] = pack(word, times[at] ?? 1)
      const impact = impactOf(times[at] ?? 1, length)
      maxImpact[word] = Math.max(maxImpact[word] ?? 0, impact)
      expected[text] = (expected[text] ?? 0) + ((having[word] ?? 0) / textCount) ** 2 * (rarity[word] ?? 0) * impact
    }
  }
  const inOrder = Uint32Array.from({ length: count }, (_, text) => text)
  const byLikelihood = inOrder.toSorted((a, b) => (expected[b] ?? 0) - (expected[a] ?? 0) || a - b)
  const listByWord = (order: Uint32Array): Uint32Array => {
    const next = starts.slice()
    const list = new Uint32Array(words.length)
    for (const text of order)
      for (let at = wordStarts[text] ?? 0; at < (wordStarts[text + 1] ?? 0); at++) {
        const place = next[words[at] ?? 0] ?? 0
        list[place] = recordOf[text] ?? 0
        next[words[at] ?? 0] = place + 1
      }
    return list
  }
  return {
    ...{ records, recordOf, starts, rarity, maxImpact },
    likely: listByWord(byLikelihood),
    rising: withRising ? listByWord(inOrder) : new Uint32Array(),
    wordPairs: createWordPairs(groups, { having, recordOf, order: byLikelihood }),
  }
}
