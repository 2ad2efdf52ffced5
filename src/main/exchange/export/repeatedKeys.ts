/**
 * Keys that an object of a JSON text holds more than once, where the object is nested `depth` deep (0 = the outermost): parsers keep the
 * last one and say nothing. The text must be valid JSON.
 */
export function findRepeatedKeys(text: string, depth: number): ReadonlySet<string> {
  const repeated = new Set<string>()
  /** keys of the object at `depth` that is open */
  let seen = new Set<string>()
  let level = -1
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '{':
      case '[':
        level += 1
        if (level === depth) seen = new Set()
        break
      case '}':
      case ']':
        level -= 1
        break
      case '"': {
        const end = endOfString(text, at)
        if (level === depth && isKey(text, end)) {
          const key = String(JSON.parse(text.slice(at, end)))
          if (seen.has(key)) repeated.add(key)
          seen.add(key)
        }
        at = end - 1
        break
      }
    }
  }
  return repeated
}

/** The place after the closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

const notSpace = /\S/g

function isKey(text: string, after: number): boolean {
  notSpace.lastIndex = after
  return notSpace.exec(text)?.[0] === ':'
}
