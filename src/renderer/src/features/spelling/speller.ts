import nspell from 'nspell'

export interface Speller {
  readonly isRight: (word: string) => boolean
  /** Returns at most six suggestions, the most likely first. */
  readonly suggest: (word: string) => string[]
}

const maxSuggestions = 6

/** Creates a spell checker for English from a Hunspell dictionary: its affix rules and its list of words. Takes about a second. */
export function createSpeller(rules: string, words: string): Speller {
  const dictionary = nspell(rules, words)
  return {
    isRight: (word) => dictionary.correct(word),
    suggest: (word) => dictionary.suggest(word).slice(0, maxSuggestions),
  }
}
