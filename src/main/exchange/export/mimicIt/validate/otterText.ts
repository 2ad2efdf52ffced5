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

/** Whether turns that stand before each other are cut off. */
type ExceedsTokenLimit = (turns: readonly Turn[]) => boolean

/**
 * Loads what tells whether turns are too long for the loader. It counts with its own model's vocabulary; this counts with o200k_base, piece
 * by piece, so it is near but not exact. Each turn is counted once, however many others it stands before; a text that is too short in bytes
 * to be over the limit is not counted.
 */
export async function loadTokenLimit(): Promise<ExceedsTokenLimit> {
  const count = await (loaded ??= loadCounter())
  const bytesOf = new WeakMap<Turn, number>()
  const tokensOf = new WeakMap<Turn, number>()
  const remember = (kept: WeakMap<Turn, number>, turn: Turn, read: () => number): number => {
    const known = kept.get(turn)
    if (known !== undefined) return known
    const value = read()
    kept.set(turn, value)
    return value
  }
  const bytesIn = (turn: Turn) => remember(bytesOf, turn, () => Buffer.byteLength(turn.instruction) + Buffer.byteLength(turn.answer))
  const tokensIn = (turn: Turn) =>
    remember(tokensOf, turn, () => countUpTo(turn.instruction, tokenLimit, count) + countUpTo(turn.answer, tokenLimit, count))
  const isOver = (turns: readonly Turn[], sizeOf: (turn: Turn) => number) => {
    let sum = turns.length * tokensAround
    for (const turn of turns) {
      sum += sizeOf(turn)
      if (sum > tokenLimit) return true
    }
    return false
  }
  return (turns) => isOver(turns, bytesIn) && isOver(turns, tokensIn)
}
