import { createStore } from './createStore'

/** Comments that are typed and not sent yet, by candidate of the open project. They outlive the pair and the screen, not the window. */
export const typedComments = createStore<{ readonly texts: Readonly<Record<number, string>> }>('project', { texts: {} })

export const typeComment = (candidateId: number, text: string) =>
  typedComments.set(({ texts }) => ({ texts: { ...texts, [candidateId]: text } }))

/** A comment was sent; what was typed since stays. */
export function forgetComment(candidateId: number, sent: string) {
  if (typedComments.get().texts[candidateId]?.trim() === sent) typeComment(candidateId, '')
}
