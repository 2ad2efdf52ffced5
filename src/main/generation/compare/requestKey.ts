import { createHash } from 'node:crypto'
import type { Item, Message, PromptText, RunSettings } from '../../../shared/domain'

/** A prepared prompt, with everything else that determines the reply. */
export interface Request {
  readonly item: Item
  readonly messages: readonly Message[]
  readonly text: PromptText
  readonly settings: RunSettings
}

/** Returns the key of a request: equal keys mean the same request to the same model, including images. */
export function requestKey({ item, messages, text, settings: { provider, generation } }: Request): string {
  const { kind, baseUrl, model, structuredOutput } = provider
  const { temperature, topP, maxTokens, pairsPerItem } = generation
  const hashes = new Map(item.media.map(({ id, sha256 }) => [id, sha256]))
  const sent = messages.map(({ role, content }) => [
    role,
    content.map((part) => (part.type === 'text' ? part.text : { image: hashes.get(part.mediaId) ?? part.mediaId })),
  ])
  const server = kind === 'demo' ? ['demo', item.sourceId, item.context, text] : [baseUrl.replace(/\/+$/, ''), model, structuredOutput]
  const sampling = [temperature, topP, maxTokens, pairsPerItem, text.outputForm]
  return createHash('sha256')
    .update(JSON.stringify([server, sampling, sent]))
    .digest('hex')
}
