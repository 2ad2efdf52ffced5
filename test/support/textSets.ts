import { seededRandom } from '../../src/main/generation/seededRandom'
import type { GroupedText } from '../../src/main/retrieval/textGroups'
import { wordsOf } from '../../src/main/store/search/words'

/** Words whose frequency falls as in real text: the n-th is as frequent as 1 / n (Zipf 1949). */
function zipfWord(random: () => number, vocabulary: number): string {
  return `w${Math.floor(vocabulary ** random())}`
}

type MakeText = (at: number, random: () => number) => string

const base = 'please tell me what colour the small object near the left side of this image has'.split(' ')
const several = (count: number, word: () => string) => Array.from({ length: count }, word).join(' ')

/** Kinds of sets of instructions, from those as people write them to those that are hard on an index. */
export const textSets = {
  zipf: (_, random) => several(6 + Math.floor(random() * 9), () => zipfWord(random, 20_000)),
  /** questions of few words, all of which are frequent */
  'few words': (_, random) => several(8, () => `w${Math.floor(random() * 300)}`),
  'nearly the same, with a number': (at) => `${base.join(' ')} number ${at}`,
  'nearly the same, three gaps': (_, random) =>
    `What colour is the ${Math.floor(random() * 50)}th thing on the b${Math.floor(random() * 50)} side of the c${Math.floor(random() * 50)}?`,
  'nearly the same, some words changed': (_, random) => base.map((word) => (random() < 0.15 ? zipfWord(random, 5000) : word)).join(' '),
  identical: () => base.join(' '),
} as const satisfies Record<string, MakeText>
export type TextSet = keyof typeof textSets

/** A set of so many texts, `perGroup` of each group. */
export function makeTexts(set: TextSet, count: number, perGroup: number): GroupedText[] {
  const random = seededRandom(set)
  const make: MakeText = textSets[set]
  return Array.from({ length: count }, (_, at) => ({ text: make(at, random), group: String(Math.floor(at / perGroup)) }))
}

/** Scores texts by BM25 with a look at all, as it is written down: what an index is compared with. */
export function scoreByAll(texts: readonly GroupedText[]): (asked: number) => Float64Array {
  const numbers = new Map<string, number>()
  const bags = texts.map(({ text }) => {
    const bag = new Map<number, number>()
    for (const word of wordsOf(text)) {
      const number = numbers.get(word) ?? numbers.size
      numbers.set(word, number)
      bag.set(number, (bag.get(number) ?? 0) + 1)
    }
    return bag
  })
  const lengths = bags.map((bag) => [...bag.values()].reduce((sum, times) => sum + times, 0))
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, texts.length)
  const having = new Float64Array(numbers.size)
  for (const bag of bags) for (const word of bag.keys()) having[word] = (having[word] ?? 0) + 1
  const rarity = having.map((found) => Math.log(1 + (texts.length - found + 0.5) / (found + 0.5)))
  return (asked) => {
    const wanted = new Float64Array(numbers.size)
    for (const [word, times] of bags[asked] ?? []) wanted[word] = times * (rarity[word] ?? 0)
    return Float64Array.from(bags, (bag, place) => {
      if (texts[place]?.group === texts[asked]?.group) return 0
      let score = 0
      for (const [word, times] of bag) {
        const weight = wanted[word] ?? 0
        if (weight > 0) score += (weight * times * 2.2) / (times + 1.2 * (0.25 + (0.75 * (lengths[place] ?? 0)) / mean))
      }
      return score
    })
  }
}

/** The nearest to each of some places; of equals, the lower place. */
export function nearestByAll(texts: readonly GroupedText[], places: readonly number[], count: number): number[][] {
  const scoresOf = scoreByAll(texts)
  return places.map((asked) => {
    const scores = scoresOf(asked)
    const best: { place: number; score: number }[] = []
    for (const [place, score] of scores.entries()) {
      if (score <= 0 || (best.length === count && score <= (best.at(-1)?.score ?? 0) * (1 + 1e-12))) continue
      let at = best.length
      while (at > 0 && (best[at - 1]?.score ?? 0) * (1 + 1e-12) < score) at--
      best.splice(at, 0, { place, score })
      if (best.length > count) best.pop()
    }
    return best.map(({ place }) => place)
  })
}

/** Which share of the nearest was found, over all places. */
export function recallOf(found: readonly (readonly number[])[], expected: readonly (readonly number[])[]): number {
  const wanted = expected.reduce((sum, places) => sum + places.length, 0)
  const met = expected.reduce((sum, places, at) => sum + places.filter((place) => found[at]?.includes(place)).length, 0)
  return wanted === 0 ? 1 : met / wanted
}
