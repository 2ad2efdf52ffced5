import { diffWordsWithSpace } from 'diff'

export interface TextPart {
  readonly text: string
  /** Whether the other text lacks this part. */
  readonly differs: boolean
}

/** Maximum total length of two texts, in characters; comparing longer ones word by word would be noticeably slow. */
const longest = 20_000
/** Minimum share of common characters; below it, marks would cover both texts entirely. */
const leastShared = 0.25

/**
 * Splits two texts into common parts and parts that only one of them has. Returns null if they are too long or have too little in common.
 */
export function compareTexts(left: string, right: string): { left: TextPart[]; right: TextPart[] } | null {
  if (left.length + right.length > longest) return null
  const parts = diffWordsWithSpace(left, right)
  const shared = parts.reduce((sum, part) => sum + (part.added || part.removed ? 0 : part.value.trim().length), 0)
  if (shared < leastShared * Math.max(left.length, right.length)) return null
  return {
    left: parts.filter(({ added }) => !added).map(({ value, removed }) => ({ text: value, differs: removed })),
    right: parts.filter(({ removed }) => !removed).map(({ value, added }) => ({ text: value, differs: added })),
  }
}
