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

/** How much nearness to the item counts against difference from what is chosen already. */
const relevanceWeight = 0.5

/**
 * Maximal marginal relevance (Carbonell and Goldstein 1998, λ = 0.5): again and again the entry that is most relevant and least like those
 * chosen before. Relevance is the place in the list, likeness the share of common words (Jaccard).
 * @param ranked most relevant first
 */
function diversify<T>(ranked: readonly T[], textOf: (entry: T) => string, count: number): T[] {
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

/** From how many of the most similar ones a diverse choice is made. */
const diverseAmong = 64

interface Target {
  readonly itemId: number
  readonly salt?: string
  /** by which similar pairs are found, where it has seen the item; by their words otherwise */
  readonly embeddingModel?: string | null
}

/**
 * The approved pairs that go into an item's prompt, at most `policy.count`: pinned ones in their order, then what the policy fills up with.
 * Rounds come with the rest of their conversation. An item's own pairs are never its exemplars. With `random`, the same seed, item and pool give the same choice. The budget of tokens is
 * not looked at here: see `keepWithinBudget`.
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

/** Where fewer are similar than there is place for, the most recent ones follow. */
function similarThenRecent(db: ReadableDb, itemId: number, model: string | null, limit: number): Candidate[] {
  const nearest = model === null ? null : listNearestExemplars(db, { itemId, model, limit })
  const similar = nearest ?? listSimilarExemplars(db, { itemId, limit })
  if (similar.length === limit) return similar
  const known = new Set(similar.map(({ id }) => id))
  const recent = listRecentExemplars(db, { limit, excludeItemId: itemId }).filter(({ id }) => !known.has(id))
  return [...similar, ...recent.slice(0, limit - similar.length)]
}

/**
 * A chosen round brings the other approved rounds of its conversation, in their order, since a later round means nothing without those
 * before it. Conversations follow each other as they were chosen; one for which there is no more place gives way to the next, only the
 * first one is cut, to its first rounds. Pairs of no conversation stay as they are.
 * @param limit most candidates in all
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

/** Examples of a prompt file name no item: their item is found by their text. */

/** How far back a template is looked for by which an annotation may have been written. */
const templatesTried = 20

const keyOf = ({ instruction, response }: Pair) => JSON.stringify([instruction.trim(), response.trim()])

/**
 * Examples of a prompt file without those that came from this item: their annotation is the item's, by the template given or one that the
 * project had, or one of their pairs was drafted about it. An item's own pairs are never its exemplars.
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

/** A template of old need not suit every item. */
function renderIfPossible(template: string, item: Item): string {
  try {
    return compileTemplate(template)(item)
  } catch (error) {
    if (error instanceof Problem && error.code === 'bad-template') return ''
    throw error
  }
}

/** Pairs that do not stand in the examples of a prompt file already. Their places stay empty. */
export function withoutPairsOf<P extends Pair>(pairs: readonly P[], examples: readonly FileExemplar[]): P[] {
  const known = new Set(examples.flatMap((example) => example.pairs.map(keyOf)))
  return pairs.filter((pair) => !known.has(keyOf(pair)))
}
