import { z } from 'zod'

/** C0 control characters except tab and line ends: JSON readers, SQLite and C programs fail on them. */
// oxlint-disable-next-line no-control-regex -- these are the characters that text does not hold
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g
// oxlint-disable-next-line no-control-regex -- as above
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/

/** Returns true if a text contains no lone surrogate and no control character except tab and line ends. */
export const isCleanText = (text: string): boolean => text.isWellFormed() && !control.test(text)

/**
 * Returns a text that every reader accepts: replaces lone surrogates by U+FFFD, vertical tabs and form feeds by a line end, and removes
 * other control characters. All input passes through here.
 */
export const cleanText = (text: string): string =>
  isCleanText(text) ? text : text.toWellFormed().replace(controls, (found) => (found === '\v' || found === '\f' ? '\n' : ''))

/** Text that people write, or that comes from a file. */
export const textSchema = z.string().overwrite(cleanText)

/** Returns true if all texts in a JSON value are clean, including the keys of its objects. */
export function isCleanValue(value: unknown): boolean {
  if (typeof value === 'string') return isCleanText(value)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return true
  if (Array.isArray(value)) return value.every(isCleanValue)
  for (const key of Object.keys(value))
    if (!isCleanText(key) || !isCleanValue((value as Readonly<Record<string, unknown>>)[key])) return false
  return true
}

/** Returns a JSON value with clean texts, or the value itself if it is clean. A key that would be a duplicate gets an underscore. */
export function cleanValue<T>(value: T): T {
  return isCleanValue(value) ? value : (toClean(value) as T)
}

function toClean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(toClean)
  const cleaned = new Map<string, unknown>()
  const entries = Object.entries(value)
  // Clean keys keep their name, so that only changed keys get a suffix.
  for (const [key, each] of entries) if (isCleanText(key)) cleaned.set(key, toClean(each))
  for (const [key, each] of entries) {
    if (isCleanText(key)) continue
    let name = cleanText(key)
    while (cleaned.has(name)) name += '_'
    cleaned.set(name, toClean(each))
  }
  return Object.fromEntries(cleaned)
}
