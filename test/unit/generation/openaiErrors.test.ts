import { describe, expect, it } from 'vitest'
import { readRetryAfter, withoutKey } from '../../../src/main/generation/providers/openaiErrors'

describe('how long a server asks to wait', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after-ms': '120', 'retry-after': '7' }, 120],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT' }, 60_000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('%j is %s ms', (headers, expected) => {
    expect(readRetryAfter(new Headers(headers as Record<string, string>), now)).toBe(expected)
  })
})

it('a key is taken out of any text, a placeholder is not', () => {
  expect(withoutKey('bad sk-secret-123, sk-secret-123', 'sk-secret-123')).toBe('bad [key], [key]')
  expect(withoutKey(new Error('none of sk-secret-123'), 'sk-secret-123')).toBe('none of [key]')
  expect(withoutKey('none of it', 'none')).toBe('none of it')
  expect(withoutKey('anything', null)).toBe('anything')
})
