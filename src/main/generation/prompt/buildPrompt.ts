import type { Candidate, FileExemplar, GenerationSettings, Item, Message, PromptText } from '../../../shared/domain'
import { describeForm, formatReply, requestFor, type PlacedPair } from './outputForms'
import { compileTemplate } from './renderContext'

/** An approved pair with its item, its candidate, and the call whose reply contains its conversation. */
export interface PromptExemplar {
  readonly candidateId: Candidate['id']
  readonly callId: Candidate['conversationCallId']
  readonly item: Item
  readonly pair: PlacedPair
}

interface PromptInput {
  readonly text: PromptText
  readonly settings: Pick<GenerationSettings, 'pairsPerItem' | 'attachImage'>
  readonly item: Item
  /** Exemplars in the order of the prompt. */
  readonly exemplars: readonly PromptExemplar[]
  /** Examples from a prompt file; they precede the exemplars. */
  readonly fileExemplars?: readonly FileExemplar[]
}

/** Replaces an empty annotation. */
export const noAnnotation = '(nothing is noted about this item)'

/**
 * Builds the messages of one call, in Syphus' order: the system message, the exemplars as turns (user: annotation, assistant: pairs; the
 * pairs of one item form one turn), then the annotation of the item and the number of pairs requested. Images and videos are referenced,
 * not read.
 * @throws Problem bad-template
 */
export function buildPrompt({ text, settings, item, exemplars, fileExemplars = [] }: PromptInput): Message[] {
  const render = compileTemplate(text.contextTemplate)
  const examples: readonly (readonly [annotation: string, pairs: readonly PlacedPair[]])[] = [
    ...fileExemplars.map(({ annotation, pairs }) => [annotation, pairs] as const),
    ...groupByItem(exemplars).map(([exemplarItem, pairs]) => [render(exemplarItem), pairs] as const),
  ]
  const turns = examples.flatMap(([annotation, pairs]): Message[] => [
    { role: 'user', content: [textPart(annotation || noAnnotation)] },
    { role: 'assistant', content: [textPart(formatReply(text.outputForm, pairs))] },
  ])
  const images = settings.attachImage ? item.media.filter(({ problem }) => problem === null) : []
  const annotation = render(item) || (images.length > 0 ? '' : noAnnotation)
  return [
    {
      role: 'system',
      content: [textPart([text.systemMessage.trim(), describeForm(text.outputForm).instruction].filter(Boolean).join('\n\n'))],
    },
    ...turns,
    {
      role: 'user',
      content: [
        ...(annotation ? [textPart(annotation)] : []),
        ...images.map(({ id, fileName }) => ({ type: 'image' as const, mediaId: id, fileName })),
        textPart(requestFor(text.outputForm, settings.pairsPerItem)),
      ],
    },
  ]
}

/** Returns the text of a message, its parts separated by a blank line; images are left out. */
export function textOf(message: Message): string {
  return message.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n')
}

const textPart = (text: string) => ({ type: 'text' as const, text })

/**
 * Groups pairs by item, in order of each item's first pair. Every call numbers its conversations from 0; the conversations of an item are
 * renumbered, so that conversations of different calls stay distinct.
 */
export function groupByItem(exemplars: readonly PromptExemplar[]): [Item, PlacedPair[]][] {
  const groups = Map.groupBy(exemplars, ({ item }) => item.id)
  return [...groups.values()].flatMap((group): [Item, PlacedPair[]][] => (group[0] ? [[group[0].item, numberConversations(group)]] : []))
}

function numberConversations(exemplars: readonly PromptExemplar[]): PlacedPair[] {
  const numbers = new Map<string, number>()
  return exemplars.map(({ callId, pair }) => {
    if (typeof pair.conversation !== 'number') return pair
    const key = `${callId}:${pair.conversation}`
    const conversation = numbers.get(key) ?? numbers.size
    numbers.set(key, conversation)
    return { ...pair, conversation }
  })
}
