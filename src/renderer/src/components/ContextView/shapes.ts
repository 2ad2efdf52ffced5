/** A value of an annotation: anything that JSON allows. */
export type Value = unknown
export type Fields = Readonly<Record<string, Value>>

export interface Timed {
  /** Seconds; the end is null for a moment. */
  readonly start: number
  readonly end: number | null
  readonly text: string
  /** The other fields of the entry. */
  readonly more: Fields
}

export interface Area {
  readonly label: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly media: number | null
}

/** The form in which a value is shown. */
export type Shape =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'truth'; readonly value: boolean }
  | { readonly kind: 'chips'; readonly texts: readonly string[] }
  | { readonly kind: 'timed'; readonly rows: readonly Timed[] }
  | { readonly kind: 'areas'; readonly areas: readonly Area[] }
  | { readonly kind: 'fields'; readonly fields: readonly (readonly [string, Value])[] }
  | { readonly kind: 'list'; readonly values: readonly Value[] }

const isFields = (value: Value): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const isNumber = (value: Value): value is number => typeof value === 'number' && Number.isFinite(value)

/** Maximum length of a chip; longer texts, and sentences, are shown one below the other. */
const CHIP_LETTERS = 24
const isChip = (value: Value): value is string =>
  typeof value === 'string' && value.length <= CHIP_LETTERS && !/[.!?。！？؟।\n]/u.test(value)

const all = <T>(values: readonly Value[], read: (value: Value) => T | null): readonly T[] | null => {
  const found: T[] = []
  for (const value of values) {
    const one = read(value)
    if (one === null) return null
    found.push(one)
  }
  return found
}

/** Reads a timed sentence or a narration: a text with `start` and `end`, with a `time`, or with a `timestamp` of one or two numbers. */
function timedOf(value: Value): Timed | null {
  if (!isFields(value)) return null
  const { start, end, time, timestamp, text, sentence, caption, ...more } = value
  const words = [text, sentence, caption].find((each) => typeof each === 'string')
  if (typeof words !== 'string') return null
  const given = [start, time, timestamp].find((each) => each !== undefined)
  const [from, to = end] = Array.isArray(given) ? given : [given]
  if (!isNumber(from) || from < 0) return null
  return { start: from, end: isNumber(to) ? to : null, text: words, more }
}

function areaOf(value: Value): Area | null {
  if (!isFields(value)) return null
  const { label, x, y, width, height, media, ...more } = value
  if (typeof label !== 'string' || !isNumber(x) || !isNumber(y) || !isNumber(width) || !isNumber(height)) return null
  if (Object.keys(more).length > 0) return null
  return { label, x, y, width, height, media: isNumber(media) ? media : null }
}

/** Returns the form in which a value is shown, derived from the value alone. */
export function shapeOf(value: Value): Shape {
  if (value === null || value === undefined || value === '') return { kind: 'nothing' }
  if (typeof value === 'boolean') return { kind: 'truth', value }
  if (Array.isArray(value)) return shapeOfList(value)
  if (!isFields(value)) return { kind: 'text', text: String(value) }
  const area = areaOf(value)
  if (area) return { kind: 'areas', areas: [area] }
  const fields = Object.entries(value)
  return fields.length === 0 ? { kind: 'nothing' } : { kind: 'fields', fields }
}

function shapeOfList(values: readonly Value[]): Shape {
  if (values.length === 0) return { kind: 'nothing' }
  if (values.every(isNumber)) return { kind: 'text', text: values.join(', ') }
  const chips = all(values, (value) => (isChip(value) && value !== '' ? value : null))
  if (chips) return { kind: 'chips', texts: chips }
  const rows = all(values, timedOf)
  if (rows) return { kind: 'timed', rows }
  const areas = all(values, areaOf)
  return areas ? { kind: 'areas', areas } : { kind: 'list', values }
}

/** Returns whether an object fits in one row: it has no nested objects, and no list of objects or lists. */
export const isRow = (value: Value): value is Fields =>
  isFields(value) &&
  Object.values(value).every((part) => !isFields(part) && (!Array.isArray(part) || part.every((each) => typeof each !== 'object')))
