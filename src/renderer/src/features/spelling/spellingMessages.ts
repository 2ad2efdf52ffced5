/** What goes to the worker that knows the dictionary, and comes back. */
export type SpellingRequest =
  | { readonly id: number; readonly kind: 'check'; readonly words: readonly string[] }
  | { readonly id: number; readonly kind: 'suggest'; readonly word: string }

/** to `check`: which of the words are wrong; to `suggest`: what could stand there instead */
export interface SpellingReply {
  readonly id: number
  readonly words: readonly string[]
}
