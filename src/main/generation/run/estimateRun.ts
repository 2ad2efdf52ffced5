import type { RunEstimate } from '../../../shared/contract'
import type { ReadableDb } from '../../store/sql/types'
import { currentPromptVersion } from '../../store/project/prompts'
import { readExperience } from '../../store/runs/calls'
import { listTakenItems } from '../../store/runs/runs'
import { previewPrompt } from '../prompt/preparePrompt'
import { demoModel } from '../providers/demo'
import { priceOf, usualReplyTokens } from './priceOf'
import { planItems, type RunRequest } from './startRun'

/** Number of items whose prompts are counted. */
const sampledItems = 5

/**
 * Returns the size and cost of a run before it is started. Prompt tokens are projected from a sample of items spread evenly over all of
 * them; replies and time from the model's latest run, if any.
 * @throws Problem not-found, bad-template
 */
export async function estimateRun(db: ReadableDb, request: RunRequest): Promise<RunEstimate> {
  const { provider, generation } = request
  const taken = listTakenItems(db)
  const wanted = planItems(db, request)
  const itemIds = wanted.filter((id) => !taken.has(id))
  const items = itemIds.length
  const left = { items, taken: wanted.length - items }
  if (items === 0) return { ...left, promptTokens: 0, completionTokens: 0, price: 0, milliseconds: 0 }
  const step = Math.max(1, items / sampledItems)
  const sample = Array.from({ length: Math.min(items, sampledItems) }, (_, place) => itemIds[Math.floor(place * step)] ?? 0)
  const text = currentPromptVersion(db)
  let counted = 0
  for (const itemId of sample) counted += (await previewPrompt(db, { itemId, text, settings: generation }, provider)).tokens
  const isDemo = provider.kind === 'demo'
  const experience = readExperience(db, { kind: provider.kind, model: isDemo ? demoModel : provider.model })
  const promptTokens = Math.round((counted / sample.length) * items)
  const replyTokens = experience?.completionTokens ?? usualReplyTokens(generation.pairsPerItem, generation.maxTokens)
  const completionTokens = Math.round(replyTokens * items)
  return {
    ...left,
    promptTokens,
    completionTokens,
    price: isDemo ? 0 : priceOf(provider.model, promptTokens, completionTokens),
    milliseconds: experience && Math.round((experience.milliseconds * items) / Math.min(provider.concurrency, items)),
  }
}
