import { messageOf } from '../../../../shared/problem'
import { message, type Text } from '../../../../shared/messages/message'

/** Characters of a server's own words that are kept. */
const maxWords = 300

/** A server's own words on one line, shortened and in quotation marks. */
export function quote(words: string): Text {
  const line = words.replace(/\s+/g, ' ').trim()
  if (line === '') return message('provider.noMessage')
  return `“${line.length > maxWords ? `${line.slice(0, maxWords - 1).toWellFormed()}…` : line}”`
}

/** Some servers repeat the key in what they answer. Shorter ones than this are placeholders that would tear words apart. */
const shortestKey = 8

/** A text without the key in it; of anything else thrown, only its message. */
export function withoutKey(thrown: unknown, key: string | null): string {
  const text = typeof thrown === 'string' ? thrown : messageOf(thrown)
  return key !== null && key.length >= shortestKey ? text.replaceAll(key, '[key]') : text
}
