import { type Said, say } from '../../../../shared/say'
/* oxlint-disable no-control-regex -- JSON does not allow control characters in strings */
/**
 * Where a text stops being JSON (RFC 8259). JavaScript engines word this differently and often leave the place out, so it is
 * looked for here, once `JSON.parse` has said no.
 */
export interface JsonFault {
  /** both 1-based; the column counts UTF-16 units */
  readonly line: number
  readonly column: number
  readonly reason: Said
}

const token =
  /[ \t\n\r]*(?:([[\]{},:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-]))/y

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end'

function faultAt(text: string, at: number, reason: Said): JsonFault {
  const before = text.slice(0, at)
  const lineStart = before.lastIndexOf('\n') + 1
  let line = 1
  for (let i = before.indexOf('\n'); i >= 0; i = before.indexOf('\n', i + 1)) line++
  return { line, column: at - lineStart + 1, reason }
}

const spaceEnd = (text: string, at: number) => at + (/^[ \t\n\r]*/.exec(text.slice(at))?.[0].length ?? 0)

function missing(text: string, at: number, expected: Said): JsonFault {
  const start = spaceEnd(text, at)
  return faultAt(
    text,
    start,
    start >= text.length ? say`the text ends where ${expected} should follow` : say`${expected} should stand here`,
  )
}

const unclosedString = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y

/** What is wrong with the string that begins here; null where none does, or nothing is. */
function stringFault(text: string, at: number): JsonFault | null {
  const start = spaceEnd(text, at)
  unclosedString.lastIndex = start
  if (!unclosedString.test(text)) return null
  const end = unclosedString.lastIndex
  const next = text[end]
  if (next === '"') return null
  if (next === undefined || next === '\n' || next === '\r' || (next === '\\' && end + 1 === text.length))
    return faultAt(
      text,
      start,
      next === '\n' || next === '\r'
        ? say`the string that begins here has no closing quote in its line`
        : say`the string that begins here has no closing quote before the text ends`,
    )
  if (next !== '\\') return faultAt(text, end, say`a control character stands in a string; a tab is written \\t`)
  return text[end + 1] === 'u'
    ? faultAt(text, end, say`four hexadecimal digits should follow “\\u”`)
    : faultAt(text, end, say`a backslash in a string is written twice`)
}

const otherValue = /[ \t\n\r]*(?:(-?(?:NaN|Infinity|Inf|nan|inf))|(None|True|False|undefined)|(\/\/|\/\*|#)|(['‘’“”]))/y

/** What stands where JSON has a value, a name or a comma, as programs and people write it; null for anything else. */
function otherFault(text: string, at: number): JsonFault | null {
  otherValue.lastIndex = at
  const [whole, number, word, comment, quote] = otherValue.exec(text) ?? []
  if (whole === undefined) return null
  const start = at + whole.length - (number ?? word ?? comment ?? quote ?? '').length
  if (number !== undefined) return faultAt(text, start, say`“${number}” is no JSON value; write null or leave it out`)
  if (word !== undefined) return faultAt(text, start, say`“${word}” is no JSON value; JSON has null, true and false`)
  if (comment !== undefined) return faultAt(text, start, say`JSON has no comments; take this one out`)
  return faultAt(text, start, say`JSON has only straight double quotes (")`)
}

const wording = {
  value: say`a value`,
  'value or ]': say`a value or “]”`,
  key: say`a name in quotes`,
  'key or }': say`a name in quotes or “}”`,
  ':': say`a colon`,
  ', or end': say`a comma or a closing bracket`,
} as const satisfies Record<Expected, Said>

/** Finds the first place at which a text is not JSON; null where it is. */
export function findJsonFault(text: string): JsonFault | null {
  const open: ('[' | '{')[] = []
  let expected = 'value' as Expected
  let at = 0
  for (;;) {
    if (expected === ', or end' && open.length === 0) return text.slice(at).trim() === '' ? null : missing(text, at, say`the end`)
    token.lastIndex = at
    const match = token.exec(text)
    const takesValue = expected === 'value' || expected === 'value or ]'
    const takesKey = expected === 'key' || expected === 'key or }'
    if (!match) return ((takesValue || takesKey) && stringFault(text, at)) || otherFault(text, at) || missing(text, at, wording[expected])
    const [, mark, string, scalar] = match
    const inside = open.at(-1)
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
    } else return missing(text, at, wording[expected])
    at = token.lastIndex
  }
}

/** One line about a fault; with the line number only where the text may have several. */
export function describeJsonFault(text: string, withLine: boolean): Said {
  try {
    const fault = findJsonFault(text)
    if (fault === null) return say`not valid JSON`
    return withLine
      ? say`not valid JSON at line ${fault.line}, column ${fault.column}: ${fault.reason}`
      : say`not valid JSON at column ${fault.column}: ${fault.reason}`
  } catch (error) {
    // A string of many megabytes is more than a regular expression takes.
    if (error instanceof RangeError) return say`not valid JSON`
    throw error
  }
}
