import { diffWordsWithSpace } from 'diff'

export interface TextPart {
  readonly text: string
  /** whether the other text does not have it here */
  readonly differs: boolean
}

/** Characters of two texts together that are compared word by word; longer ones would be felt. */
const longest = 20_000
/** Share of characters that two texts must have in common, or marks would cover all of both. */
const leastShared = 0.25

/** Splits two texts into what they have in common and what only one of them has; null where they have next to nothing in common. */
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
