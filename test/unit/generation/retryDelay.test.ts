import { describe, expect, it } from 'vitest'
import { readDelayInBody, readRetryAfter } from '../../../src/main/generation/providers/http/retryDelay'
import { withoutKey } from '../../../src/main/generation/providers/http/words'

describe('how long a server asks to wait', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after-ms': '120', 'retry-after': '7' }, 120],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT' }, 60_000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '13s' }, 13_000],
    [{ 'ratelimit-reset': '7' }, 7_000],
    [{ 'x-ratelimit-reset': String(now / 1000 + 9), 'x-ratelimit-remaining': '0' }, 9_000],
    [{ 'x-ratelimit-reset': '9', 'x-ratelimit-remaining': '3' }, null],
    [{ 'x-ratelimit-reset-requests': '1m7s', 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-tokens': '9m0s' }, 67_000],
    [{ 'retry-after': '2', 'x-ratelimit-reset': '9' }, 2_000],
    [{}, null],
  ])('%j is %s ms', (headers, expected) => {
    expect(readRetryAfter(new Headers(headers as Record<string, string>), now)).toBe(expected)
  })
})

describe('how long the body of an error asks to wait', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  it.each([
    [{ details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '13s' }] }, '', 13_000],
    [{ details: [{ retryDelay: '0.5s' }] }, 'Please retry in 2s.', 500],
    [{ details: [{ retryDelay: { seconds: 7, nanos: 0 } }] }, '', 7_000],
    [{ retry_after: 4 }, '', 4_000],
    [{ retryAfter: '2.5' }, '', 2_500],
    [{ retry_after_ms: 250 }, '', 250],
    [{ error: 'Model m is currently loading', estimated_time: 20.5 }, '', 20_500],
    [{ metadata: { headers: { 'X-RateLimit-Reset': String(now + 9_000) } } }, '', 9_000],
    [{ metadata: { headers: { 'X-RateLimit-Reset': String((now + 9_000) / 1000) } } }, '', 9_000],
    [{ metadata: { headers: { 'Retry-After': '5' } } }, '', 5_000],
    [{}, 'Rate limit reached for gpt-4o. Please try again in 1.5s. Visit the page of limits.', 1_500],
    [{}, 'Please try again in 2m3s.', 123_000],
    [{}, 'Please try again in 1h2m3.5s.', 3_723_500],
    [{}, 'Please try again in 20ms.', 20],
    [{}, 'Please retry in 13.0s.', 13_000],
    [{}, 'Please retry after 20 seconds.', 20_000],
    [{}, 'Try again in 1 minute and 30 seconds', 90_000],
    [{}, 'Please wait for 30 seconds before the next request', 30_000],
    [{}, 'The limit resets in about 2 hours', 7_200_000],
    [{}, 'At most 5 requests in 10 s; try again later', null],
    [{}, 'Retry 3 items', null],
    [{ retryDelay: null }, '', null],
    ['Too many requests', 'Too many requests', null],
  ])('%j, %j is %s ms', (error, words, expected) => {
    expect(readDelayInBody(error, words, now)).toBe(expected)
  })
})

it('a key is taken out of any text, a placeholder is not', () => {
  expect(withoutKey('bad sk-secret-123, sk-secret-123', 'sk-secret-123')).toBe('bad [key], [key]')
  expect(withoutKey(new Error('none of sk-secret-123'), 'sk-secret-123')).toBe('none of [key]')
  expect(withoutKey('none of it', 'none')).toBe('none of it')
  expect(withoutKey('anything', null)).toBe('anything')
})
