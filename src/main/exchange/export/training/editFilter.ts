import { diffArrays } from 'diff'

export type EditFault = 'identical' | 'translated' | 'typos' | 'small'

/** Scripts without spaces between words, in which a single character is a word. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/**
 * Returns the words of a text in one case and Unicode form, without punctuation, so that spaces, commas, capitals and repeated words make
 * no difference.
 */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase()
  const words = unspaced.test(plain)
    ? [...segmenter.segment(plain)].flatMap(({ segment, isWordLike }) => (isWordLike ? segment : []))
    : (plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
  return words.filter((word, at) => word !== words[at - 1] || /\p{N}/u.test(word))
}

/**
 * Minimum number of letters in a word for a difference to count as a typo: in short words, a changed letter more often gives another word.
 */
const leastLetters = { swapped: 4, doubled: 4, missing: 6, replaced: 7 } as const

/** Returns the kind of typo by which two words differ (a Damerau-Levenshtein distance of 1), or null if they differ by more. */
function findSlip(a: string, b: string): keyof typeof leastLetters | null {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return null
  let at = 0
  while (at < short.length && short[at] === long[at]) at += 1
  if (short.length < long.length) {
    if (short.slice(at) !== long.slice(at + 1)) return null
    return long[at] === long[at - 1] || long[at] === long[at + 1] ? 'doubled' : 'missing'
  }
  if (short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)) return 'swapped'
  return short.slice(at + 1) === long.slice(at + 1) ? 'replaced' : null
}

/**
 * Returns whether two words differ only by a typo. Numbers, short words and endings, such as a plural, carry meaning, and so does each
 * character of some scripts.
 */
function isTypo(a: string, b: string): boolean {
  if (/\p{N}/u.test(a + b) || unspaced.test(a + b) || (a.length !== b.length && (a.startsWith(b) || b.startsWith(a)))) return false
  const slip = findSlip(a, b)
  return slip !== null && Math.min(a.length, b.length) >= leastLetters[slip]
}

const minDetectedWords = 4

/**
 * Returns why an edit is not a useful preference: the texts are the same, one is a translation of the other, only typos were corrected, or
 * less changed than required. Returns null if the edit is useful.
 * @param minChange share of words that must differ, from 0 to 1
 */
function findEditFault(draft: string, edited: string, minChange: number, detect: (text: string) => string): EditFault | null {
  if (draft.trim() === edited.trim()) return 'identical'
  const [before, after] = [wordsOf(draft), wordsOf(edited)]
  // A text may consist of punctuation only, such as an answer in code.
  if (before.length === 0 || after.length === 0) return null
  if (before.join('') === after.join('')) return 'typos'
  if (Math.min(before.length, after.length) >= minDetectedWords) {
    const [from, to] = [detect(draft), detect(edited)]
    if (from !== '' && to !== '' && from !== to && countCommon(before, after) < 0.5) return 'translated'
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

/** Returns the share of words that both texts have in common. */
function countCommon(a: readonly string[], b: readonly string[]): number {
  const words = new Set(a)
  return b.filter((word) => words.has(word)).length / Math.max(a.length, b.length)
}

const plainQuestion = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim().replace(/[\s.?!。？！]+$/u, '') // prettier-ignore

/** Returns whether two texts ask the same question: only capitals, spaces and the final punctuation mark may differ. */
export const isSameQuestion = (one: string, other: string): boolean => plainQuestion(one) === plainQuestion(other)

export type EditFilter = (draft: string, edited: string) => EditFault | null

/** Loads the language detector that identifies translations, and returns a filter for edits. */
export async function loadEditFilter(minChange = 0): Promise<EditFilter> {
  const { eld } = await import('eld/extrasmall')
  return (draft, edited) => findEditFault(draft, edited, minChange, (text) => eld.detect(text).language)
}
