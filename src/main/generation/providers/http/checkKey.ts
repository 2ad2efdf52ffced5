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
