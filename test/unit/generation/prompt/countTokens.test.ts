import { expect, it } from 'vitest'
import { countMessageTokens, countTokens } from '../../../../src/main/generation/prompt/countTokens'

it('counts as the o200k_base vocabulary does', async () => {
  expect(await countTokens('')).toBe(0)
  expect(await countTokens('hello world')).toBe(2)
  expect(await countTokens('A tabby cat looks to the side.')).toBe(9)
})

it('takes the marks of chat templates for plain text', async () => {
  expect(await countTokens('<|endoftext|>')).toBeGreaterThan(1)
})

it('counts a word of a hundred thousand letters in pieces, nearly right', async () => {
  expect(await countTokens('a'.repeat(100_000))).toBe(12_500)
})

it('adds what every message costs by itself', async () => {
  const message = {
    role: 'user' as const,
    content: [
      { type: 'text' as const, text: 'hello world' },
      { type: 'image' as const, mediaId: 1, fileName: 'a.jpg' },
    ],
  }
  expect(await countMessageTokens([message])).toBe(3 + 4 + 2)
  expect(await countMessageTokens([message, message])).toBe(3 + 2 * (4 + 2))
})
