import nspell from 'nspell'

export interface Speller {
  readonly isRight: (word: string) => boolean
  /** the likeliest first, at most six */
  readonly suggest: (word: string) => string[]
}

const maxSuggestions = 6

/** Judges English words by a Hunspell dictionary: its rules for endings and its list of words. Making one takes about a second. */
export function createSpeller(rules: string, words: string): Speller {
  const dictionary = nspell(rules, words)
  return {
    isRight: (word) => dictionary.correct(word),
    suggest: (word) => dictionary.suggest(word).slice(0, maxSuggestions),
  }
}
