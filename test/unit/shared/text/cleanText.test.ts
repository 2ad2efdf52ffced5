import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText, cleanValue, isCleanText, isCleanValue, textSchema } from '../../../../src/shared/text/cleanText'

describe('text from anywhere', () => {
  it.each([
    ['half a surrogate pair', '\ud83d half', '\ufffd half'],
    ['the other half', 'half \ude80', 'half \ufffd'],
    ['NUL', 'a\0b', 'ab'],
    ['an escape sequence', '\u001b[1mbold\u0007', '[1mbold'],
    ['a vertical tab and a form feed', 'one\vtwo\fthree', 'one\ntwo\nthree'],
  ])('is cleaned of %s', (_, given, cleaned) => {
    expect(isCleanText(given)).toBe(false)
    expect(cleanText(given)).toBe(cleaned)
    expect(textSchema.parse(given)).toBe(cleaned)
  })

  it.each(['', 'tab\tand\r\nlines\n', '🚀 👩‍🚀', 'مرحبا \u202e', '漢字', 'e\u0301', '\u0085\u2028\ufeff\ufffe', '  spaces  '])(
    'stays as it is where every reader takes it: %j',
    (text) => {
      expect(isCleanText(text)).toBe(true)
      expect(cleanText(text)).toBe(text)
    },
  )

  it('is clean once it was cleaned, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }), (text) => {
        const cleaned = cleanText(text)
        expect(isCleanText(cleaned)).toBe(true)
        expect(cleanText(cleaned)).toBe(cleaned)
        expect(JSON.parse(JSON.stringify(cleaned))).toBe(cleaned)
        expect(Buffer.from(cleaned).toString()).toBe(cleaned)
      }),
    )
  })

  it('is cleaned all over a JSON value, keys too, and no key is lost', () => {
    const value = { captions: ['a\0', { 'k\0': '\ud800', k: 1 }], n: null, 'k\u0001': [true] }
    expect(cleanValue(value)).toEqual({ captions: ['a', { k: 1, k_: '\ufffd' }], n: null, k: [true] })
    const clean = { captions: ['a'], box: { x: 1 } }
    expect(cleanValue(clean)).toBe(clean)
    fc.assert(
      fc.property(fc.jsonValue(), (any) => {
        expect(isCleanValue(cleanValue(any))).toBe(true)
      }),
    )
  })
})
