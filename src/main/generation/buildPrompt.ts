import type { Candidate, GenerationSettings, Item, Message, Pair, PromptText } from '../../shared/domain'
import { compileTemplate } from './renderContext'

/** An approved pair, the item it is about, and the candidate it stands in. */
export interface PromptExemplar {
  readonly candidateId: Candidate['id']
  readonly item: Item
  readonly pair: Pair
}

export interface PromptInput {
  readonly text: PromptText
  readonly settings: Pick<GenerationSettings, 'pairsPerItem' | 'attachImage'>
  readonly item: Item
  /** in the order they shall stand in */
  readonly exemplars: readonly PromptExemplar[]
}

/** Stands below every system message, so that a reply can be read whatever people write above it. */
export const outputForm = `Reply with JSON alone, in this form: {"pairs": [{"instruction": "…", "response": "…"}]}`

const noAnnotation = '(nothing is noted about this item)'

/**
 * The messages of one call, in Syphus' order: system message, the exemplars as turns (user: annotation, assistant: pairs; the pairs
 * of one item are one turn), then the annotation of the item at hand and how many pairs are wanted. Pictures are named, not read.
 * @throws Problem bad-template
 */
export function buildPrompt({ text, settings, item, exemplars }: PromptInput): Message[] {
  const render = compileTemplate(text.contextTemplate)
  const turns = groupByItem(exemplars).flatMap(([exemplarItem, pairs]): Message[] => [
    { role: 'user', content: [textPart(render(exemplarItem) || noAnnotation)] },
    { role: 'assistant', content: [textPart(JSON.stringify({ pairs }))] },
  ])
  const pictures = settings.attachImage ? item.media.filter(({ kind }) => kind === 'image') : []
  const annotation = render(item) || (pictures.length > 0 ? '' : noAnnotation)
  return [
    { role: 'system', content: [textPart([text.systemMessage.trim(), outputForm].filter(Boolean).join('\n\n'))] },
    ...turns,
    {
      role: 'user',
      content: [
        ...(annotation ? [textPart(annotation)] : []),
        ...pictures.map(({ id, fileName }) => ({ type: 'image' as const, mediaId: id, fileName })),
        textPart(requestFor(settings.pairsPerItem)),
      ],
    },
  ]
}

/** The text of a message, its parts a blank line apart; pictures left out. */
export function textOf(message: Message): string {
  return message.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n')
}

const textPart = (text: string) => ({ type: 'text' as const, text })

const requestFor = (pairs: number) => `Write ${pairs} ${pairs === 1 ? 'pair' : 'pairs'} about this item.`

function groupByItem(exemplars: readonly PromptExemplar[]): [Item, Pair[]][] {
  const groups = new Map<number, [Item, Pair[]]>()
  for (const { item, pair } of exemplars) {
    const group = groups.get(item.id) ?? [item, []]
    group[1].push({ instruction: pair.instruction, response: pair.response })
    groups.set(item.id, group)
  }
  return [...groups.values()]
}
