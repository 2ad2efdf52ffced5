import { cleanPairText, type UnusedField } from '../../../shared/domain'

/** Maximum number of characters of a name, and of a value. */
const maxName = 60
const maxValue = 80

/** Returns a field as it is stored: on one line, and shortened. */
export const unusedField = (name: string, value: string, count = 1): UnusedField => ({
  name: shorten(name, maxName),
  count,
  value: shorten(value, maxValue),
})

function shorten(text: string, most: number): string {
  const line = cleanPairText(text.slice(0, 1000).toWellFormed()).replace(/\s+/g, ' ').trim()
  return line.length > most ? `${line.slice(0, most - 1).toWellFormed()}…` : line
}
