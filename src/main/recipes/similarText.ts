import { createTextNeighbours } from '../retrieval/textNeighbours'

interface Text {
  readonly id: number
  readonly instruction: string
  readonly shown: string
}

/** The ids of the texts most similar to one of the index, best first, none of what shows the same media. */
export type FindSimilar = (text: Text, count: number) => readonly number[]

/** By the words of their instructions (BM25), in memory. Ties go to the text that comes first. */
export function indexTexts(texts: readonly Text[]): FindSimilar {
  const neighbours = createTextNeighbours(texts.map(({ instruction, shown }) => ({ text: instruction, group: shown })))
  const places = new Map(texts.map(({ id }, place) => [id, place]))
  return ({ id }, count) => neighbours.nearestTo(places.get(id) ?? -1, count).flatMap((place) => texts[place]?.id ?? [])
}
