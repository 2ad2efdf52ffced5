import { wordsOf } from '../../store/search/words'

/** How much nearness to the item counts against difference from what is chosen already. */
const relevanceWeight = 0.5

/**
 * Maximal marginal relevance (Carbonell and Goldstein 1998, λ = 0.5): again and again the entry that is most relevant and least like those
 * chosen before. Relevance is the place in the list, likeness the share of common words (Jaccard).
 * @param ranked most relevant first
 */
export function diversify<T>(ranked: readonly T[], textOf: (entry: T) => string, count: number): T[] {
  const left = ranked.map((entry, place) => ({
    entry,
    words: new Set(wordsOf(textOf(entry))),
    relevance: 1 - place / ranked.length,
    /** likeness to the chosen one that it is most like */
    likeness: 0,
  }))
  const chosen: T[] = []
  while (chosen.length < count && left.length > 0) {
    const gains = left.map(({ relevance, likeness }) => relevanceWeight * relevance - (1 - relevanceWeight) * likeness)
    const [next] = left.splice(gains.indexOf(Math.max(...gains)), 1)
    if (!next) break
    chosen.push(next.entry)
    for (const entry of left) entry.likeness = Math.max(entry.likeness, jaccard(entry.words, next.words))
  }
  return chosen
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  let common = 0
  for (const word of small) if (large.has(word)) common++
  const all = a.size + b.size - common
  return all === 0 ? 1 : common / all
}
