import { wordsOf } from '../../src/main/store/search/words'
import { startGrouping, type GroupedText } from '../../src/main/retrieval/textGroups'
import { findTextNeighbours } from '../../src/main/retrieval/textNeighbours'

/** The neighbours of texts that are all there already. */
export function createTextNeighbours(texts: readonly GroupedText[]): ReturnType<typeof findTextNeighbours> {
  const grouping = startGrouping(wordsOf)
  for (const text of texts) grouping.add(text)
  return findTextNeighbours(grouping.finish())
}
