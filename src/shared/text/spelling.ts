import { z } from 'zod'

/** A word in the dictionary of a project. */
export const knownWordSchema = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{M}\p{N}’'-]{1,60}$/u)

/** A word in a text; `start` and `end` count UTF-16 units, like the selection of a text field. */
export interface PlacedWord {
  readonly word: string
  readonly start: number
  readonly end: number
}

const words = /\p{L}[\p{L}\p{M}\p{N}]*(?:['’][\p{L}\p{M}]+)*/gu
const letters = /^[\p{Script=Latin}\p{M}'’]+$/u

/**
 * Returns the words that a dictionary can check: words of Latin letters that are not part of a URL or address, without adjacent digits or
 * digits in them.
 */
export function wordsIn(text: string, from = 0, to = text.length): PlacedWord[] {
  const found: PlacedWord[] = []
  for (const { 0: word, index } of text.slice(from, to).matchAll(words)) {
    const start = from + index
    const before = text[start - 1] ?? ' '
    const after = text[start + word.length] ?? ' '
    const inAddress =
      /[\p{L}\p{N}]\.$/u.test(text.slice(Math.max(0, start - 2), start)) ||
      /^\.[\p{L}\p{N}]/u.test(text.slice(start + word.length, start + word.length + 3))
    if (word.length === 1 || inAddress || !letters.test(word) || /[\p{N}@_/\\]/u.test(before) || /[@_/\\]/.test(after)) continue
    found.push({ word, start, end: start + word.length })
  }
  return found
}

/** Returns the dictionary form of a word: with a straight apostrophe and without a possessive. */
export const bareWord = (word: string): string => word.replaceAll('’', "'").replace(/'s$/i, '')

/** Returns the names and terms in the context of an item: capitalized words anywhere in the value, at any depth. */
export function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return wordsIn(value).flatMap(({ word }) => (/^\p{Lu}/u.test(word) ? [bareWord(word)] : []))
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(namesIn)
  return []
}

/** Returns the positions after an edit of `before` to `after`; positions that the edit touched are left out. */
export function movedBy<T extends PlacedWord>(places: readonly T[], before: string, after: string): readonly T[] {
  if (before === after) return places
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && before[head] === after[head]) head++
  let tail = 0
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  const shift = after.length - before.length
  return places.flatMap((place) => {
    if (place.end < head) return place
    if (place.start > before.length - tail) return { ...place, start: place.start + shift, end: place.end + shift }
    return []
  })
}
