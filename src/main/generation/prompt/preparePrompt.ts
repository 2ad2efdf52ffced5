import type { PromptPreview } from '../../../shared/contract'
import type {
  Candidate,
  FileExemplar,
  GenerationSettings,
  Item,
  Message,
  PromptText,
  ProviderSettings,
  UsedExemplar,
} from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import type { ReadableDb } from '../../store/sql/types'
import { message } from '../../../shared/messages/message'
import { withoutEmbedding } from '../../store/search/embeddings'
import { getItem } from '../../store/library/items'
import { currentPromptVersion, listPromptExemplars } from '../../store/project/prompts'
import { prepareSimilarPool } from '../../store/search/similarPool'
import { buildPrompt, type PromptExemplar } from './buildPrompt'
import { countMessageTokens, countTokens } from './countTokens'
import { type EmbeddingChoice, embeddingModelFor } from '../run/embedItems'
import { costOf, usualReplyTokens } from '../run/priceOf'
import { selectExemplars, withoutOwnExamples, withoutPairsOf } from './selectExemplars'
import type { PlacedPair } from './outputForms'
import { compileTemplate } from './renderContext'

export interface PreparedPrompt {
  readonly item: Item
  readonly messages: Message[]
  readonly exemplars: UsedExemplar[]
}

export interface PromptRequest {
  readonly itemId: number
  readonly text: PromptText
  /** Version whose examples from a prompt file are included; defaults to the current version. */
  readonly promptVersionId?: number
  readonly settings: GenerationSettings
  /** See `embeddingModelFor`. */
  readonly embeddingModel?: string | null
}

/**
 * Prepares the prompt of an item for the current state of the project; used by runs, the preview and the trial. Its examples are those of a
 * prompt file, regardless of the policy's count, then pinned exemplars and those that the policy adds, up to the count, without pairs that
 * the file already contains. The token budget covers all of them and drops the last ones first.
 * @throws Problem not-found, bad-template
 */
export async function preparePrompt(
  db: ReadableDb,
  { itemId, text, promptVersionId, settings, embeddingModel = null }: PromptRequest,
): Promise<PreparedPrompt> {
  const item = requireItem(db, itemId)
  const imported = listPromptExemplars(db, promptVersionId ?? currentPromptVersion(db).id)
  const ofFile = withoutOwnExamples(db, imported, { item, contextTemplate: text.contextTemplate })
  const { fill } = settings.exemplars
  if (fill === 'similar' || fill === 'diverse') await prepareSimilarPool(db)
  const selected = withoutPairsOf(selectExemplars(db, settings.exemplars, { itemId, embeddingModel }), ofFile)
  const all = { fileExemplars: ofFile, exemplars: selected.map((candidate) => toPromptExemplar(db, candidate)) }
  const { tokenBudget } = settings.exemplars
  const { fileExemplars, exemplars } = tokenBudget === null ? all : await keepWithinBudget(all, text.contextTemplate, tokenBudget)
  return {
    item,
    messages: buildPrompt({ text, settings, item, exemplars, fileExemplars }),
    exemplars: exemplars.map(({ candidateId, item: { sourceId }, pair: { instruction, response } }) => {
      return { candidateId, itemSourceId: sourceId, instruction, response }
    }),
  }
}

/**
 * Returns the exact messages for an item, with unsaved text and settings, before anything is sent.
 * @param provider determines the price; a demo costs nothing
 * @throws Problem not-found, bad-template
 */
export async function previewPrompt(
  db: ReadableDb,
  request: PromptRequest,
  provider: Pick<ProviderSettings, 'model'> & Partial<Pick<ProviderSettings, 'prices'>> & EmbeddingChoice,
): Promise<PromptPreview> {
  const embeddingModel = embeddingModelFor(request.settings.exemplars, provider)
  const { messages, exemplars } = await preparePrompt(db, { ...request, embeddingModel })
  const tokens = await countMessageTokens(messages)
  const { pairsPerItem, maxTokens } = request.settings
  const price = costOf(provider, tokens, usualReplyTokens(pairsPerItem, maxTokens))
  const byWords = embeddingModel !== null && withoutEmbedding(db, embeddingModel, [request.itemId]).length > 0
  return { messages, exemplars, tokens, price, byWords }
}

/** @throws Problem not-found, only in a damaged project */
export function toPromptExemplar(db: ReadableDb, candidate: Candidate): PromptExemplar {
  const { id, itemId, conversationCallId: callId, instruction, response, kind, conversation, turn, rationale } = candidate
  return { candidateId: id, callId, item: requireItem(db, itemId), pair: { instruction, response, kind, conversation, turn, rationale } }
}

function requireItem(db: ReadableDb, id: number): Item {
  const item = getItem(db, id)
  if (!item) throw new Problem('not-found', message('app.noItem', { id }), message('generation.chooseFromLibrary'), { item: String(id) })
  return item
}

/** All examples that precede the item in a prompt, in this order. */
interface PromptExamples {
  readonly fileExemplars: readonly FileExemplar[]
  readonly exemplars: readonly PromptExemplar[]
}

/**
 * Returns as many examples as fit into the budget, dropping the last ones first. Examples of a prompt file come first, and each is kept or
 * dropped as a whole; the pairs of the pool follow. An item's annotation counts once, since the pairs of an item are one turn.
 * @throws Problem bad-template
 */
async function keepWithinBudget(
  { fileExemplars, exemplars }: PromptExamples,
  contextTemplate: string,
  tokenBudget: number,
): Promise<PromptExamples> {
  let tokens = 0
  const fits = async (annotation: string, pairs: readonly PlacedPair[]): Promise<boolean> => {
    tokens += await countTokens(annotation)
    for (const pair of pairs) tokens += await countTokens(JSON.stringify(pair))
    return tokens <= tokenBudget
  }
  const maxPerFile = await takeWhile(fileExemplars, ({ annotation, pairs }) => fits(annotation, pairs))
  if (maxPerFile.length < fileExemplars.length) return { fileExemplars: maxPerFile, exemplars: [] }
  const render = compileTemplate(contextTemplate)
  const counted = new Set<number>()
  const kept = await takeWhile(exemplars, ({ item, pair }) => {
    const annotation = counted.has(item.id) ? '' : render(item)
    counted.add(item.id)
    return fits(annotation, [pair])
  })
  return { fileExemplars: maxPerFile, exemplars: kept }
}

async function takeWhile<T>(list: readonly T[], holds: (each: T) => Promise<boolean>): Promise<T[]> {
  const taken: T[] = []
  for (const each of list) {
    if (!(await holds(each))) break
    taken.push(each)
  }
  return taken
}
