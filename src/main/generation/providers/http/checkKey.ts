import { say, type Said } from '../../../../shared/say'
import { CallFailure } from '../../run/callFailure'

/**
 * Throws when a key holds a character that no key has: such a header cannot be sent, or the server says no more than that the key is wrong.
 * Names that one character only, never the key.
 * @throws CallFailure wrong-key
 */
export function checkKey(key: string): void {
  const found = [...key].find((character) => !/^[!#-&(-_a-~]$/.test(character))
  if (found !== undefined) throw new CallFailure('wrong-key', say`The key holds ${nameOf(found)}, which no key has.`)
}

function nameOf(character: string): Said {
  if (/[\r\n\u2028\u2029]/.test(character)) return say`a line end`
  if (/\s/.test(character)) return say`a space`
  if (/["'`‘’“”„«»′″]/.test(character)) return say`a quotation mark (${character})`
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return /[\p{C}]/u.test(character) ? say`an invisible character (U+${code})` : say`the character ${character} (U+${code})`
}
