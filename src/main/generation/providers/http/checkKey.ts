import { message, type Message } from '../../../../shared/messages/message'
import { CallFailure } from '../../run/callFailure'

/**
 * Throws when a key holds a character that no key has: such a header cannot be sent, or the server says no more than that the key is wrong.
 * Names that one character only, never the key.
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
 * Whether a key that was given for no address in particular (OPENAI_API_KEY) may go to one that only a project file names: to OpenAI and
 * to this machine. A project can come from anybody, and resuming a run of it must not hand the key to them.
 */
export function mayHaveEnvironmentKey(baseUrl: string): boolean {
  const { hostname, protocol } = new URL(baseUrl)
  const isOpenAi = protocol === 'https:' && (hostname === 'openai.com' || hostname.endsWith('.openai.com'))
  return isOpenAi || hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}
