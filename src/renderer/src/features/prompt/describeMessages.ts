import type { PromptPreview } from '../../../../shared/contract'
import type { Message } from '../../../../shared/domain'

/** Purpose of a message in a prompt. */
export type Purpose =
  | { readonly kind: 'system' }
  | { readonly kind: 'exemplar'; readonly index: number; readonly item: string | null }
  | { readonly kind: 'item' }
export interface DescribedMessage {
  readonly message: Message
  readonly purpose: Purpose
}

/**
 * Distinguishes the turns of exemplars from those of the item itself: the pairs of one item form one turn, and the last user message
 * belongs to the current item. Turns before those of the project's own exemplars come from a prompt file and belong to no item.
 */
export function describeMessages({ messages, exemplars }: PromptPreview): readonly DescribedMessage[] {
  const sources = [...new Set(exemplars.map(({ itemSourceId }) => itemSourceId))]
  const last = messages.findLastIndex(({ role }) => role === 'user')
  const turns = messages.slice(0, Math.max(0, last)).filter(({ role }) => role === 'user').length
  const ofFile = turns - sources.length
  let turn = -1
  return messages.map((message, index): DescribedMessage => {
    if (message.role === 'system') return { message, purpose: { kind: 'system' } }
    if (index >= last) return { message, purpose: { kind: 'item' } }
    if (message.role === 'user') turn++
    return { message, purpose: { kind: 'exemplar', index: turn + 1, item: sources[turn - ofFile] ?? null } }
  })
}
