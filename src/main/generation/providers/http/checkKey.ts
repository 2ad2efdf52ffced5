import { message, type Message } from '../../../../shared/messages/message'
import { CallFailure } from '../../run/callFailure'

/**
 * Checks that a key only contains valid characters: with others, the header cannot be sent, or the server only reports a wrong key. The
 * error names the invalid character, never the key.
 * @throws CallFailure wrong-key
 */
export function checkKey(key: string): void {
  const found = [...key].find((character) => !/^[!#-&(-_a-~]$/.test(character))
  if (found !== undefined) throw new CallFailure('wrong-key', message('provider.keyHoldsCharacter', { character: nameOf(found) }))
}

function nameOf(character: string): Message {
  if (/[\r\n\u2028\u2029]/.test(character)) return message('provider.lineEnd')
  if (/\s/.test(character)) return message('provider.space')
  if (/["'`‘’“”„«»′″]/.test(character)) return message('provider.quotationMark', { character })
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return /[\p{C}]/u.test(character) ? message('provider.invisibleCharacter', { code }) : message('provider.character', { character, code })
}

/**
 * Returns whether a key that belongs to no particular address (OPENAI_API_KEY) may be sent to an address from a project file: only to
 * OpenAI and to this machine. A project may come from anybody, and resuming one of its runs must not reveal the key.
 */
export function mayHaveEnvironmentKey(baseUrl: string): boolean {
  const { hostname, protocol } = new URL(baseUrl)
  const isOpenAi = protocol === 'https:' && (hostname === 'openai.com' || hostname.endsWith('.openai.com'))
  return isOpenAi || hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}
