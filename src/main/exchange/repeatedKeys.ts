/**
 * Returns the keys that occur more than once in an object of a JSON text at nesting level `depth` (0 = outermost): parsers keep the last
 * value without a warning. The text must be valid JSON.
 */
export function findRepeatedKeys(text: string, depth: number): ReadonlySet<string> {
  const repeated = new Set<string>()
  /** Keys of the current object at `depth`. */
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

/**
 * Returns a key that occurs twice in the outermost object of a JSON text, or null; much faster if there is none.
 * @param value the parsed text
 */
export function findRepeatedKey(text: string, value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  for (const key in value) {
    const name = `"${key}"`
    if (text.indexOf(name) !== text.lastIndexOf(name)) return [...findRepeatedKeys(text, 0)][0] ?? null
  }
  return null
}

/** Returns the position after the closing quote. */
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
