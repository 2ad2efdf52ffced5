import { createTextNeighbours } from '../../retrieval/textNeighbours'

interface Text {
  readonly id: number
  readonly instruction: string
  readonly shown: string
}

export interface SimilarTexts {
  /** The ids of the texts most similar to one of the index, best first, none of what shows the same media. */
  find(text: Text, count: number): readonly number[]
  /** All ids, in the order in which they are found quickest. */
  inAskingOrder(): readonly number[]
}

/** By the words of their instructions (BM25), in memory. Ties go to the text that comes first. */
export function indexTexts(texts: readonly Text[]): SimilarTexts {
  const neighbours = createTextNeighbours(texts.map(({ instruction, shown }) => ({ text: instruction, group: shown })))
  const places = new Map(texts.map(({ id }, place) => [id, place]))
  const idAt = (place: number) => texts[place]?.id ?? []
  return {
    find: ({ id }, count) => neighbours.nearestTo(places.get(id) ?? -1, count).flatMap(idAt),
    inAskingOrder: () => [...neighbours.inAskingOrder()].flatMap(idAt),
  }
}
