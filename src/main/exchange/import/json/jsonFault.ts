import { type Message, message } from '../../../../shared/messages/message'

/** Checked first because it is a much faster test. */
const manyDigits = /\d{16}/
/** Integers with 16 or more digits may exceed 2^53, the limit of exact integers in JavaScript. */
const mayLoseDigits = /(?:^|[^\d.eE+])\d{16,}(?![\d.eE])/

/** Engines provide the source text of a number since V8 11.4; on older engines the rounded number is kept. */
function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source
  return typeof value === 'number' && source !== undefined && /^-?\d{16,}$/.test(source) && String(value) !== source ? source : value
}

/**
 * Parses JSON like `JSON.parse`, but returns an integer that would lose digits as text, so that an id is never rounded to another id.
 * @throws SyntaxError if the text is not JSON
 */
export const parseJson = (text: string): unknown =>
  (manyDigits.test(text) && mayLoseDigits.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)) as unknown

/* oxlint-disable no-control-regex -- JSON does not allow control characters in strings */
/**
 * Position at which a text stops being JSON (RFC 8259). JavaScript engines word this differently and often omit the position, so it is
 * determined here after `JSON.parse` has failed.
 */
export interface JsonFault {
  /** Line and column are 1-based; the column counts UTF-16 code units. */
  readonly line: number
  readonly column: number
  readonly reason: Message
}

const token =
  /[ \t\n\r]*(?:([[\]{},:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-]))/y

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end'

function faultAt(text: string, at: number, reason: Message): JsonFault {
  const before = text.slice(0, at)
  const lineStart = before.lastIndexOf('\n') + 1
  let line = 1
  for (let i = before.indexOf('\n'); i >= 0; i = before.indexOf('\n', i + 1)) line++
  return { line, column: at - lineStart + 1, reason }
}

const spaceEnd = (text: string, at: number) => at + (/^[ \t\n\r]*/.exec(text.slice(at))?.[0].length ?? 0)

function missing(text: string, at: number, expected: Message): JsonFault {
  const start = spaceEnd(text, at)
  return faultAt(
    text,
    start,
    start >= text.length ? message('import.json.endsBefore', { expected }) : message('import.json.expected', { expected }),
  )
}

const unclosedString = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y

/** Returns the error in the string that starts here; null if there is no string or no error. */
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
      next === '\n' || next === '\r' ? message('import.json.unclosedStringInLine') : message('import.json.unclosedString'),
    )
  if (next !== '\\') return faultAt(text, end, message('import.json.controlCharacter'))
  return text[end + 1] === 'u'
    ? faultAt(text, end, message('import.json.unicodeEscape'))
    : faultAt(text, end, message('import.json.backslash'))
}

const otherValue = /[ \t\n\r]*(?:(-?(?:NaN|Infinity|Inf|nan|inf))|(None|True|False|undefined)|(\/\/|\/\*|#)|(['‘’“”]))/y

/**
 * Recognises common non-JSON values that programs and people write instead of a value, a name or a comma. Returns null for anything else.
 */
function otherFault(text: string, at: number): JsonFault | null {
  otherValue.lastIndex = at
  const [whole, number, word, comment, quote] = otherValue.exec(text) ?? []
  if (whole === undefined) return null
  const start = at + whole.length - (number ?? word ?? comment ?? quote ?? '').length
  if (number !== undefined) return faultAt(text, start, message('import.json.invalidNumber', { number }))
  if (word !== undefined) return faultAt(text, start, message('import.json.invalidWord', { word }))
  if (comment !== undefined) return faultAt(text, start, message('import.json.comment'))
  return faultAt(text, start, message('import.json.wrongQuotes'))
}

const wording = {
  value: message('import.json.expect.value'),
  'value or ]': message('import.json.expect.valueOrBracket'),
  key: message('import.json.expect.name'),
  'key or }': message('import.json.expect.nameOrBrace'),
  ':': message('import.json.expect.colon'),
  ', or end': message('import.json.expect.commaOrBracket'),
} as const satisfies Record<Expected, Message>

/** Returns the first position at which a text is not JSON; null if it is valid. */
export function findJsonFault(text: string): JsonFault | null {
  const open: ('[' | '{')[] = []
  let expected = 'value' as Expected
  let at = 0
  for (;;) {
    if (expected === ', or end' && open.length === 0)
      return text.slice(at).trim() === '' ? null : missing(text, at, message('import.json.expect.end'))
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

/** Describes the JSON error of a text in one line. Includes the line number if `withLine` is set, for texts with several lines. */
export function describeJsonFault(text: string, withLine: boolean): Message {
  try {
    const fault = findJsonFault(text)
    if (fault === null) return message('import.json.invalid')
    return withLine
      ? message('import.json.invalidAtLine', { line: fault.line, column: fault.column, reason: fault.reason })
      : message('import.json.invalidAtColumn', { column: fault.column, reason: fault.reason })
  } catch (error) {
    // A regular expression cannot handle a string of many megabytes.
    if (error instanceof RangeError) return message('import.json.invalid')
    throw error
  }
}
