import type { Candidate, ExemplarPolicy, FileExemplar, Item, Pair } from '../../../shared/domain'
import type { ReadableDb } from '../../store/sql/types'
import { listNearestExemplars } from '../../store/search/embeddings'
import { listConversation, listPinnedExemplars, listRecentExemplars, sampleExemplars } from '../../store/candidates/exemplars'
import { listSimilarExemplars } from '../../store/search/similarPool'
import { seededRandom } from '../seededRandom'
import { wordsOf } from '../../store/search/words'
import { Problem } from '../../../shared/problem'
import { listPairsOf } from '../../store/candidates/candidates'
import { listContextTemplates } from '../../store/project/prompts'
import { compileTemplate } from './renderContext'

/** Weight of relevance to the item against difference from the exemplars chosen so far. */
const relevanceWeight = 0.5

/**
 * Selects entries by maximal marginal relevance (Carbonell and Goldstein 1998, λ = 0.5): repeatedly takes the entry that is most relevant
 * and least similar to those already chosen. Relevance is the rank in the list, similarity the share of common words (Jaccard).
 * @param ranked most relevant first
 */
function diversify<T>(ranked: readonly T[], textOf: (entry: T) => string, count: number): T[] {
  const left = ranked.map((entry, place) => ({
    entry,
    words: new Set(wordsOf(textOf(entry))),
    relevance: 1 - place / ranked.length,
    /** Similarity to the most similar chosen entry. */
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

/** Number of most similar exemplars from which a diverse selection is made. */
const diverseAmong = 64

interface Target {
  readonly itemId: number
  readonly salt?: string
  /** Embedding model used to find similar pairs if it has embedded the item; otherwise their words are compared. */
  readonly embeddingModel?: string | null
}

/**
 * Returns the approved pairs for an item's prompt, at most `policy.count`: pinned pairs in their order, then those that the policy adds.
 * Rounds come with the rest of their conversation. An item's own pairs are never its exemplars. With `random`, the same seed, item and pool
 * give the same selection. Does not apply the token budget; see `keepWithinBudget`.
 */
export function selectExemplars(db: ReadableDb, policy: ExemplarPolicy, target: Target): Candidate[] {
  if (policy.count === 0) return []
  const pinned = listPinnedExemplars(db, { limit: policy.count, excludeItemId: target.itemId })
  const limit = policy.count - pinned.length
  const chosen = limit <= 0 ? pinned : [...pinned, ...fillWith(db, policy, target, limit)]
  return wholeConversations(db, chosen, policy.count)
}

function fillWith(
  db: ReadableDb,
  policy: ExemplarPolicy,
  { itemId, salt = '', embeddingModel = null }: Target,
  limit: number,
): Candidate[] {
  const rest = { limit, excludeItemId: itemId }
  switch (policy.fill) {
    case 'recent':
      return listRecentExemplars(db, rest)
    case 'random':
      return sampleExemplars(db, { ...rest, random: seededRandom(`${policy.seed}:${itemId}:${salt}`) })
    case 'similar':
      return similarThenRecent(db, itemId, embeddingModel, limit)
    case 'diverse':
      return diversify(
        similarThenRecent(db, itemId, embeddingModel, diverseAmong),
        ({ instruction, response }) => `${instruction}\n${response}`,
        limit,
      )
    case 'none':
      return []
  }
}

/** Returns similar exemplars, followed by the most recent ones if there are too few similar ones. */
function similarThenRecent(db: ReadableDb, itemId: number, model: string | null, limit: number): Candidate[] {
  const nearest = model === null ? null : listNearestExemplars(db, { itemId, model, limit })
  const similar = nearest ?? listSimilarExemplars(db, { itemId, limit })
  if (similar.length === limit) return similar
  const known = new Set(similar.map(({ id }) => id))
  const recent = listRecentExemplars(db, { limit, excludeItemId: itemId }).filter(({ id }) => !known.has(id))
  return [...similar, ...recent.slice(0, limit - similar.length)]
}

/**
 * Expands a chosen round to all approved rounds of its conversation, in order, since a later round is meaningless without the earlier ones.
 * Conversations keep the order in which they were chosen. One that exceeds the limit is skipped in favour of the next; only the first one
 * is truncated, to its first rounds. Pairs without a conversation are kept as they are.
 * @param limit maximum number of candidates in total
 */
export function wholeConversations(db: ReadableDb, chosen: readonly Candidate[], limit: number): Candidate[] {
  const taken = new Map<number, Candidate>()
  for (const candidate of chosen) {
    if (taken.has(candidate.id)) continue
    const rounds = candidate.conversation === null ? [candidate] : listConversation(db, candidate)
    if (taken.size > 0 && taken.size + rounds.length > limit) continue
    for (const round of rounds.slice(0, limit)) taken.set(round.id, round)
  }
  return [...taken.values()]
}

/** Examples of a prompt file do not name their item, so it is found by their text. */

/** Number of recent templates to check, since one of them may have produced an annotation. */
const templatesTried = 20

const keyOf = ({ instruction, response }: Pair) => JSON.stringify([instruction.trim(), response.trim()])

/**
 * Returns the examples of a prompt file except those that came from this item: examples whose annotation results from the given template or
 * an earlier one of the project, and examples with a pair that was drafted for the item. An item's own pairs are never its exemplars.
 */
export function withoutOwnExamples(
  db: ReadableDb,
  examples: readonly FileExemplar[],
  { item, contextTemplate }: { readonly item: Item; readonly contextTemplate: string },
): FileExemplar[] {
  if (examples.length === 0) return []
  const templates = new Set([contextTemplate, ...listContextTemplates(db, templatesTried)])
  const annotations = new Set([...templates].map((template) => renderIfPossible(template, item)))
  const drafted = new Set(listPairsOf(db, item.id).map(keyOf))
  return examples.filter(({ annotation, pairs }) => {
    const says = annotation.trim()
    return (says === '' || !annotations.has(says)) && !pairs.some((pair) => drafted.has(keyOf(pair)))
  })
}

/** Renders a template; an old template may not suit every item, which gives an empty text. */
function renderIfPossible(template: string, item: Item): string {
  try {
    return compileTemplate(template)(item)
  } catch (error) {
    if (error instanceof Problem && error.code === 'bad-template') return ''
    throw error
  }
}

/** Returns the pairs that the examples of a prompt file do not contain. Removed pairs are not replaced by others. */
export function withoutPairsOf<P extends Pair>(pairs: readonly P[], examples: readonly FileExemplar[]): P[] {
  const known = new Set(examples.flatMap((example) => example.pairs.map(keyOf)))
  return pairs.filter((pair) => !known.has(keyOf(pair)))
}
