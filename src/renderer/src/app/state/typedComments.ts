import { createStore } from './createStore'

/** Comments that are typed but not sent yet, by candidate of the open project. They outlive the pair and the screen, but not the window. */
export const typedComments = createStore<{ readonly texts: Readonly<Record<number, string>> }>('project', { texts: {} })

export const typeComment = (candidateId: number, text: string) =>
  typedComments.set(({ texts }) => ({ texts: { ...texts, [candidateId]: text } }))

/** Clears the draft of a comment that was sent, unless it was changed in the meantime. */
export function forgetComment(candidateId: number, sent: string) {
  if (typedComments.get().texts[candidateId]?.trim() === sent) typeComment(candidateId, '')
}
