import { z } from 'zod'

/** C0 control characters but tab and line ends: JSON readers, SQLite and programs in C stumble over them. */
// oxlint-disable-next-line no-control-regex -- these are the characters that text does not hold
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g
// oxlint-disable-next-line no-control-regex -- as above
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/

/** Whether a text holds no half of a surrogate pair and no control character but tab and line ends. */
export const isCleanText = (text: string): boolean => text.isWellFormed() && !control.test(text)

/**
 * Returns a text that every reader takes: U+FFFD for half a surrogate pair, a line end for a vertical tab and a form feed, and without other
 * control characters. All ways in come here.
 */
export const cleanText = (text: string): string =>
  isCleanText(text) ? text : text.toWellFormed().replace(controls, (found) => (found === '\v' || found === '\f' ? '\n' : ''))

/** Text that people write, or that comes from a file. */
export const textSchema = z.string().overwrite(cleanText)

/** Whether all texts in a JSON value are clean, the keys of its objects too. */
export function isCleanValue(value: unknown): boolean {
  if (typeof value === 'string') return isCleanText(value)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return true
  if (Array.isArray(value)) return value.every(isCleanValue)
  for (const key of Object.keys(value))
    if (!isCleanText(key) || !isCleanValue((value as Readonly<Record<string, unknown>>)[key])) return false
  return true
}

/** Returns a JSON value with clean texts; itself where they are. A key that is there already gets an underscore. */
export function cleanValue<T>(value: T): T {
  return isCleanValue(value) ? value : (toClean(value) as T)
}

function toClean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(toClean)
  const cleaned = new Map<string, unknown>()
  const entries = Object.entries(value)
  // Keys that are clean keep their name, so that only others give way.
  for (const [key, each] of entries) if (isCleanText(key)) cleaned.set(key, toClean(each))
  for (const [key, each] of entries) {
    if (isCleanText(key)) continue
    let name = cleanText(key)
    while (cleaned.has(name)) name += '_'
    cleaned.set(name, toClean(each))
  }
  return Object.fromEntries(cleaned)
}
