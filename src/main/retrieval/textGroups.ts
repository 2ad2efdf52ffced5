import { createDistinctTexts, type DistinctTexts } from './distinctTexts'
import { makeRecords, type TextRecords } from './textRecords'

/** A half-open range: `from` is included, `to` is not. */
export interface Range {
  readonly from: number
  readonly to: number
}

export interface GroupedText {
  readonly text: string
  /** Group of the text; texts are not neighbours of texts in the same group. */
  readonly group: string
}

/**
 * Texts, merged if they have the same words. Texts that occur in several groups come first, then the others group by group; each is ordered
 * by its first index. All data is stored in arrays of numbers: as objects, a million texts would take more than a gigabyte.
 */
export interface TextGroups {
  readonly count: number
  readonly wordCount: number
  readonly records: TextRecords
  /** Number of occurrences of each text. */
  readonly placeCounts: Uint32Array
  /** Text of each index. */
  readonly textOf: Uint32Array
  readonly groupOf: Uint32Array
  /** Returns the range of texts that occur only in the given group. */
  homeOf(group: number): Range
  /** Returns the first index of a text outside a group. */
  firstPlace(text: number, outside: number): number
  /** Returns the first `count` indexes of a text outside a group. */
  firstPlaces(text: number, outside: number, count: number): readonly number[]
}

function numberIn(known: Map<string, number>, key: string): number {
  const number = known.get(key) ?? known.size
  if (number === known.size) known.set(key, number)
  return number
}

/**
 * Sorts stably by keys from 0 to `keyCount`.
 * @returns the sorted positions, and the start of each key, followed by the end
 */
function sortByKey(keys: Uint32Array, keyCount: number): { order: Uint32Array; starts: Uint32Array } {
  const starts = new Uint32Array(keyCount + 1)
  for (const key of keys) starts[key + 1] = (starts[key + 1] ?? 0) + 1
  for (let key = 0; key < keyCount; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0)
  const next = starts.slice()
  const order = new Uint32Array(keys.length)
  for (const [position, key] of keys.entries()) {
    const at = next[key] ?? 0
    order[at] = position
    next[key] = at + 1
  }
  return { order, starts }
}

interface TextGrouping {
  /** Adds the text of the next index. */
  add(text: GroupedText): void
  /** Must be called once, after all texts were added. */
  finish(): TextGroups
}

/** Assigns numbers to words and groups, and merges texts with the same words. Stores no text. */
export function startGrouping(wordsOf: (text: string) => readonly string[]): TextGrouping {
  const words = new Map<string, number>()
  const groups = new Map<string, number>()
  const distinct = createDistinctTexts()
  const groupOf: number[] = []
  const distinctOf: number[] = []
  return {
    add({ text, group }) {
      groupOf.push(numberIn(groups, group))
      distinctOf.push(distinct.add(Uint32Array.from(wordsOf(text), (word) => numberIn(words, word)).sort()))
    },
    finish: () => arrange({ distinct, distinctOf, groupOf: Uint32Array.from(groupOf), wordCount: words.size, groupCount: groups.size }),
  }
}

interface ReadTexts {
  readonly distinct: DistinctTexts
  /** Distinct text of each index. */
  readonly distinctOf: readonly number[]
  readonly groupOf: Uint32Array
  readonly wordCount: number
  readonly groupCount: number
}

function arrange({ distinct, distinctOf, groupOf, wordCount, groupCount }: ReadTexts): TextGroups {
  const count = distinct.count()
  const homes = findHomes(distinctOf, groupOf, count)
  const { order, starts: homeStarts } = sortByKey(homes, groupCount + 1)
  const numbers = new Uint32Array(count)
  for (const [text, before] of order.entries()) numbers[before] = text
  const textOf = Uint32Array.from(distinctOf, (text) => numbers[text] ?? 0)
  const { order: places, starts: placeStarts } = sortByKey(textOf, count)
  const runEnds = findRunEnds(places, textOf, groupOf)

  const firstPlaces = (text: number, outside: number, most: number): number[] => {
    const found: number[] = []
    const end = placeStarts[text + 1] ?? 0
    for (let at = placeStarts[text] ?? 0; at < end && found.length < most;) {
      const place = places[at] ?? 0
      if (groupOf[place] === outside) at = runEnds[at] ?? end
      else {
        found.push(place)
        at += 1
      }
    }
    return found
  }
  const sharedTexts = homeStarts[1] ?? 0
  return {
    ...{ count, wordCount, textOf, groupOf, firstPlaces },
    records: makeRecords(count, (text) => distinct.wordsOf(order[text] ?? 0)),
    placeCounts: Uint32Array.from({ length: count }, (_, text) => (placeStarts[text + 1] ?? 0) - (placeStarts[text] ?? 0)),
    homeOf: (group) => ({ from: homeStarts[group + 1] ?? 0, to: homeStarts[group + 2] ?? 0 }),
    // Called for each pair of ties: most texts occur in a single group, which is not that of the query.
    firstPlace: (text, outside) =>
      text < sharedTexts ? (firstPlaces(text, outside, 1)[0] ?? textOf.length) : (places[placeStarts[text] ?? 0] ?? textOf.length),
  }
}

/** Returns 0 for a distinct text that occurs in several groups, otherwise one more than the number of its only group. */
function findHomes(distinctOf: readonly number[], groupOf: Uint32Array, count: number): Uint32Array {
  const homes = new Uint32Array(count)
  const isKnown = new Uint8Array(count)
  for (const [place, text] of distinctOf.entries()) {
    const home = (groupOf[place] ?? 0) + 1
    if (!isKnown[text]) homes[text] = home
    else if (homes[text] !== home) homes[text] = 0
    isKnown[text] = 1
  }
  return homes
}

/** Returns, for each position in indexes sorted by text, the end of the run with the same text and group. */
function findRunEnds(places: Uint32Array, textOf: Uint32Array, groupOf: Uint32Array): Uint32Array {
  const ends = new Uint32Array(places.length)
  for (let at = places.length - 1; at >= 0; at--) {
    const [place = 0, next = 0] = [places[at], places[at + 1]]
    const goesOn = at + 1 < places.length && textOf[place] === textOf[next] && groupOf[place] === groupOf[next]
    ends[at] = goesOn ? (ends[at + 1] ?? 0) : at + 1
  }
  return ends
}
