import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeJsonFault, findJsonFault } from '../../../src/main/exchange/import/json/jsonFault'
import { toEnglish } from '../../../src/shared/messages/translate'

const isJson = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('findJsonFault', () => {
  it('agrees with JSON.parse on what is JSON', () => {
    const nearly = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', ']', '"', ':', '0', 'x', '\\', '\n', '\u0001'))
      .map(([json, at, put]) => {
        const cut = at % (json.length + 1)
        return json.slice(0, cut) + put + json.slice(cut + 1)
      })
    fc.assert(
      fc.property(fc.oneof(fc.json(), nearly, fc.string()), (text) => {
        expect(findJsonFault(text) === null).toBe(isJson(text))
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['', 1, 1],
    ['{"a": 1,}', 1, 9],
    ['{"a" 1}', 1, 6],
    ['[1, 2', 1, 6],
    ['{\n  "a": [1, 2,],\n}', 2, 14],
    ['[1]\n[2]', 2, 1],
    ['{"a": 01}', 1, 7],
    ["{'a': 1}", 1, 2],
    ['[tru]', 1, 2],
  ])('finds the place in %j', (text, line, column) => {
    expect(findJsonFault(text)).toMatchObject({ line, column })
    expect(toEnglish(describeJsonFault(text, true))).toContain(`line ${line}, column ${column}`)
  })

  it.each([
    ['["a", "b]', 1, 7, 'the string that starts here is never closed'],
    ['["a\\', 1, 2, 'the string that starts here is never closed'],
    ['{\n "a": "b,\n "c": 1}', 2, 7, 'the string that starts here is not closed on its line'],
    ['{"a": 1,\r\n "b: 2,\r\n "c": 3}', 2, 2, 'the string that starts here is not closed on its line'],
    ['["a\tb"]', 1, 4, 'a string contains a control character; write a tab as \\t'],
    ['["c:\\images"]', 1, 5, 'a backslash in a string must be written twice'],
    ['["\\u12"]', 1, 3, 'expected four hexadecimal digits after “\\u”'],
    ['["a" "b]', 1, 6, 'expected a comma or a closing bracket here'],
  ])('says what is wrong with the string in %j', (text, line, column, reason) => {
    const fault = findJsonFault(text)
    expect(fault).toMatchObject({ line, column })
    expect(toEnglish(fault?.reason ?? '')).toBe(reason)
  })
})
