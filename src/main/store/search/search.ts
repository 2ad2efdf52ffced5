import type { Context } from '../../../shared/domain'

/**
 * Words as a person types them → an FTS5 query: every word must occur, the last one may be unfinished. Quotes keep FTS5's own
 * syntax out. Null where there is nothing to look for.
 */
export function toSearchQuery(text: string): string | null {
  const words = text.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu)
  return words ? `${words.map((word) => `"${word}"`).join(' ')} *` : null
}

/** All text in a context, for the index. */
export function contextText(context: Context): string {
  const parts: string[] = []
  collectTexts(context, parts)
  return parts.join('\n')
}

function collectTexts(value: unknown, parts: string[]): void {
  if (typeof value === 'string') parts.push(value)
  else if (Array.isArray(value)) for (const each of value) collectTexts(each, parts)
  else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) collectTexts(each, parts)
}
