import { wordsOf } from './words'

/** The usual constants of Okapi BM25, k1 and b. */
const saturation = 1.2
const lengthShare = 0.75

/**
 * An in-memory index of the words of many texts: which texts contain a word, and how often. Each text has a position; later texts have
 * higher positions, and the position of a removed text is not reused.
 */
export interface WordIndex {
  readonly numbers: Map<string, number>
  /** By word number: position × 256 + number of occurrences (255 at most), ascending. */
  readonly entries: number[][]
  /** Number of words of each text, by position. */
  lengths: Uint32Array
  /** Scores of the last query, by position. */
  scores: Float64Array
  /** Next position. */
  next: number
  /** Number of texts. */
  live: number
  totalLength: number
}

export function createWordIndex(): WordIndex {
  return {
    ...{ numbers: new Map(), entries: [], next: 0, live: 0, totalLength: 0 },
    ...{ lengths: new Uint32Array(64), scores: new Float64Array(64) },
  }
}

const placeOf = (entry: number) => entry >>> 8
const timesIn = (entry: number) => entry & 255

function countWords(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

function numberOf({ numbers, entries }: WordIndex, word: string): number {
  const known = numbers.get(word)
  if (known !== undefined) return known
  numbers.set(word, entries.length)
  return entries.push([]) - 1
}

/** Adds a text. @returns its position */
export function addText(index: WordIndex, text: string): number {
  const place = index.next++
  const words = wordsOf(text)
  for (const [word, counted] of countWords(words)) {
    const number = numberOf(index, word)
    const times = Math.min(counted, 255)
    index.entries[number]?.push((place << 8) | times)
  }
  if (place >= index.lengths.length) {
    const lengths = new Uint32Array(place * 2)
    lengths.set(index.lengths)
    index.lengths = lengths
    index.scores = new Float64Array(place * 2)
  }
  index.lengths[place] = words.length
  index.live += 1
  index.totalLength += words.length
  return place
}

/** Releases the spare capacity of the lists after many texts were added. */
export function trimIndex({ entries }: WordIndex): void {
  for (const [number, list] of entries.entries()) entries[number] = list.slice()
}

/** Removes texts completely. Reads the whole index, because the words of each text are not stored, to save memory. */
export function removeTexts(index: WordIndex, places: ReadonlySet<number>): void {
  if (places.size === 0) return
  const gone = new Uint8Array(index.next)
  for (const place of places) {
    gone[place] = 1
    index.live -= 1
    index.totalLength -= index.lengths[place] ?? 0
  }
  for (const entries of index.entries) {
    let kept = 0
    for (const entry of entries) if (gone[placeOf(entry)] !== 1) entries[kept++] = entry
    entries.length = kept
  }
}

interface Term {
  readonly entries: readonly number[]
  /** Factor of its score that does not depend on the text: rarity × occurrences in the query. */
  readonly weight: number
}

/** Returns the parts of BM25's length norm, `base + slope × length`. */
function norm({ live, totalLength }: WordIndex): { base: number; slope: number } {
  return { base: saturation * (1 - lengthShare), slope: (saturation * lengthShare * live) / Math.max(1, totalLength) }
}

/** Returns the words of a text that are in the index. */
function termsOf(index: WordIndex, text: string): Term[] {
  return [...countWords(wordsOf(text))].flatMap(([word, wanted]) => {
    const entries = index.entries[index.numbers.get(word) ?? -1] ?? []
    if (entries.length === 0) return []
    const rarity = Math.log(1 + (index.live - entries.length + 0.5) / (entries.length + 0.5))
    return { entries, weight: rarity * wanted * (saturation + 1) }
  })
}

/**
 * Scores the similarity of each text to the query: Okapi BM25 (Robertson and Zaragoza 2009, k1 = 1.2, b = 0.75); a word that occurs twice
 * in the query counts twice. Exact: all entries of all words are read.
 * @returns scores by position; 0 if no word matches. Valid until the next query.
 */
export function scoreTexts(index: WordIndex, text: string): Float64Array {
  index.scores.fill(0)
  for (const term of termsOf(index, text)) addScores(index, term)
  return index.scores
}

function addScores(index: WordIndex, { entries, weight }: Term): void {
  const { lengths, scores } = index
  const { base, slope } = norm(index)
  for (const entry of entries) {
    const place = placeOf(entry)
    const times = timesIn(entry)
    scores[place] = (scores[place] ?? 0) + (weight * times) / (times + base + slope * (lengths[place] ?? 0))
  }
}
