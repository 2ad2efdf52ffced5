import { addText, createWordIndex, findSimilar } from '../store/wordIndex'

interface Text {
  readonly id: number
  readonly instruction: string
  readonly shown: string
}

/** The ids of the texts most similar to one of the index, best first, none of what shows the same media. */
export type FindSimilar = (text: Text, count: number) => readonly number[]

/** By the words of their instructions (BM25), in memory. Ties go to the text that comes first. */
export function indexTexts(texts: readonly Text[]): FindSimilar {
  const index = createWordIndex()
  for (const { instruction } of texts) addText(index, instruction)
  return ({ instruction, shown, id }, count) =>
    findSimilar(index, instruction, count, (place) => texts[place]?.shown !== shown && texts[place]?.id !== id).flatMap(
      (place) => texts[place]?.id ?? [],
    )
}
