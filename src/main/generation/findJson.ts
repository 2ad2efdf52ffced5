export interface FoundJson {
  /** from a bracket to the one that closes it, in the order of the text; at most `mostChunks` */
  readonly chunks: readonly string[]
  /** a bracket that begins JSON is never closed */
  readonly unfinished: boolean
}

const mostChunks = 50

/** Finds the objects and lists that stand in a text, whatever is written around them. Brackets inside JSON strings do not count. */
export function findJson(text: string): FoundJson {
  const chunks: string[] = []
  let at = nextBracket(text, 0)
  while (at >= 0 && chunks.length < mostChunks) {
    const end = closingBracket(text, at)
    if (end < 0) return { chunks, unfinished: beginsJson(text, at) }
    chunks.push(text.slice(at, end + 1))
    at = nextBracket(text, end + 1)
  }
  return { chunks, unfinished: false }
}

function nextBracket(text: string, from: number): number {
  const found = text.slice(from).search(/[[{]/)
  return found < 0 ? -1 : from + found
}

/** Prose has brackets too: JSON goes on with a string, another bracket, or ends there. */
const beginsJson = (text: string, at: number) => /^(\{\s*("|'|$|\w+\s*:)|\[\s*(\{|\[|"|$))/.test(text.slice(at))

function closingBracket(text: string, from: number): number {
  let depth = 0
  let inString = false
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (inString) {
      if (character === '\\') at++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') {
      depth--
      if (depth === 0) return at
    }
  }
  return -1
}
