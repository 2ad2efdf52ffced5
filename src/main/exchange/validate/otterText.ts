/** What Otter's loader makes of text (`pre_question`, `pre_answer` and the tokenizer call of `MimicitDataset`). */

/** Its `[^\w\s.,?!()"']`; Python's `\w` are the letters and numbers of all scripts, without combining marks. */
const stripped = /[^\p{L}\p{N}_\s.,?!()"']/gu

/** The characters it removes, in order. */
export function strippedCharacters(text: string): readonly string[] {
  return text.match(stripped) ?? []
}

export const tokenLimit = 2048

/** Its words around a turn (`<image>User:… GPT:<answer>…<|endofchunk|>`), in tokens, generously. */
const tokensAround = 12

type CountTokens = (text: string) => number
let loaded: Promise<CountTokens> | undefined

async function loadCounter(): Promise<CountTokens> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base')
  return (text) => countTokens(text, { disallowedSpecial: new Set() })
}

/**
 * Whether turns that stand before each other are cut off. The loader counts with its own model's vocabulary; this counts with o200k_base, so
 * it is near but not exact. Text that is too short in bytes to be over the limit is not counted.
 */
export async function exceedsTokenLimit(turns: readonly { readonly instruction: string; readonly answer: string }[]): Promise<boolean> {
  const around = turns.length * tokensAround
  const bytes = turns.reduce((sum, { instruction, answer }) => sum + Buffer.byteLength(instruction) + Buffer.byteLength(answer), 0)
  if (bytes + around <= tokenLimit) return false
  const count = await (loaded ??= loadCounter())
  let tokens = around
  for (const { instruction, answer } of turns) {
    tokens += count(instruction) + count(answer)
    if (tokens > tokenLimit) return true
  }
  return false
}
