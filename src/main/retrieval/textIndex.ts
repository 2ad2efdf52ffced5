import type { TextGroups } from './textGroups'
import { countAt, head, lengthAt, searchAt, textAt, timesIn, wordIn } from './textRecords'
import { createWordPairs, type WordPairs } from './wordPairs'

/** The usual constants k1 and b of Okapi BM25. */
const saturation = 1.2
const lengthShare = 0.75

interface TextIndex {
  /** Start of each text's record, ascending, with one additional entry at the end. */
  readonly recordOf: Uint32Array
  /**
   * For each word, the start of its list: the records from `starts[word]` to `starts[word + 1]` contain the word, the likely best ones
   * first.
   */
  readonly starts: Uint32Array
  readonly likely: Uint32Array
  /** The same lists in ascending order. */
  readonly rising: Uint32Array
  readonly wordPairs: WordPairs
  /** Okapi's inverse document frequency of each word. */
  readonly rarity: Float64Array
  /** Maximum contribution of each word to the score of any text, before its rarity is applied. */
  readonly maxImpact: Float64Array
  /** Marks a record as visited by a search; returns false if it was already visited. */
  see(record: number, search: number): boolean
  textAt(record: number): number
  /** Returns the words of a text and the number of times that each occurs in it. */
  wordsAt(record: number): readonly (readonly [word: number, times: number])[]
  /** Returns the score of a text from the weights of the query words; all other weights are 0. */
  scoreOf(record: number, weights: Float64Array): number
}

/**
 * Creates the index.
 * @param withRising whether the ascending lists are needed; they take as much memory as the others
 */
export function createTextIndex(groups: TextGroups, withRising: boolean): TextIndex {
  const impactOf = createImpact(groups)
  const { numbers, starts: recordOf } = groups.records
  const endOf = (record: number) => record + head + (numbers[record + countAt] ?? 0)
  return {
    ...build(groups, impactOf, withRising),
    recordOf,
    see(record, search) {
      if (numbers[record + searchAt] === search) return false
      numbers[record + searchAt] = search
      return true
    },
    textAt: (record) => numbers[record + textAt] ?? 0,
    wordsAt: (record) => Array.from(numbers.subarray(record + head, endOf(record)), (word) => [wordIn(word), timesIn(word)] as const),
    scoreOf(record, weights) {
      const length = numbers[record + lengthAt] ?? 0
      const end = endOf(record)
      let score = 0
      for (let at = record + head; at < end; at++) {
        const word = numbers[at] ?? 0
        const weight = weights[wordIn(word)] ?? 0
        if (weight > 0) score += weight * impactOf(timesIn(word), length)
      }
      return score
    },
  }
}

type Impact = (times: number, length: number) => number

/** Returns a function that computes the contribution of a word to a text's score, before its rarity is applied. */
function createImpact({ placeCounts, records: { numbers, starts } }: TextGroups): Impact {
  let [texts, totalLength] = [0, 0]
  for (const [text, count] of placeCounts.entries()) {
    texts += count
    totalLength += count * (numbers[(starts[text] ?? 0) + lengthAt] ?? 0)
  }
  const meanLength = Math.max(1, totalLength / Math.max(1, texts))
  return (times, length) => (times * (saturation + 1)) / (times + saturation * (1 - lengthShare + (lengthShare * length) / meanLength))
}

/** Builds the lists in a separate function, so that the index does not retain temporary data. */
function build({ count, wordCount, records, placeCounts }: TextGroups, impactOf: Impact, withRising: boolean) {
  const { numbers, starts: recordOf } = records
  const textCount = placeCounts.reduce((sum, each) => sum + each, 0)
  const having = new Uint32Array(wordCount)
  const starts = new Uint32Array(wordCount + 1)
  for (let text = 0; text < count; text++)
    for (let at = (recordOf[text] ?? 0) + head; at < (recordOf[text + 1] ?? 0); at++) {
      const word = wordIn(numbers[at] ?? 0)
      having[word] = (having[word] ?? 0) + (placeCounts[text] ?? 0)
      starts[word + 1] = (starts[word + 1] ?? 0) + 1
    }
  for (let word = 0; word < wordCount; word++) starts[word + 1] = (starts[word + 1] ?? 0) + (starts[word] ?? 0)

  const rarity = Float64Array.from(having, (each) => Math.log(1 + (textCount - each + 0.5) / (each + 0.5)))
  const maxImpact = new Float64Array(wordCount)
  /** Expected contribution of common words to each text's score; the other words are looked up in pairs. */
  const expected = new Float64Array(count)
  for (let text = 0; text < count; text++) {
    const record = recordOf[text] ?? 0
    for (let at = record + head; at < (recordOf[text + 1] ?? 0); at++) {
      const word = wordIn(numbers[at] ?? 0)
      const impact = impactOf(timesIn(numbers[at] ?? 0), numbers[record + lengthAt] ?? 0)
      maxImpact[word] = Math.max(maxImpact[word] ?? 0, impact)
      expected[text] = (expected[text] ?? 0) + ((having[word] ?? 0) / textCount) ** 2 * (rarity[word] ?? 0) * impact
    }
  }
  const inOrder = Uint32Array.from({ length: count }, (_, text) => text)
  const byLikelihood = inOrder.toSorted((a, b) => (expected[b] ?? 0) - (expected[a] ?? 0) || a - b)
  const listByWord = (order: Uint32Array): Uint32Array => {
    const next = starts.slice()
    const list = new Uint32Array(starts[wordCount] ?? 0)
    for (const text of order) {
      const record = recordOf[text] ?? 0
      for (let at = record + head; at < (recordOf[text + 1] ?? 0); at++) {
        const word = wordIn(numbers[at] ?? 0)
        const place = next[word] ?? 0
        list[place] = record
        next[word] = place + 1
      }
    }
    return list
  }
  return {
    ...{ starts, rarity, maxImpact },
    likely: listByWord(byLikelihood),
    rising: withRising ? listByWord(inOrder) : new Uint32Array(),
    wordPairs: createWordPairs(records, { having, order: byLikelihood }),
  }
}
