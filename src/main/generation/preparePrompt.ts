import type { PromptPreview } from '../../shared/contract'
import type { GenerationSettings, Item, Message, PromptText, UsedExemplar } from '../../shared/domain'
import { Problem } from '../../shared/problem'
import type { Database } from '../store/database'
import { getItem } from '../store/items'
import { buildPrompt, type PromptExemplar } from './buildPrompt'
import { countMessageTokens } from './countTokens'
import { selectExemplars } from './selectExemplars'

export interface PreparedPrompt {
  readonly item: Item
  readonly messages: Message[]
  readonly exemplars: UsedExemplar[]
}

export interface PromptRequest {
  readonly itemId: number
  readonly text: PromptText
  readonly settings: GenerationSettings
}

/**
 * The prompt of an item as the project stands now; the runs and the preview both take it from here.
 * @throws Problem not-found, bad-template
 */
export function preparePrompt(db: Database, { itemId, text, settings }: PromptRequest): PreparedPrompt {
  const item = requireItem(db, itemId)
  const chosen = selectExemplars(db, settings.exemplars, { itemId })
  const exemplars = chosen.map(({ id, itemId: exemplarItemId, instruction, response }): PromptExemplar => {
    return { candidateId: id, item: requireItem(db, exemplarItemId), pair: { instruction, response } }
  })
  return {
    item,
    messages: buildPrompt({ text, settings, item, exemplars }),
    exemplars: exemplars.map(({ candidateId, item: { sourceId }, pair }) => ({ candidateId, itemSourceId: sourceId, ...pair })),
  }
}

/** The exact messages for an item, with unsaved text and settings, before anything is sent. @throws Problem not-found, bad-template */
export async function previewPrompt(db: Database, request: PromptRequest): Promise<PromptPreview> {
  const { messages, exemplars } = preparePrompt(db, request)
  return { messages, exemplars, tokens: await countMessageTokens(messages) }
}

function requireItem(db: Database, id: number): Item {
  const item = getItem(db, id)
  if (!item) throw new Problem('not-found', `There is no item ${id}.`, 'Choose one from the library.', { item: String(id) })
  return item
}
