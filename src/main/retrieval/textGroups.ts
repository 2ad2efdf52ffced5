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

/** Texts that consist of the same words. */
interface DistinctText {
  /** numbers of its words, rising, and how often each stands in it */
  readonly words: readonly number[]
  readonly times: readonly number[]
  /** in words */
  readonly length: number
  /** rising */
  readonly places: readonly number[]
  /** the places in runs of one group each, as positions in `places` */
  readonly runs: readonly (Range & { readonly group: number })[]
}

export interface TextGroups {
  /** Those that stand in several groups first, then group by group; each by their first place. */
  readonly texts: readonly DistinctText[]
  readonly wordCount: number
  /** by place */
  readonly textOf: Uint32Array
  readonly groupOf: Uint32Array
  /** by group: the texts that stand in it alone */
  readonly homes: readonly Range[]
  /** Whether a text stands at several places. */
  isRepeated(text: number): boolean
  /** The first place of a text outside a group. */
  firstPlace(text: number, outside: number): number
  /** The first so many places of a text outside a group. */
  firstPlaces(text: number, outside: number, count: number): readonly number[]
}

/** Gives words and groups numbers, and joins texts of the same words. */
export function groupTexts(given: readonly GroupedText[], wordsOf: (text: string) => readonly string[]): TextGroups {
  const numbers = new Map<string, number>()
  const groupNumbers = new Map<string, number>()
  const numberIn = (known: Map<string, number>, key: string): number => {
    const number = known.get(key) ?? known.size
    if (number === known.size) known.set(key, number)
    return number
  }
  const groupOf = Uint32Array.from(given, ({ group }) => numberIn(groupNumbers, group))
  const distinct = new Map<string, { words: Uint32Array; places: number[] }>()
  for (const [place, { text }] of given.entries()) {
    const words = Uint32Array.from(wordsOf(text), (word) => numberIn(numbers, word)).sort()
    const key = words.join()
    const same = distinct.get(key)
    if (same) same.places.push(place)
    else distinct.set(key, { words, places: [place] })
  }
  const texts = [...distinct.values()].map(({ words, places }) => toDistinct(words, places, groupOf))
  const homeOf = ({ runs }: DistinctText) => (runs.every(({ group }) => group === runs[0]?.group) ? (runs[0]?.group ?? -1) : -1)
  const ordered = texts
    .map((text) => ({ text, home: homeOf(text), first: text.places[0] ?? 0 }))
    .toSorted((a, b) => a.home - b.home || a.first - b.first)
  const textOf = new Uint32Array(given.length)
  const homes = Array.from({ length: groupNumbers.size }, () => ({ from: 0, to: 0 }))
  for (const [at, { text, home }] of ordered.entries()) {
    for (const place of text.places) textOf[place] = at
    const own = homes[home]
    if (!own) continue
    if (own.to === 0) own.from = at
    own.to = at + 1
  }
  const sorted = ordered.map(({ text }) => text)
  const firstPlaces = (text: number, outside: number, count: number): number[] => {
    const found: number[] = []
    const { places, runs } = sorted[text] ?? { places: [], runs: [] }
    for (const { group, from, to } of runs) {
      if (group === outside) continue
      for (let at = from; at < to && found.length < count; at++) found.push(places[at] ?? 0)
      if (found.length >= count) break
    }
    return found
  }
  const firstOf = Uint32Array.from(ordered, ({ first }) => first)
  const sharedTexts = ordered.filter(({ home }) => home < 0).length
  // Asked for each pair of equals: most stand in a single group, which is not the asker's.
  const firstPlace = (text: number, outside: number) =>
    text < sharedTexts ? (firstPlaces(text, outside, 1)[0] ?? given.length) : (firstOf[text] ?? given.length)
  const isRepeated = (text: number) => (sorted[text]?.places.length ?? 0) > 1
  return { texts: sorted, wordCount: numbers.size, textOf, groupOf, homes, isRepeated, firstPlace, firstPlaces }
}

function toDistinct(all: Uint32Array, places: readonly number[], groupOf: Uint32Array): DistinctText {
  const words: number[] = []
  const times: number[] = []
  for (const [at, word] of all.entries()) {
    if (at > 0 && word === all[at - 1]) times[times.length - 1] = (times.at(-1) ?? 0) + 1
    else {
      words.push(word)
      times.push(1)
    }
  }
  const runs: { group: number; from: number; to: number }[] = []
  for (const [at, place] of places.entries()) {
    const group = groupOf[place] ?? 0
    const last = runs.at(-1)
    if (last?.group === group) last.to = at + 1
    else runs.push({ group, from: at, to: at + 1 })
  }
  return { words, times, length: all.length, places, runs }
}
