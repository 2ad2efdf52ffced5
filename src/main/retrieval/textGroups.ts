import { createDistinctTexts, type DistinctTexts } from './distinctTexts'
import { makeRecords, type TextRecords } from './textRecords'

/** From a place up to, but not with, another. */
export interface Range {
  readonly from: number
  readonly to: number
}

export interface GroupedText {
  readonly text: string
  /** texts of the same group are not looked for by one another */
  readonly group: string
}

/**
 * Texts, those of the same words joined: those that stand in several groups first, then group by group; each by their first place. All lie in
 * arrays of numbers: as objects, a million texts would take more than a gigabyte.
 */
export interface TextGroups {
  readonly count: number
  readonly wordCount: number
  readonly records: TextRecords
  /** by text: how many places have it */
  readonly placeCounts: Uint32Array
  /** by place */
  readonly textOf: Uint32Array
  readonly groupOf: Uint32Array
  /** The texts that stand in a group alone. */
  homeOf(group: number): Range
  /** The first place of a text outside a group. */
  firstPlace(text: number, outside: number): number
  /** The first so many places of a text outside a group. */
  firstPlaces(text: number, outside: number, count: number): readonly number[]
}

function numberIn(known: Map<string, number>, key: string): number {
  const number = known.get(key) ?? known.size
  if (number === known.size) known.set(key, number)
  return number
}

/** Sorts by keys from 0 to `keyCount`, equal ones in their order. @returns the sorted positions, and by key where it starts, with the end */
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
  /** Adds the text of the next place. */
  add(text: GroupedText): void
  /** To be called once, when all are there. */
  finish(): TextGroups
}

/** Gives words and groups numbers, and joins texts of the same words. Keeps no text. */
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
  /** by place */
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
    // Asked for each pair of equals: most stand in a single group, which is not the asker's.
    firstPlace: (text, outside) =>
      text < sharedTexts ? (firstPlaces(text, outside, 1)[0] ?? textOf.length) : (places[placeStarts[text] ?? 0] ?? textOf.length),
  }
}

/** By distinct text: 0 where it stands in several groups, or one more than the group in which it stands alone. */
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

/** By position in places that are sorted by text: where the run of places of one text and group ends. */
function findRunEnds(places: Uint32Array, textOf: Uint32Array, groupOf: Uint32Array): Uint32Array {
  const ends = new Uint32Array(places.length)
  for (let at = places.length - 1; at >= 0; at--) {
    const [place = 0, next = 0] = [places[at], places[at + 1]]
    const goesOn = at + 1 < places.length && textOf[place] === textOf[next] && groupOf[place] === groupOf[next]
    ends[at] = goesOn ? (ends[at + 1] ?? 0) : at + 1
  }
  return ends
}
