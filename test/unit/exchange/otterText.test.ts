import { describe, expect, it } from 'vitest'
import {
  countBytes,
  countStripped,
  exceedsTokenLimit,
  loadTokenCounter,
  tokenLimit,
  type Turn,
} from '../../../src/main/exchange/export/mimicIt/validate/otterText'

const loadLimit = async () => {
  const count = await loadTokenCounter()
  return (turns: readonly Turn[]) => exceedsTokenLimit(turns.map(count))
}

const turn = (instruction: string) => ({ instruction, answer: 'It is.' })

describe('what the loader makes of text', () => {
  it('strips signs, and no letters of any script', () => {
    const kinds = new Set<string>()
    expect(countStripped('10:30, “so” – 漢字 👩‍🚀!', kinds)).toBe(7)
    expect([...kinds]).toEqual([':', '“', '”', '–', '👩', '‍', '🚀'])
    expect(countStripped('What is (it)? "A cat\'s", I_1.', kinds)).toBe(0)
  })

  it('has a limit of tokens, counted over all turns', async () => {
    const exceeds = await loadLimit()
    const words = 'cat '.repeat(1_000)
    expect(exceeds([turn(words)])).toBe(false)
    expect(exceeds([turn(words), turn(words)])).toBe(false)
    expect(exceeds([turn(words), turn(words), turn(words)])).toBe(true)
    expect(exceeds(Array.from({ length: tokenLimit / 12 }, () => turn('')))).toBe(true)
  })

  it.each(['a', '漢', ':', '😀', '7', ' ', 'aB9é', 'e\u0301'])('finds a text without a space too, of millions of %j', async (unit) => {
    const exceeds = await loadLimit()
    expect(exceeds([turn(unit.repeat(2_000_000))])).toBe(true)
    expect(exceeds([turn(unit.repeat(20))])).toBe(false)
    const [count, some] = [await loadTokenCounter(), turn(unit.repeat(300))]
    expect(countBytes(some)).toBeGreaterThanOrEqual(count(some))
    expect(countStripped(unit.repeat(300_000), new Set())).toBe(
      [...unit].filter((each) => [':', '😀', '\u0301'].includes(each)).length * 300_000,
    )
  })

  it('counts as many tokens in pieces as in one, but for a few', async () => {
    const exceeds = await loadLimit()
    const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base')
    const sentence = 'Describe what stands behind the old harbour, and say which boats lie there. '
    // The two turns' words and the loader's around them are at the limit.
    const most = Math.floor((tokenLimit - 12 - countTokens('It is.')) / (countTokens(sentence.repeat(100)) / 100))
    expect(exceeds([turn(sentence.repeat(Math.floor(most * 0.95)))])).toBe(false)
    expect(exceeds([turn(sentence.repeat(Math.ceil(most * 1.05)))])).toBe(true)
  })
})
