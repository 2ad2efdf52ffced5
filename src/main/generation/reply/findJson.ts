import { isQuote, type Json, type JsonFault, readJson, type ReadJson } from './readJson'
import { namesPairs } from './keyNames'
import { isFormOnly } from './placeholders'

export interface FoundValue {
  readonly value: Json
  /** Range in the text; `end` is exclusive. */
  readonly start: number
  readonly end: number
  readonly elided: boolean
  readonly comments: readonly string[]
}

export interface FoundJson {
  /** Values in the order of the text. */
  readonly values: readonly FoundValue[]
  /** Fault of the first unreadable JSON; values after it are not searched. */
  readonly fault: { readonly kind: JsonFault; readonly at: number } | null
}

const maxValues = 10_000
/** Maximum number of pieces of damaged JSON that are checked for a repeated form: a model repeats few. */
const maxForms = 100

/** Finds the objects and lists in a text, whatever surrounds them, in linear time. */
export function findJson(text: string): FoundJson {
  const values: FoundValue[] = []
  const effort = createEffort(text)
  let forms = maxForms
  for (let start = nextJson(text, 0); start >= 0;) {
    const read = readJsonAt(text, start)
    if ('fault' in read) {
      const form = read.fault === 'damaged' && forms-- > 0 ? endOfForm(text, start) : null
      if (form !== null) {
        start = nextJson(text, form)
        continue
      }
      const isProse = read.fault === 'damaged' && !namesPairs(text.slice(start, read.at))
      if (!isProse || !effort.spend(read.at - start)) return { values, fault: { kind: read.fault, at: read.at } }
      start = nextJson(text, start + 1)
    } else {
      values.push({ ...read, start })
      if (values.length > maxValues) return { values, fault: { kind: 'too-many', at: start } }
      start = nextJson(text, read.end)
    }
  }
  return { values, fault: null }
}

const formEnd = /\n\s*\n|```|$/g

/** Returns the end of a form that the model repeated in its own notation; null if the text has more than the words of a form. */
function endOfForm(text: string, start: number): number | null {
  formEnd.lastIndex = 0
  const piece = text.slice(start, start + 2000)
  const end = formEnd.exec(piece)?.index ?? piece.length
  return isFormOnly(piece.slice(0, end)) ? start + end : null
}

/** Limits the characters that may be read without success, so that a text full of odd brackets still takes linear time. */
export function createEffort(text: string): { readonly spend: (characters: number) => boolean } {
  let left = text.length + 100_000
  return { spend: (characters) => (left -= characters + 1) > 0 }
}

const bracket = /[^[{"]*/y
const spaces = /\s*/y
const bareKey = /[\p{L}_$][\p{L}\p{N}_$-]{0,60}\s{0,9}[:：]/uy

/** Returns the start of the next JSON, or -1. Prose has brackets too: in JSON, a string, a key, a bracket or the end follows. */
export function nextJson(text: string, from: number): number {
  for (let at = from; ; at++) {
    bracket.lastIndex = at
    bracket.test(text)
    at = bracket.lastIndex
    if (at >= text.length) return -1
    if (beginsJson(text, at)) return at
  }
}

function beginsJson(text: string, at: number): boolean {
  spaces.lastIndex = at + 1
  spaces.test(text)
  const next = spaces.lastIndex
  const character = text[next]
  if (text[at] === '"') return character !== undefined && '[{\\'.includes(character) && isEncoded(text, at)
  if (character === undefined || isQuote(character) || text.startsWith('\\"', next)) return true
  if (text.startsWith('//', next) || text.startsWith('/*', next)) return true
  if (text[at] === '[') return character === '{' || character === '[' || character === ']'
  bareKey.lastIndex = next
  return character === '}' || bareKey.test(text)
}

/** Reads the JSON at an index that `nextJson` returned. */
export const readJsonAt = (text: string, start: number): ReadJson =>
  isEncoded(text, start) ? readEncoded(text, start) : readJson(text, start)

const escapedQuote = /"?[\\nrt\s"]{0,12}[[{][\\nrt\s[{]{0,40}\\"/y

/** Returns whether JSON is written as a JSON string, `"{\"pairs\": …}"`, or as the inside of one. */
function isEncoded(text: string, start: number): boolean {
  escapedQuote.lastIndex = start
  return escapedQuote.test(text)
}

const stringEnd = /(?<!\\)"/g

/** Reads JSON that is encoded as a string. @returns the string, in which JSON can be found */
function readEncoded(text: string, start: number): ReadJson {
  const isString = text[start] === '"'
  const from = isString ? start + 1 : start
  stringEnd.lastIndex = from
  const end = stringEnd.exec(text)?.index
  if (isString && end === undefined) return { fault: 'unclosed', at: text.length }
  const quoted = readJson(`"${text.slice(from, end)}"`, 0)
  const at = end ?? text.length
  if ('fault' in quoted || typeof quoted.value !== 'string') return { fault: 'damaged', at }
  const { values, fault } = findJson(quoted.value)
  const comments = values.flatMap((inner) => inner.comments)
  return fault ? { fault: fault.kind, at } : { value: quoted.value, end: isString ? at + 1 : at, elided: false, comments }
}
