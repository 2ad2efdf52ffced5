/** Messages to and from the worker that has the dictionary. */
export type SpellingRequest =
  | { readonly id: number; readonly kind: 'check'; readonly words: readonly string[] }
  | { readonly id: number; readonly kind: 'suggest'; readonly word: string }

/** Reply to `check`: the misspelled words; to `suggest`: possible replacements. */
export interface SpellingReply {
  readonly id: number
  readonly words: readonly string[]
}
