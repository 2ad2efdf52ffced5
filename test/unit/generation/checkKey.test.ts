import { expect, it } from 'vitest'
import { checkKey } from '../../../src/main/generation/providers/http/checkKey'

it.each(['sk-proj-Az09_-xyz', 'gsk_abc.def', 'AIzaSy-1:2/3+4=', 'abc~!$%&()*'])('%s can be a key', (key) => {
  expect(() => checkKey(key)).not.toThrow()
})

it.each([
  ['“sk-secret”', 'a quotation mark (“)'],
  ['sk-secret"', 'a quotation mark (")'],
  ["'sk-secret'", "a quotation mark (')"],
  ['sk-\nsecret', 'a line break'],
  ['sk-\r\nsecret', 'a line break'],
  ['Bearer sk-secret', 'a space'],
  ['sk-sec\u00A0ret', 'a space'],
  ['sk-sécret', 'the character é (U+00E9)'],
  ['sk-secret…', 'the character … (U+2026)'],
  ['sk–secret', 'the character – (U+2013)'],
  ['sk-secret🔑', 'the character 🔑 (U+1F511)'],
  ['sk-\u200Bsecret', 'an invisible character (U+200B)'],
  ['sk-secret\u0000', 'an invisible character (U+0000)'],
])('%j holds %s', (key, name) => {
  let thrown: unknown
  try {
    checkKey(key)
  } catch (error) {
    thrown = error
  }
  expect(thrown).toMatchObject({ code: 'wrong-key', message: `The API key contains ${name}, which is not allowed in a key.` })
})
