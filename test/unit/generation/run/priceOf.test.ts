import { expect, it } from 'vitest'
import { priceOf, usualReplyTokens } from '../../../../src/main/generation/run/priceOf'

it('the price of a call is that of its tokens, in US dollars', () => {
  expect(priceOf('gpt-4.1', 1_000_000, 0)).toBeCloseTo(2)
  expect(priceOf('gpt-4.1', 0, 1_000_000)).toBeCloseTo(8)
  expect(priceOf('gpt-4.1-2025-04-14', 500_000, 500_000)).toBeCloseTo(5)
  expect(priceOf('gpt-4.1-2031-01-01', 1_000_000, 0)).toBeCloseTo(2)
})

it('a model whose price nobody lists has none, whatever its name', () => {
  for (const model of ['qwen3-vl', '', 'default', 'toString', '__proto__']) expect(priceOf(model, 1, 1)).toBeNull()
})

it('a reply is taken to be no longer than it may be', () => {
  expect(usualReplyTokens(3, 3200)).toBeGreaterThan(100)
  expect(usualReplyTokens(20, 16)).toBe(16)
})
