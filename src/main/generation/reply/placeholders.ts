import { roleOf } from './keyNames'
import { isObject, type Json, type JsonObject } from './readJson'

/** Models often repeat the requested form before they fill it in; its placeholders are not pairs. */

/** Returns whether a text is only a placeholder: dots, the name of the part in brackets, or “your answer here”. */
export function isPlaceholder(text: string): boolean {
  if (text === '' || /^[.…]+$/.test(text)) return text !== ''
  const [, part] = roleGoesHere.exec(text) ?? []
  if (part !== undefined && hasRole(part)) return true
  const [, named] =
    /^(?:<|\[|\{{1,2})\s*(?:(?:your|the|an?|insert|write|first|second|third|example|sample)[ _])*([\p{L} _]{1,30}?)(?: (?:here|text|goes here|\d{1,2}))?\s*(?:>|\]|\}{1,2})$/iu.exec(
      text,
    ) ?? []
  return named !== undefined && (named === 'text' || named === 'string' || hasRole(named))
}

const roleGoesHere = /^\W{0,3}(?:(?:your|the|an?|insert|write)[ _]){0,3}(\p{L}{1,24})(?:[ _]text)?(?:[ _]goes)?[ _]here\W{0,3}$/iu

const hasRole = (name: string) => ['instruction', 'response'].includes(roleOf(name) ?? '')

/** Returns whether a text may be a placeholder; it is one if both halves of a pair are. */
export const mayBePlaceholder = (text: string) =>
  isPlaceholder(text) ||
  isFormWords(text) ||
  /^(?:…|([.?*_•\-–—])(?:\s?\1){2,20})$/.test(bare(text)) ||
  /^\W*(?:undefined|null|none|unknown|foo|bar|lorem ipsum|%s|more|more pairs)\W*$/i.test(text) ||
  /^(?:todo|tbd|n\/?a|placeholder|x{2,}|[-–—_*]+|\$\{?[a-z_ ]{1,30}\}?)$/i.test(text) ||
  /^(?:string|text|str)$/i.test(text) ||
  /^etc\.?$/i.test(text) ||
  /^(?:(?:your|the|example|sample)[ _])?(?:instruction|question|response|answer|input|output)(?: ?\d{1,2}|[ _]here|[ _]text)?[.?!]?$/i.test(
    text,
  )

const fillers = new Set(
  'a an the your my this first second third next another other example sample insert write goes here about image video text string of or and to for'.split(
    ' ',
  ),
)

/** Returns a text without the brackets or quotation marks around it. */
const bare = (text: string) => (/^(?:".*"|'.*'|“.*”|‘.*’|«.*»|\[.*\]|\(.*\)|\{.*\}|<.*>)$/.test(text) ? text.slice(1, -1).trim() : text)

/** Returns whether a text has only the name of a part and filler words, such as “Your question about the image”. */
function isFormWords(text: string): boolean {
  const isPlain = text.length < 100 && /^[\p{L}\p{M}\d_ ()]+[.?!…]{0,3}$/u.test(bare(text))
  const words = isPlain ? [...text.toLowerCase().matchAll(/[\p{L}\p{M}]+/gu)].map(([found]) => found) : []
  return words.some(hasRole) && words.every((found) => fillers.has(found) || hasRole(found))
}

/** Returns whether an object is JSON Schema rather than values. */
export function isSchema(value: JsonObject): boolean {
  const properties = value.get('properties')
  if (isObject(properties)) return [...properties.values()].some(describesType)
  const items = value.get('items')
  return value.has('$schema') || (value.get('type') === 'array' && isObject(items))
}

export const describesType = (value: Json | undefined) =>
  isObject(value) && (value.has('$ref') || ['string', 'array', 'object', 'number', 'boolean'].some((type) => value.get('type') === type))

const word = /[\p{L}\p{N}]{1,40}/gu
const formWords = new Set(
  'pairs conversations rounds kind instruction response reason question answer input output string text str object array list number boolean type conversation detail reasoning'.split(
    ' ',
  ),
)

/** Returns whether damaged JSON consists only of the words of a form: `{ pairs: { instruction: string }[] }`. */
export const isFormOnly = (text: string) =>
  text.length < 2000 && [...text.matchAll(word)].every(([found]) => formWords.has(found.toLowerCase()))
