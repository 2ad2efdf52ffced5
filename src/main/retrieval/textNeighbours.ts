import type { Range, TextGroups } from './textGroups'
import { createTextIndex } from './textIndex'

/**
 * Maximum numbers of texts that a search compares: from the lists of single words, from the lists of word pairs, and from one list of a
 * word pair. They decrease slowly in sets above 25,000 texts, since each comparison takes longer the smaller the part of the set that fits
 * into the processor's cache; twice as many texts then take about twice as long.
 */
const limitsOf = (count: number) => {
  const scale = Math.min(1, (25_000 / count) ** 0.15)
  return { ofWords: Math.round(550 * scale), ofPairs: Math.round(450 * scale), ofPair: Math.round(150 * scale) }
}
/** Maximum size of a set in which all texts that may be among the best are compared. */
const smallSet = 4_000
/** Size above which a group is skipped in one step. */
const maxOfOwn = 256
/** Maximum number of words that are paired. */
const maxPaired = 8

const sizeOf = ({ from, to }: Range) => to - from

/** Tolerance for floating-point sums, which may be slightly lower than the value that they must bound. */
const slack = 1e-9

interface TextNeighbours {
  /**
   * Returns the indexes of the texts in other groups that are most similar to the one at an index, best first; ties go to the lower index.
   */
  nearestTo(place: number, count: number): readonly number[]
  /**
   * Returns all indexes in the fastest query order: searches that read the same list follow each other and find its texts in the
   * processor's cache. Any other order gives the same answers.
   */
  inAskingOrder(): Uint32Array
  /** Returns the number of texts compared for all queries so far. */
  readonly compared: () => number
}

interface Term {
  readonly word: number
  readonly weight: number
  /** Maximum contribution to the score of any text. */
  readonly most: number
}

interface Scored {
  readonly text: number
  readonly score: number
}

/** Keeps the `count` best texts; `isFirst` decides ties. */
function createBest(count: number, isFirst: (one: number, other: number) => boolean) {
  const texts = new Uint32Array(count)
  const scores = new Float64Array(count)
  let size = 0
  return {
    /** Returns the score that a further text must reach; 0 while the list is not full. */
    least: () => (size < count ? 0 : (scores[count - 1] ?? 0)),
    add(text: number, score: number): void {
      const isBefore = (at: number) => score > (scores[at] ?? 0) || (score === scores[at] && isFirst(text, texts[at] ?? 0))
      if (size === count && !isBefore(size - 1)) return
      let at = size < count ? size++ : size - 1
      for (; at > 0 && isBefore(at - 1); at--) {
        scores[at] = scores[at - 1] ?? 0
        texts[at] = texts[at - 1] ?? 0
      }
      scores[at] = score
      texts[at] = text
    },
    list: (): Scored[] =>
      Array.from(texts.subarray(0, size), (text, at) => ({ text, score: scores[at] ?? 0 })).filter(({ score }) => score > 0),
  }
}

/** Index pairs of words in a list that starts with the rarest; pairs of the rarest words come first. */
const pairOrder: readonly (readonly [number, number])[] = Array.from({ length: maxPaired }, (_, one) =>
  Array.from({ length: maxPaired - one - 1 }, (__, more) => [one, one + more + 1] as const),
)
  .flat()
  .toSorted(([a, b], [c, d]) => a + b - (c + d))

/** Returns the first position in an ascending list, from `from` to `to`, whose number is at least `least`. */
function lowerBound(numbers: Uint32Array, least: number, { from, to }: Range): number {
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((numbers[middle] ?? 0) < least) from = middle + 1
    else to = middle
  }
  return from
}

/**
 * Reads a list, except the records of the query's own group, and calls `compare` with each record.
 * @returns the part of the limit `most` that was not used
 */
type ReadList = (list: Range, most: number, compare: (record: number) => boolean) => number

/** Reads an ascending list and skips the whole group in one step. */
const readRising =
  (records: Uint32Array, own: Range): ReadList =>
  (list, most, compare) => {
    const ownFrom = lowerBound(records, own.from, list)
    const ownTo = lowerBound(records, own.to, { from: ownFrom, to: list.to })
    let left = most
    for (let at = list.from; at < ownFrom && left > 0; at++) if (compare(records[at] ?? 0)) left -= 1
    for (let at = ownTo; at < list.to && left > 0; at++) if (compare(records[at] ?? 0)) left -= 1
    return left
  }

/** Reads a list in order of likelihood. Skips records of a small group one by one, and stops after too many of them. */
const readLikely =
  (records: Uint32Array, own: Range): ReadList =>
  ({ from, to }, most, compare) => {
    const end = Math.min(to, from + 3 * most + maxOfOwn)
    let left = most
    for (let at = from; at < end && left > 0; at++) {
      const record = records[at] ?? 0
      if (record >= own.from && record < own.to) continue
      if (compare(record)) left -= 1
    }
    return left
  }

/**
 * Finds similar texts in very large sets, by Okapi BM25 (Robertson and Zaragoza 2009, k1 = 1.2, b = 0.75) over their words; a word that
 * occurs twice in the query counts twice. Texts that consist of the same words are compared once.
 *
 * The lists of the words with the highest possible contribution are read first, until no other text can be among the best (MaxScore, Turtle
 * and Flood 1995). Long lists are read in part, and then the texts that contain two of the words. A search therefore compares at most about
 * a thousand texts, regardless of the size of the set, and may miss a text that shares only common words (docs/adr/0020).
 */
export function findTextNeighbours(groups: TextGroups): TextNeighbours {
  const { count: textCount, textOf, groupOf, placeCounts, homeOf, firstPlace, firstPlaces } = groups
  const isSmall = textCount <= smallSet
  const limits = limitsOf(textCount)
  const hasLargeGroup = groupOf.some((group) => sizeOf(homeOf(group)) > maxOfOwn)
  const index = createTextIndex(groups, hasLargeGroup)
  const weights = new Float64Array(index.rarity.length)
  let search = 0
  let compared = 0
  const known = new Map<string, readonly number[]>()

  const termsOf = (text: number): Term[] => {
    return index
      .wordsAt(index.recordOf[text] ?? 0)
      .map(([word, times]) => {
        const weight = (index.rarity[word] ?? 0) * times
        return { word, weight, most: weight * (index.maxImpact[word] ?? 0) }
      })
      .toSorted((a, b) => b.most - a.most || a.word - b.word)
  }

  const findBest = (text: number, group: number, count: number): readonly Scored[] => {
    const home = homeOf(group)
    const own = { from: index.recordOf[home.from] ?? 0, to: index.recordOf[home.to] ?? 0 }
    const best = createBest(count, (one, other) => firstPlace(one, group) < firstPlace(other, group))
    const compare = (record: number): boolean => {
      if (!index.see(record, search)) return false
      compared += 1
      const score = index.scoreOf(record, weights)
      if (score >= best.least()) best.add(index.textAt(record), score)
      return true
    }
    const isLarge = sizeOf(home) > maxOfOwn
    const readWord = isLarge ? readRising(index.rising, own) : readLikely(index.likely, own)
    const readPair = readLikely(index.wordPairs.records, own)

    search += 1
    const terms = termsOf(text)
    for (const { word, weight } of terms) weights[word] = weight
    // Texts with the same words are the most similar, wherever they are in a list.
    if (text < home.from || text >= home.to) compare(index.recordOf[text] ?? 0)
    let rest = terms.reduce((sum, { most }) => sum + most, 0)
    let left = isSmall ? Infinity : limits.ofWords
    let next = 0
    const isDone = () => best.least() > rest * (1 + slack) + slack
    for (let term = terms[0]; term && left > 0 && !isDone(); term = terms[++next]) {
      left = readWord({ from: index.starts[term.word] ?? 0, to: index.starts[term.word + 1] ?? 0 }, left, compare)
      rest -= term.most
    }
    // The list that was read last may have been read only in part.
    const unread = left > 0 ? [] : terms.slice(Math.max(0, next - 1))
    left = limits.ofPairs
    for (const [first, second] of pairOrder) {
      const [one, other] = [unread[first], unread[second]]
      if (!one || !other || left <= 0) continue
      const ofPair = Math.min(left, limits.ofPair)
      left -= ofPair - readPair(index.wordPairs.find(one.word, other.word), ofPair, compare)
    }
    for (const { word } of terms) weights[word] = 0
    return best.list()
  }

  /** Returns the word whose list a search reads last, unless it finishes earlier. */
  const lastWordOf = (text: number): number => {
    let entries = 0
    let last = 0
    for (const { word } of termsOf(text)) {
      last = word
      entries += (index.starts[word + 1] ?? 0) - (index.starts[word] ?? 0)
      if (entries > limits.ofWords) break
    }
    return last
  }

  return {
    compared: () => compared,
    inAskingOrder() {
      const lastWords = Uint32Array.from({ length: textCount }, (_, text) => lastWordOf(text))
      return Uint32Array.from(textOf.keys()).sort((a, b) => (lastWords[textOf[a] ?? 0] ?? 0) - (lastWords[textOf[b] ?? 0] ?? 0) || a - b)
    },
    nearestTo(place, count) {
      const [text, group] = [textOf[place], groupOf[place]]
      if (text === undefined || group === undefined) return []
      const find = () =>
        findBest(text, group, count)
          .flatMap(({ text: each, score }) => firstPlaces(each, group, count).map((other) => ({ other, score })))
          .toSorted((a, b) => b.score - a.score || a.other - b.other)
          .slice(0, count)
          .map(({ other }) => other)
      if ((placeCounts[text] ?? 0) < 2) return find()
      // Identical texts of one group have the same neighbours.
      const key = `${text} ${group} ${count}`
      let found = known.get(key)
      if (!found) known.set(key, (found = find()))
      return found
    },
  }
}
