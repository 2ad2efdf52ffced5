import { describe, expect, it } from 'vitest'
import { parseJson } from '../../../src/main/exchange/import/json/jsonFault'

describe('a JSON value', () => {
  it.each([
    ['9007199254740995', '9007199254740995'],
    ['{"id":9007199254740995,"n":1}', { id: '9007199254740995', n: 1 }],
    ['[-12345678901234567890]', ['-12345678901234567890']],
    ['{"a":[{"id": 100000000000000000001}]}', { a: [{ id: '100000000000000000001' }] }],
  ])('keeps the digits of a whole number that JavaScript would round: %s', (text, expected) => {
    expect(parseJson(text)).toEqual(expected)
  })

  it.each([
    '9007199254740991',
    '[0.30000000000000004,199.84000000000003]',
    '[1e30,1.5e300]',
    '"id 9007199254740995"',
    '[1234567890123456]',
  ])('is as JSON.parse has it otherwise: %s', (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text))
  })

  it('is refused as JSON.parse does it', () => {
    expect(() => parseJson('{"id":9007199254740995,}')).toThrow(SyntaxError)
  })
})
