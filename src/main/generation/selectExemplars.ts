import type { Candidate, ExemplarPolicy } from '../../shared/domain'
import type { Database } from '../store/database'
import { listPinnedExemplars, listRecentExemplars, sampleExemplars } from '../store/exemplars'
import { seededRandom } from './seededRandom'

/**
 * The approved pairs that go into an item's prompt, at most `policy.count`: pinned ones in their order, then what the policy fills up with.
 * An item's own pairs are never its exemplars. With `random`, the same seed, item and pool give the same choice.
 */
export function selectExemplars(db: Database, policy: ExemplarPolicy, target: { itemId: number; salt?: string }): Candidate[] {
  if (policy.count === 0) return []
  const pinned = listPinnedExemplars(db, { limit: policy.count, excludeItemId: target.itemId })
  const rest = { limit: policy.count - pinned.length, excludeItemId: target.itemId }
  return rest.limit <= 0 ? pinned : [...pinned, ...fillWith(db, policy, rest, `${policy.seed}:${target.itemId}:${target.salt ?? ''}`)]
}

function fillWith(db: Database, policy: ExemplarPolicy, rest: { limit: number; excludeItemId: number }, seed: string): Candidate[] {
  switch (policy.fill) {
    case 'recent':
      return listRecentExemplars(db, rest)
    case 'random':
      return sampleExemplars(db, { ...rest, random: seededRandom(seed) })
    case 'none':
      return []
  }
}
