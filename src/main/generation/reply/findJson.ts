import { isQuote, type Json, type JsonFault, readJson } from './readJson'
import { namesPairs } from './keyNames'
import { isFormOnly } from './placeholders'

export interface FoundValue {
  readonly value: Json
  /** where it stands in the text, `end` behind it */
  readonly start: number
  readonly end: number
  readonly elided: boolean
}

export interface FoundJson {
  /** in the order of the text */
  readonly values: readonly FoundValue[]
  /** of the first JSON that cannot be read; values behind it are not looked for */
  readonly fault: { readonly kind: JsonFault; readonly at: number } | null
}

const maxValues = 10_000

/** Finds the objects and lists that stand in a text, whatever is written around them, in linear time. */
export function findJson(text: string): FoundJson {
  const values: FoundValue[] = []
  const effort = createEffort(text)
  for (let start = nextJson(text, 0); start >= 0;) {
    const escaped = readEscaped(text, start)
    const read = escaped ?? readJson(text, start)
    if ('fault' in read) {
      const form = read.fault === 'damaged' ? endOfForm(text, start) : null
      if (form !== null) {
        start = nextJson(text, form)
        continue
      }
      const isProse = read.fault === 'damaged' && !namesPairs(text.slice(start, read.at))
      if (!isProse || !effort.spend(read.at - start)) return { values, fault: { kind: read.fault, at: read.at } }
      start = nextJson(text, start + 1)
    } else {
      values.push({ value: read.value, start, end: read.end, elided: read.elided })
      if (values.length > maxValues) return { values, fault: { kind: 'damaged', at: start } }
      start = nextJson(text, read.end)
    }
  }
  return { values, fault: null }
}

const formEnd = /\n\s*\n|```|$/g

/** Where a form ends that the model repeated in its own notation; null where the text is more than the words of a form. */
function endOfForm(text: string, start: number): number | null {
  formEnd.lastIndex = 0
  const piece = text.slice(start, start + 2000)
  const end = formEnd.exec(piece)?.index ?? piece.length
  return isFormOnly(piece.slice(0, end)) ? start + end : null
}

/** Characters that may be read in vain, so that a text full of odd brackets takes linear time all the same. */
export function createEffort(text: string): { readonly spend: (characters: number) => boolean } {
  let left = 4 * text.length + 10_000
  return { spend: (characters) => (left -= characters + 1) > 0 }
}

const bracket = /[[{]/g
const spaces = /\s*/y
const bareKey = /[\p{L}_$][\p{L}\p{N}_$-]{0,60}\s{0,9}[:：]/uy

/** The next bracket that begins JSON, or -1. Prose has brackets too: JSON goes on with a string, a key, another bracket, or ends there. */
export function nextJson(text: string, from: number): number {
  bracket.lastIndex = from
  for (let found = bracket.exec(text); found; found = bracket.exec(text)) if (beginsJson(text, found.index)) return found.index
  return -1
}

function beginsJson(text: string, at: number): boolean {
  spaces.lastIndex = at + 1
  spaces.test(text)
  const next = spaces.lastIndex
  const character = text[next]
  if (character === undefined || isQuote(character) || text.startsWith('\\"', next)) return true
  if (text.startsWith('//', next) || text.startsWith('/*', next)) return true
  if (text[at] === '[') return character === '{' || character === '[' || character === ']'
  bareKey.lastIndex = next
  return character === '}' || bareKey.test(text)
}

const escapedStart = /[[{][\s[{]{0,40}\\"/y
const stringEnd = /(?<!\\)"/g

/** Reads JSON that is written as the inside of a JSON string: `{\"pairs\": …}`. */
function readEscaped(text: string, start: number): ReturnType<typeof readJson> | null {
  escapedStart.lastIndex = start
  if (!escapedStart.test(text)) return null
  stringEnd.lastIndex = start
  const end = stringEnd.exec(text)?.index ?? text.length
  const quoted = readJson(`"${text.slice(start, end)}"`, 0)
  if ('fault' in quoted || typeof quoted.value !== 'string') return { fault: 'damaged', at: end }
  const inner = readJson(quoted.value, 0)
  return 'fault' in inner ? { fault: inner.fault, at: end } : { ...inner, end }
}
