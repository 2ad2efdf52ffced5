import type { ComparisonPlan, ComparisonRequest } from '../../../shared/contract'
import type { ProviderSettings } from '../../../shared/domain'
import { isPaidFor } from '../../../shared/comparison'
import { findTrialReply } from '../../store/comparisons/trialReplies'
import type { ReadableDb } from '../../store/sql/types'
import { countMessageTokens } from '../prompt/countTokens'
import { costOf, usualReplyTokens } from '../run/priceOf'
import { chooseItems } from './chooseItems'
import { requestKey } from './requestKey'
import { prepareSide, readSide } from './sides'

/**
 * Counts the requests of a comparison before anything is sent: requests that were answered before cost nothing, and a request that is the
 * same for both texts is sent once.
 * @throws Problem not-found, bad-template, wrong-use
 */
export async function planComparison(db: ReadableDb, request: ComparisonRequest, provider: ProviderSettings): Promise<ComparisonPlan> {
  const itemIds = chooseItems(db, request.items)
  const settings = { provider, generation: request.settings }
  const seen = new Set<string>()
  let [calls, kept, promptTokens] = [0, 0, 0]
  for (const itemId of itemIds)
    for (const side of [readSide(db, request.first), readSide(db, request.second)]) {
      const prepared = await prepareSide(db, itemId, side, settings)
      const key = requestKey(prepared)
      const answered = findTrialReply(db, key)
      if (seen.has(key) || (answered && isPaidFor(answered.reply))) kept++
      else {
        calls++
        promptTokens += await countMessageTokens(prepared.messages)
      }
      seen.add(key)
    }
  const completionTokens = calls * usualReplyTokens(request.settings.pairsPerItem, request.settings.maxTokens)
  return { items: itemIds.length, calls, kept, promptTokens, completionTokens, price: costOf(provider, promptTokens, completionTokens) }
}
