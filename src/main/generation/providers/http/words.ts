import { messageOf } from '../../../../shared/problem'
import { message, type Text } from '../../../../shared/messages/message'

/** Maximum number of characters of a quoted server message. */
const maxWords = 300

/** Formats a server message on one line, shortened and in quotation marks. */
export function quote(words: string): Text {
  const line = words.replace(/\s+/g, ' ').trim()
  if (line === '') return message('provider.noMessage')
  return `“${line.length > maxWords ? `${line.slice(0, maxWords - 1).toWellFormed()}…` : line}”`
}

/**
 * Minimum length of a key to redact, since some servers repeat it in their answers. Shorter keys are placeholders that also occur in
 * ordinary text.
 */
const shortestKey = 8

/** Returns a text with the key redacted; for any other thrown value, its message. */
export function withoutKey(thrown: unknown, key: string | null): string {
  const text = typeof thrown === 'string' ? thrown : messageOf(thrown)
  return key !== null && key.length >= shortestKey ? text.replaceAll(key, '[key]') : text
}
