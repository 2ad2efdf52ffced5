/** Text processing of Otter's loader (`pre_question`, `pre_answer` and the tokenizer call of `MimicitDataset`). */

/** The loader's `[^\w\s.,?!()"']`; Python's `\w` matches the letters and numbers of all scripts, without combining marks. */
const stripped = /[^\p{L}\p{N}_\s.,?!()"']+/gu

/**
 * Adds the characters that the loader removes from a text to `kinds`.
 * @returns the number of removed characters
 */
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

/** Upper estimate of the tokens that the loader adds to a turn (`<image>User:… GPT:<answer>…<|endofchunk|>`). */
const tokensAround = 12

/** Maximum number of characters passed to the tokenizer at once: its time is quadratic in the length of a word without a space. */
const maxAtOnce = 256

type CountTokens = (text: string) => number
let loaded: Promise<CountTokens> | undefined

async function loadCounter(): Promise<CountTokens> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base')
  return (text) => countTokens(text, { disallowedSpecial: new Set() })
}

const isHalf = (code: number) => code >= 0xdc00 && code <= 0xdfff

/** Returns the end of a piece that begins at `from`: at a space if there is one, and never inside a surrogate pair. */
function endOfPiece(text: string, from: number): number {
  const end = from + maxAtOnce
  if (end >= text.length) return text.length
  const space = text.lastIndexOf(' ', end)
  if (space > from) return space
  return isHalf(text.charCodeAt(end)) ? end - 1 : end
}

/** Returns the number of tokens of a text, or a number above `most` as soon as there are more. */
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

/** Returns the UTF-8 bytes of a turn, which are never fewer than its tokens. */
export const countBytes = ({ instruction, answer }: Turn): number => Buffer.byteLength(instruction) + Buffer.byteLength(answer)

/**
 * Returns whether the loader truncates a sequence of turns.
 * @param sizes size of each turn, in tokens or as an upper bound of its tokens
 */
export function exceedsTokenLimit(sizes: Iterable<number>): boolean {
  let sum = 0
  for (const size of sizes) {
    sum += size + tokensAround
    if (sum > tokenLimit) return true
  }
  return false
}

/**
 * Loads a function that counts the tokens of a turn. The loader uses the vocabulary of its own model; this function uses o200k_base, piece
 * by piece, so the count is approximate. It stops counting once a turn exceeds the limit by itself.
 */
export async function loadTokenCounter(): Promise<(turn: Turn) => number> {
  const count = await (loaded ??= loadCounter())
  return ({ instruction, answer }) => countUpTo(instruction, tokenLimit, count) + countUpTo(answer, tokenLimit, count)
}
