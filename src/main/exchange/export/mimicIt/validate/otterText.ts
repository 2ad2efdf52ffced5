/** What Otter's loader makes of text (`pre_question`, `pre_answer` and the tokenizer call of `MimicitDataset`). */

/** Its `[^\w\s.,?!()"']`; Python's `\w` are the letters and numbers of all scripts, without combining marks. */
const stripped = /[^\p{L}\p{N}_\s.,?!()"']+/gu

/** Adds the characters that it removes from a text to `kinds`. @returns how many there are */
export function countStripped(text: string, kinds: Set<string>): number {
  let count = 0
  for (const run of text.match(stripped) ?? [])
    for (const character of run) {
      kinds.add(character)
      count += 1
    }
  return count
}

export const tokenLimit = 2048

/** Its words around a turn (`<image>User:… GPT:<answer>…<|endofchunk|>`), in tokens, generously. */
const tokensAround = 12

/** The tokenizer merges a word without a space in the square of its length, so it gets no more than this at once. */
const maxAtOnce = 256

type CountTokens = (text: string) => number
let loaded: Promise<CountTokens> | undefined

async function loadCounter(): Promise<CountTokens> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base')
  return (text) => countTokens(text, { disallowedSpecial: new Set() })
}

const isHalf = (code: number) => code >= 0xdc00 && code <= 0xdfff

/** Where a piece that begins at `from` ends: after a space if there is one, and never within a character. */
function endOfPiece(text: string, from: number): number {
  const end = from + maxAtOnce
  if (end >= text.length) return text.length
  const space = text.lastIndexOf(' ', end)
  if (space > from) return space
  return isHalf(text.charCodeAt(end)) ? end - 1 : end
}

/** The tokens of a text, or a number above `most` as soon as there are more. */
function countUpTo(text: string, most: number, count: CountTokens): number {
  let tokens = 0
  for (let from = 0; from < text.length && tokens <= most;) {
    const end = endOfPiece(text, from)
    tokens += count(text.slice(from, end))
    from = end
  }
  return tokens
}

export interface Turn {
  readonly instruction: string
  readonly answer: string
}

/** The UTF-8 bytes of a turn, which are never fewer than its tokens. */
export const countBytes = ({ instruction, answer }: Turn): number => Buffer.byteLength(instruction) + Buffer.byteLength(answer)

/** Whether turns that stand before each other are cut off by the loader. @param sizes of each, in tokens or in what is no less */
export function exceedsTokenLimit(sizes: Iterable<number>): boolean {
  let sum = 0
  for (const size of sizes) {
    sum += size + tokensAround
    if (sum > tokenLimit) return true
  }
  return false
}

/**
 * Loads what counts the tokens of a turn. The loader counts with its own model's vocabulary; this counts with o200k_base, piece by piece, so it
 * is near but not exact. Of a turn that is too long by itself it counts no more than shows that.
 */
export async function loadTokenCounter(): Promise<(turn: Turn) => number> {
  const count = await (loaded ??= loadCounter())
  return ({ instruction, answer }) => countUpTo(instruction, tokenLimit, count) + countUpTo(answer, tokenLimit, count)
}
