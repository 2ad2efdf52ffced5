import { diffArrays } from 'diff'

export type EditFault = 'identical' | 'translated' | 'typos' | 'small'

/** Scripts without spaces between words, in which a single sign is a word. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/** Words in one case and form, without marks, so that spaces, commas, capitals and a word typed twice make no difference. */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase()
  const words = unspaced.test(plain)
    ? [...segmenter.segment(plain)].flatMap(({ segment, isWordLike }) => (isWordLike ? segment : []))
    : (plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
  return words.filter((word, at) => word !== words[at - 1] || /\p{N}/u.test(word))
}

/** Letters that a word must have for a slip to be a typing error: the shorter a word, the more often another word results. */
const leastLetters = { swapped: 4, doubled: 4, missing: 6, replaced: 7 } as const

/** What was typed wrong where two words differ by one slip of the fingers (a Damerau-Levenshtein distance of 1); null where more differs. */
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

/** Numbers, short words and endings, such as a plural, carry meaning, and so does each sign of some scripts. */
function isTypo(a: string, b: string): boolean {
  if (/\p{N}/u.test(a + b) || unspaced.test(a + b) || (a.length !== b.length && (a.startsWith(b) || b.startsWith(a)))) return false
  const slip = findSlip(a, b)
  return slip !== null && Math.min(a.length, b.length) >= leastLetters[slip]
}

const minDetectedWords = 4

/**
 * Says why an edit teaches no preference: the texts are the same, one translates the other, only typing errors were put right, or less
 * changed than wanted. Null for an edit to learn from.
 * @param minChange share of words that must differ, from 0 to 1
 */
function findEditFault(draft: string, edited: string, minChange: number, detect: (text: string) => string): EditFault | null {
  if (draft.trim() === edited.trim()) return 'identical'
  const [before, after] = [wordsOf(draft), wordsOf(edited)]
  // Marks may be all there is to a text, such as an answer in code.
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

/** The share of words that both texts have. */
function countCommon(a: readonly string[], b: readonly string[]): number {
  const words = new Set(a)
  return b.filter((word) => words.has(word)).length / Math.max(a.length, b.length)
}

const plainQuestion = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim().replace(/[\s.?!。？！]+$/u, '') // prettier-ignore

/** Whether two texts ask the same: only capitals, spaces and the mark at the end may differ. */
export const isSameQuestion = (one: string, other: string): boolean => plainQuestion(one) === plainQuestion(other)

export type EditFilter = (draft: string, edited: string) => EditFault | null

/** Loads the languages by which translations are known, and returns a filter of edits. */
export async function loadEditFilter(minChange = 0): Promise<EditFilter> {
  const { eld } = await import('eld/extrasmall')
  return (draft, edited) => findEditFault(draft, edited, minChange, (text) => eld.detect(text).language)
}
