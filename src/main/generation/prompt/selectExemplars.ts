import type { Candidate, ExemplarPolicy } from '../../../shared/domain'
import type { ReadableDb } from '../../store/sql/types'
import { listNearestExemplars } from '../../store/search/embeddings'
import { listPinnedExemplars, listRecentExemplars, sampleExemplars } from '../../store/candidates/exemplars'
import { listSimilarExemplars } from '../../store/search/similarExemplars'
import { diversify } from './diversify'
import { seededRandom } from '../seededRandom'
import { wholeConversations } from './wholeConversations'

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
