import { wordsOf } from './words'

/** Okapi BM25's usual constants, k1 and b. */
const saturation = 1.2
const lengthShare = 0.75

/**
 * The words of many texts, in memory: which of them stand where, and how often. A text has a place; later ones have higher places, and
 * that of one taken out is not used again.
 */
export interface WordIndex {
  readonly numbers: Map<string, number>
  /** by the number of a word: place × 256 + how often (255 at most), ascending */
  readonly entries: number[][]
  /** by place: in words */
  lengths: Uint32Array
  /** by place: the last answer */
  scores: Float64Array
  /** the next place */
  next: number
  /** how many texts there are */
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

/** @returns the place of the text */
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

/** Gives back the room that lists keep for growing, after many texts were added. */
export function trimIndex({ entries }: WordIndex): void {
  for (const [number, list] of entries.entries()) entries[number] = list.slice()
}

/** Takes texts out, as if they had never been there. Reads the whole index: which words a text has is not kept, for the memory's sake. */
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
  /** its share in a score, before how often it stands in a text is looked at: rarity × times in what is looked for */
  readonly weight: number
}

/** BM25's norm of a text's length is `base + slope × length`. */
function norm({ live, totalLength }: WordIndex): { base: number; slope: number } {
  return { base: saturation * (1 - lengthShare), slope: (saturation * lengthShare * live) / Math.max(1, totalLength) }
}

/** The words of a text that the index has. */
function termsOf(index: WordIndex, text: string): Term[] {
  return [...countWords(wordsOf(text))].flatMap(([word, wanted]) => {
    const entries = index.entries[index.numbers.get(word) ?? -1] ?? []
    if (entries.length === 0) return []
    const rarity = Math.log(1 + (index.live - entries.length + 0.5) / (entries.length + 0.5))
    return { entries, weight: rarity * wanted * (saturation + 1) }
  })
}

/**
 * How similar each text is to the one that is looked for: Okapi BM25 (Robertson and Zaragoza 2009, k1 = 1.2, b = 0.75), a word that is
 * looked for twice counting twice. Exact: all entries of all words are read.
 * @returns by place; 0 where no word is common. Good until the next question.
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
