import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { showHidden, splitHidden } from '../../../../src/shared/text/hiddenCharacters'

describe('characters that nobody would see', () => {
  test.each([
    ['a colour of the terminal', 'red: \u001b[31mred', 'red: \\u001b[31mred'],
    ['the title of its window', '\u001b]0;owned\u0007', '\\u001b]0;owned\\u0007'],
    ['the same in one character', '\u009b31mred\u009c', '\\u009b31mred\\u009c'],
    ['a letter withdrawn', 'ab\bc\u007f', 'ab\\u0008c\\u007f'],
    ['a line written over', 'good\rbad', 'good\\u000dbad'],
    ['a zero', 'a\0b', 'a\\u0000b'],
    ['a word written backwards', 'access \u202etxt.exe', 'access \\u202etxt.exe'],
    ['isolated words', '\u2066a\u2069', '\\u2066a\\u2069'],
    ['a space without width', 'pay\u200bpal', 'pay\\u200bpal'],
    ['a joiner of Latin letters', 'pay\u200dpal', 'pay\\u200dpal'],
    ['a mark of direction in a word', 'pay\u200fpal', 'pay\\u200fpal'],
    ['a byte order mark', '\ufeffa', '\\ufeffa'],
    ['a hyphen that is seen only at a line’s end', 'pay\u00adpal', 'pay\\u00adpal'],
    ['a blank letter of Hangul', 'a\u3164b', 'a\\u3164b'],
    ['a line break that is none', 'a\u2028b', 'a\\u2028b'],
    ['words in tags', 'hi\u{e0068}\u{e0069}', 'hi\\udb40\\udc68\\udb40\\udc69'],
    ['bytes in variants', 'a\ufe01\u{e0100}', 'a\\ufe01\\udb40\\udd00'],
  ])('%s', (_, text, shown) => {
    expect(showHidden(text)).toBe(shown)
  })

  test.each([
    ['lines and tabs', 'one\n\ttwo\r\nthree'],
    ['a family', '👨‍👩‍👧‍👦 👩🏽‍🚀 ❤️ 1️⃣ ☎️'],
    ['a flag of a region', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 and 🇳🇱'],
    ['Persian', 'می‌خواهم'],
    ['Hindi', 'क्‍ष and क्‌ष'],
    ['Hebrew with marks of direction', 'שלום\u200f! abc\u200e (שלום)'],
    ['Khmer with places to break a line', 'សួស្តី\u200bពិភពលោក'],
    ['a Japanese name in its own form', '葛\u{e0100}城'],
    ['letters with marks, and a space that does not break', 'e\u0301 n\u0303 a\u00a0b'],
  ])('are left alone in %s', (_, text) => {
    expect(showHidden(text)).toBe(text)
    expect(splitHidden(text)).toBeNull()
  })

  test('leave JSON the same', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), (json) => {
        expect(JSON.parse(showHidden(json))).toEqual(JSON.parse(json))
      }),
    )
  })

  test('are pieces of their own, and the text is the same', () => {
    expect(splitHidden('a\u202eb\u{e0041}')).toEqual([
      { text: 'a', code: null },
      { text: '\u202e', code: 'U+202E' },
      { text: 'b', code: null },
      { text: '\u{e0041}', code: 'U+E0041' },
    ])
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect((splitHidden(text) ?? [{ text }]).map((piece) => piece.text).join('')).toBe(text)
        expect(splitHidden(showHidden(text))).toBeNull()
      }),
    )
  })
})
