interface Text {
  readonly id: number
  readonly instruction: string
  readonly shown: string
}

/** The ids of the texts most similar to one of the index, best first, none of what shows the same media. */
export type FindSimilar = (text: Text, count: number) => readonly number[]

/** Okapi BM25's usual constants. */
const saturation = 1.2
const lengthShare = 0.75

/**
 * Entries of word lists that one look-up reads, rarest words first. Common words say little, and this keeps a look-up as fast in a set of
 * 100,000 pairs as in a small one.
 */
const mostEntries = 2000

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .normalize('NFKC')
    .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []

function countWords(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

/** BM25 over short texts, in memory. Ties go to the text that comes first. */
export function indexTexts(texts: readonly Text[]): FindSimilar {
  const lists = new Map<string, { places: number[]; counts: number[] }>()
  const lengths = new Float64Array(texts.length)
  for (const [place, { instruction }] of texts.entries()) {
    const words = wordsOf(instruction)
    lengths[place] = words.length
    for (const [word, times] of countWords(words)) {
      const list = lists.get(word) ?? { places: [], counts: [] }
      list.places.push(place)
      list.counts.push(times)
      lists.set(word, list)
    }
  }
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, texts.length)
  const norms = lengths.map((length) => saturation * (1 - lengthShare + (lengthShare * length) / Math.max(1, average)))
  const scores = new Float64Array(texts.length)

  return ({ instruction, shown, id }, count) => {
    const found = [...new Set(wordsOf(instruction))].flatMap((word) => lists.get(word) ?? [])
    const touched: number[] = []
    let left = mostEntries
    for (const { places, counts } of found.toSorted((one, other) => one.places.length - other.places.length)) {
      const rarity = Math.log(1 + (texts.length - places.length + 0.5) / (places.length + 0.5))
      const end = Math.min(places.length, left)
      left -= end
      for (let at = 0; at < end; at++) {
        const place = places[at] ?? 0
        const times = counts[at] ?? 0
        if (scores[place] === 0) touched.push(place)
        scores[place] = (scores[place] ?? 0) + (rarity * times * (saturation + 1)) / (times + (norms[place] ?? 0))
      }
    }
    const best = takeBest(touched, scores, count, (place) => texts[place]?.shown !== shown && texts[place]?.id !== id)
    for (const place of touched) scores[place] = 0
    return best.flatMap((place) => texts[place]?.id ?? [])
  }
}

/** The `count` places of the highest scores, best first, without sorting them all. */
function takeBest(places: readonly number[], scores: Float64Array, count: number, isWanted: (place: number) => boolean): number[] {
  const best: number[] = []
  const isBefore = (one: number, other: number) => {
    const difference = (scores[one] ?? 0) - (scores[other] ?? 0)
    return difference > 0 || (difference === 0 && one < other)
  }
  for (const place of places) {
    const last = best.at(-1)
    if (best.length >= count && (last === undefined || !isBefore(place, last))) continue
    if (!isWanted(place)) continue
    let at = best.length
    while (at > 0 && isBefore(place, best[at - 1] ?? 0)) at--
    best.splice(at, 0, place)
    if (best.length > count) best.pop()
  }
  return best
}
