/** A number in its source notation, since `3.10` as a response must not become `3.1`. */
export class JsonNumber {
  constructor(readonly source: string) {}
}

/** Objects are maps, which keep the order of keys and have no prototype that a key could collide with. */
export type JsonObject = ReadonlyMap<string, Json>
export type Json = string | boolean | null | JsonNumber | readonly Json[] | JsonObject

export const isObject = (value: Json | undefined): value is JsonObject => value instanceof Map
export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

export type JsonFault = 'unclosed' | 'damaged' | 'too-deep' | 'too-many'

export type ReadJson =
  /** `end`: index after the value; `elided`: dots replace entries; `comments`: the first comments in the value, without delimiters. */
  | { readonly value: Json; readonly end: number; readonly elided: boolean; readonly comments: readonly string[] }
  | { readonly fault: JsonFault; readonly at: number }

const maxDepth = 64
/** Maximum number of pieces of a string before they are joined, which limits the memory for a string full of escapes. */
const maxParts = 10_000

const doubleQuotes = '“”„‟«»＂'
const singleQuotes = '‘’‚‛‹›'
const closersOf = new Map<string, string>([
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ...[...doubleQuotes].map((quote) => [quote, doubleQuotes] as const),
  ...[...singleQuotes].map((quote) => [quote, singleQuotes] as const),
])
export const isQuote = (character: string | undefined) => character !== undefined && closersOf.has(character)

const commas = new Set([',', '，', '、'])
const colons = new Set([':', '：'])
const endsString = new Set([...commas, ...colons, '}', ']'])
const escapes = new Map(Object.entries({ n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '/': '/', '\\': '\\', '"': '"', "'": "'", '`': '`' }))
/** Characters that Markdown escapes needlessly. */
const markdownEscapes = new Set(['_', '*'])
const literals = new Map<string, Json>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['null', null],
  ['None', null],
  ['undefined', null],
])

/** Matches `"one" + "two"` and `"one" "two"`: either code that joins two strings or text with quotation marks, which is ambiguous. */
const sumOfStrings = /["'`]\s*\+\s*["'`]|"[ \t]+"/y
/** LaTeX with an unescaped backslash: no text has a backspace or a form feed before a letter, nor a tab before `heta`. */
const latexCommand =
  /\\(?:[bf][a-zA-Z]+|t(?:heta|imes|ext(?:bf|it|rm|sf|tt)?|au|ilde|riangle|frac)(?![a-z])|n(?:abla|eq|otin)(?![a-z])|r(?:ho|ight(?:arrow)?|angle|ceil|floor)(?![a-z]))/y
/** Commands whose first letter would be a line break or a tab in prose: between dollar signs, or behind an unescaped `\(` or `\[`. */
const latexInMath =
  /\\(?:n(?:e|eg|i|ot|u)|t(?:anh?|o|op)|rm)(?![a-zA-Z])(?:(?=[^$"\n]{0,200}(?<=\S)\$(?!\d))(?<=(?:[\s"(]|\\n)\$[^\s$"][^$"\n]{0,200})|(?<=(?<!\\)\\[([](?:(?!\\[)\]])[^"\n]){0,200}))/y
/** Path with unescaped backslashes, after a drive letter and a colon. */
const windowsPath = /(?:\\(?!["\\/])[^\\"\s:*?<>|]+)+/y
const spaces = /\s*/y
const bareKey = /[\p{L}_$][\p{L}\p{N}_$-]{0,60}/uy
const bareWord = /[\p{L}_]+/uy
const number = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?%?(?![\p{L}\p{N}_])/uy
const dots = /\.{3,}|…/y
const lineEnd = /[\n\r]|$/g
const hexadecimal = /[0-9a-fA-F]{4}/y
/** Escapes of Python and JavaScript. */
const otherCode = /x[0-9a-fA-F]{2}|U00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4}/y

/** Comments that models write instead of entries. */
const standsForMore =
  /\.{3}|…|\b(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|add)\s+more\b|\b(?:more|other|remaining|additional|further)\s+(?:\w{1,20}\s+)?(?:pairs?|questions?|items?|entries|examples?|rounds?|turns?|conversations?)\b|\b(?:the rest|omitted|and so on|etc)\b/i

/** Maximum number of comments, and of characters per comment. */
const maxComments = 100
const longestComment = 200

/** Thrown to stop reading; a single instance, since a text full of odd brackets would otherwise create millions. */
const stopped = new Error('the JSON cannot be read')

/**
 * Reads the JSON value that begins at an index, in linear time. Tolerates damage of model output if its meaning is unambiguous: trailing
 * and missing commas, comments, other quotation marks, quotation marks and line breaks inside strings, bare keys, Python literals. Never
 * closes an unclosed value. A duplicate key in an object counts as damage, since one of its values would be lost.
 */
export function readJson(text: string, at: number): ReadJson {
  const reader = new Reader(text, at)
  try {
    const value = reader.readValue(0)
    return { value, end: reader.at, elided: reader.elided, comments: reader.comments }
  } catch (error) {
    if (error === stopped && reader.fault) return reader.fault
    throw error
  }
}

/** Characters of a string other than quotation marks and escapes. */
const plainText = /[^"\\]*/y
const otherText = new RegExp(`[^"'\`${doubleQuotes}${singleQuotes}\\\\]*`, 'y')

class Reader {
  elided = false
  readonly comments: string[] = []
  fault: { readonly fault: JsonFault; readonly at: number } | null = null

  constructor(
    private readonly text: string,
    public at: number,
  ) {}

  readValue(depth: number): Json {
    if (depth > maxDepth) this.stop('too-deep', this.at)
    const character = this.text[this.at]
    if (character === undefined) this.stop('unclosed', this.at)
    if (character === '{') return this.readObject(depth)
    if (character === '[') return this.readList(depth)
    if (isQuote(character)) return this.readString()
    const digits = this.match(number)
    if (digits !== null) return new JsonNumber(digits)
    const start = this.at
    const literal = literals.get(this.match(bareWord) ?? '')
    if (literal === undefined) this.stop('damaged', start)
    return literal
  }

  private readList(depth: number): readonly Json[] {
    const entries: Json[] = []
    this.at++
    while (!this.closes(']')) entries.push(this.readValue(depth + 1))
    return entries
  }

  private readObject(depth: number): JsonObject {
    const entries = new Map<string, Json>()
    this.at++
    while (!this.closes('}')) {
      const start = this.at
      const key = isQuote(this.text[this.at]) ? this.readString() : this.match(bareKey)
      this.skipSpace()
      if (key === null || entries.has(key) || !colons.has(this.current())) this.stop('damaged', start)
      this.at++
      this.skipSpace()
      entries.set(key, commas.has(this.current()) || this.current() === '}' ? null : this.readValue(depth + 1))
    }
    return entries
  }

  /** Skips separators between entries, and the bracket if the list or object ends here. */
  private closes(bracket: string): boolean {
    for (;;) {
      this.skipSpace()
      const character = this.current()
      if (commas.has(character)) this.at++
      else if (this.match(dots) !== null) this.elided = true
      else if (this.text.startsWith('```', this.at)) this.stop('unclosed', this.at)
      else {
        if (character === bracket) this.at++
        return character === bracket
      }
    }
  }

  private readString(): string {
    const open = this.current()
    if (this.text.startsWith('"""', this.at)) return this.readBlockString()
    const closers = closersOf.get(open) ?? open
    const start = this.at
    let innerQuotes = 0
    const blocks: string[] = []
    let parts: string[] = []
    let from = ++this.at
    for (;;) {
      this.at = endOf(this.text, open === '"' ? plainText : otherText, this.at)
      const character = this.text[this.at]
      if (character === undefined) this.stop('unclosed', this.at)
      if (character === '\\') {
        parts.push(this.text.slice(from, this.at), this.readEscape())
        from = this.at
        if (parts.length > maxParts) {
          blocks.push(parts.join(''))
          parts = []
        }
      } else if (closers.includes(character) && this.match(sumOfStrings) !== null) this.stop('damaged', this.at)
      else if (closers.includes(character) && this.endsStringAt(this.at + 1)) {
        // An opening quotation mark without a closing one: either one is missing here, or this one belongs to the text.
        if (open === '"' && innerQuotes % 2 === 1) this.stop('damaged', start)
        parts.push(this.text.slice(from, this.at++))
        return blocks.join('') + parts.join('')
      } else {
        const isInch = innerQuotes % 2 === 0 && /\d/.test(this.text[this.at - 1] ?? '')
        if (character === '"' && !isInch) innerQuotes++
        this.at++
      }
    }
  }

  private readBlockString(): string {
    const end = this.text.indexOf('"""', this.at + 3)
    if (end < 0) this.stop('unclosed', this.text.length)
    const block = this.text.slice(this.at + 3, end)
    this.at = end + 3
    return block
  }

  /** Returns whether a quotation mark at the previous index closes the string; otherwise it is part of the text, as in `"a 5" board"`. */
  private endsStringAt(index: number): boolean {
    const next = endOf(this.text, spaces, index)
    const character = this.text[next]
    if (character === undefined || endsString.has(character)) return true
    if (character === '/') return this.text[next + 1] === '/' || this.text[next + 1] === '*'
    if (character === '#') return next > index
    if (this.text.startsWith('```', next)) return true
    return isQuote(character) && /[\n\r]/.test(this.text.slice(index, next))
  }

  private readEscape(): string {
    const character = this.text[this.at + 1]
    if (character === undefined) this.stop('unclosed', this.at)
    const command = this.readPath() ?? this.match(latexCommand) ?? this.match(latexInMath)
    if (command !== null) return command
    this.at++
    const other = this.match(otherCode)
    if (other !== null) return String.fromCodePoint(parseInt(other.slice(1), 16))
    this.at++
    if (character === 'u') {
      const code = this.match(hexadecimal)
      if (code === null && /\d/.test(this.current())) this.stop('damaged', this.at)
      return code === null ? '\\u' : String.fromCharCode(parseInt(code, 16))
    }
    const known = escapes.get(character)
    if (known !== undefined) return known
    return isQuote(character) || markdownEscapes.has(character) ? character : `\\${character}`
  }

  /** Reads a path that contains an invalid escape; `C:\\new` alone is ambiguous. */
  private readPath(): string | null {
    if (!/(?:^|[^A-Za-z])[A-Za-z]:$/.test(this.text.slice(Math.max(0, this.at - 3), this.at))) return null
    const end = endOf(this.text, windowsPath, this.at)
    const path = this.text.slice(this.at, end)
    if (!/\\(?:[^bfnrtu]|u(?![0-9a-fA-F]{4}))/.test(path)) return null
    this.at = end
    return path
  }

  private skipSpace(): void {
    for (;;) {
      this.at = endOf(this.text, spaces, this.at)
      const two = this.text.slice(this.at, this.at + 2)
      const start = this.at
      if (two === '//' || two.startsWith('#')) this.at = this.find(lineEnd)
      else if (two === '/*') this.at = this.behind('*/')
      else break
      const comment = this.text.slice(start, Math.min(this.at, start + longestComment))
      if (standsForMore.test(comment)) this.elided = true
      if (this.comments.length < maxComments) this.comments.push(comment.replace(/^(?:\/[/*]+|#+)|\*+\/$/g, '').trim())
    }
    if (this.at >= this.text.length) this.stop('unclosed', this.at)
  }

  private stop(fault: JsonFault, at: number): never {
    this.fault = { fault, at }
    throw stopped
  }

  private current = (): string => this.text[this.at] ?? ''

  private match(pattern: RegExp): string | null {
    const end = endOf(this.text, pattern, this.at)
    if (end === this.at) return null
    const found = this.text.slice(this.at, end)
    this.at = end
    return found
  }

  private find(pattern: RegExp): number {
    pattern.lastIndex = this.at
    return pattern.exec(this.text)?.index ?? this.text.length
  }

  private behind(end: string): number {
    const found = this.text.indexOf(end, this.at + 2)
    return found < 0 ? this.text.length : found + end.length
  }
}

/** Returns the end of a match of a sticky pattern that begins at an index, or the index if there is no match. */
function endOf(text: string, pattern: RegExp, index: number): number {
  pattern.lastIndex = index
  return pattern.test(text) ? pattern.lastIndex : index
}
