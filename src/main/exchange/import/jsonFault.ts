/* oxlint-disable no-control-regex -- JSON does not allow control characters in strings */
/**
 * Where a text stops being JSON (RFC 8259). JavaScript engines word this differently and often leave the place out, so it is
 * looked for here, once `JSON.parse` has said no.
 */
export interface JsonFault {
  /** both 1-based; the column counts UTF-16 units */
  readonly line: number
  readonly column: number
  readonly reason: string
}

const token =
  /[ \t\n\r]*(?:([[\]{},:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-]))/y

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end'

function faultAt(text: string, at: number, expected: string): JsonFault {
  const start = at + (/^[ \t\n\r]*/.exec(text.slice(at))?.[0].length ?? 0)
  const before = text.slice(0, start)
  const lineStart = before.lastIndexOf('\n') + 1
  let line = 1
  for (let i = before.indexOf('\n'); i >= 0; i = before.indexOf('\n', i + 1)) line++
  const reason = start >= text.length ? `the text ends where ${expected} should follow` : `${expected} should stand here`
  return { line, column: start - lineStart + 1, reason }
}

const wording = {
  value: 'a value',
  'value or ]': 'a value or “]”',
  key: 'a name in quotes',
  'key or }': 'a name in quotes or “}”',
  ':': 'a colon',
  ', or end': 'a comma or a closing bracket',
} as const satisfies Record<Expected, string>

/** Finds the first place at which a text is not JSON; null where it is. */
export function findJsonFault(text: string): JsonFault | null {
  const open: ('[' | '{')[] = []
  let expected = 'value' as Expected
  let at = 0
  for (;;) {
    if (expected === ', or end' && open.length === 0) return text.slice(at).trim() === '' ? null : faultAt(text, at, 'the end')
    token.lastIndex = at
    const match = token.exec(text)
    if (!match) return faultAt(text, at, wording[expected])
    const [, mark, string, scalar] = match
    const inside = open.at(-1)
    const takesValue = expected === 'value' || expected === 'value or ]'
    const takesKey = expected === 'key' || expected === 'key or }'
    if (string !== undefined && takesKey) expected = ':'
    else if ((string !== undefined || scalar !== undefined) && takesValue) expected = ', or end'
    else if (mark === '[' && takesValue) {
      open.push('[')
      expected = 'value or ]'
    } else if (mark === '{' && takesValue) {
      open.push('{')
      expected = 'key or }'
    } else if (mark === ':' && expected === ':') expected = 'value'
    else if (mark === ',' && expected === ', or end') expected = inside === '{' ? 'key' : 'value'
    else if (
      (mark === ']' && inside === '[' && expected !== 'value') ||
      (mark === '}' && inside === '{' && (expected === 'key or }' || expected === ', or end'))
    ) {
      open.pop()
      expected = ', or end'
    } else return faultAt(text, at, wording[expected])
    at = token.lastIndex
  }
}

/** One line about a fault; with the line number only where the text may have several. */
export function describeJsonFault(text: string, withLine: boolean): string {
  try {
    const fault = findJsonFault(text)
    return fault === null
      ? 'not valid JSON'
      : `not valid JSON at ${withLine ? `line ${fault.line}, ` : ''}column ${fault.column}: ${fault.reason}`
  } catch (error) {
    // A string of many megabytes is more than a regular expression takes.
    if (error instanceof RangeError) return 'not valid JSON'
    throw error
  }
}
