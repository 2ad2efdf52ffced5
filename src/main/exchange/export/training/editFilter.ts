import { diffArrays } from 'diff'
import { detectLanguage } from '../../../language/detectLanguage'

export type EditFault = 'identical' | 'translated' | 'typos' | 'small'

/** Words in one case and form, without marks, so that spaces, commas and capitals make no difference. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

/** Whether one letter was typed wrong, left out, put in, or stands in its neighbour's place (a Damerau-Levenshtein distance of 1). */
function isOneSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at += 1
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1)
  if (short.slice(at + 1) === long.slice(at + 1)) return true
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)
}

/** A wrong letter in a longer word. Numbers, short words and endings, such as a plural, carry meaning. */
const isTypo = (a: string, b: string): boolean =>
  Math.min(a.length, b.length) >= 4 &&
  !/\p{N}/u.test(a + b) &&
  !(a.length !== b.length && (a.startsWith(b) || b.startsWith(a))) &&
  isOneSlip(a, b)

const minDetectedWords = 4

/**
 * Says why an edit teaches no preference: the texts are the same, one translates the other, only typing errors were put right, or less
 * changed than wanted. Null for an edit to learn from.
 * @param minChange share of words that must differ, from 0 to 1
 */
export function findEditFault(draft: string, edited: string, minChange = 0): EditFault | null {
  if (draft.trim() === edited.trim()) return 'identical'
  const [before, after] = [wordsOf(draft), wordsOf(edited)]
  // Marks may be all there is to a text, such as an answer in code.
  if (before.length === 0 || after.length === 0) return null
  if (before.length === after.length && before.every((word, at) => word === after[at])) return 'typos'
  if (Math.min(before.length, after.length) >= minDetectedWords) {
    const [from, to] = [detectLanguage(draft), detectLanguage(edited)]
    if (from !== 'und' && to !== 'und' && from !== to && countCommon(before, after) < 0.5) return 'translated'
  }
  let changed = 0
  let isTyposOnly = true
  const parts = diffArrays(before, after)
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]
    if (!part || (!part.added && !part.removed)) continue
    const next = parts[at + 1]
    const isReplaced = next !== undefined && (next.added || next.removed) && next.added !== part.added
    const other = isReplaced ? next.value : []
    if (isReplaced) at += 1
    changed += Math.max(part.value.length, other.length)
    isTyposOnly &&= part.value.length === other.length && part.value.every((word, place) => isTypo(word, other[place] ?? ''))
  }
  if (isTyposOnly) return 'typos'
  return changed / Math.max(before.length, after.length) < minChange ? 'small' : null
}

/** The share of words that both texts have. */
function countCommon(a: readonly string[], b: readonly string[]): number {
  const words = new Set(a)
  return b.filter((word) => words.has(word)).length / Math.max(a.length, b.length)
}
