import { InvalidArgumentError } from 'commander'
import { importFormatSchema } from '../../shared/domain'
import { parseShares } from './snapshot'

/**
 * Parsers of option values: each reads one kind from the text of the command line. @throws InvalidArgumentError that lists the allowed
 * values
 */

export const positive = (text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number from 1 up.')
  return value
}
export const seed = (text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** 31) throw new InvalidArgumentError('It must be a whole number from 0 up.')
  return value
}
export const share = (text: string): number => {
  const value = Number(text)
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('It must be a number from 0 to 1.')
  return value
}
export const shares = (text: string) => {
  const parsed = parseShares(text)
  if (parsed === null) throw new InvalidArgumentError('It must be two or three whole numbers that add up to 100, such as 80/10/10.')
  return parsed
}
export const rating = (text: string): number => {
  const value = Number(text)
  if (!(value >= 1 && value <= 5)) throw new InvalidArgumentError('It must be a number from 1 to 5.')
  return value
}
/** Parses an interval in seconds, at least a millisecond, which is the precision of stored times. */
export const secondsApart = (text: string): number => {
  const value = Number(text)
  if (!(value >= 0.001) || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number of seconds from 0.001 up.')
  return value
}
/** Parses an import format. For a format that can only be exported, the error names the format that reads it. */
export const importFormat = (text: string): string => {
  if (text === 'syphus')
    throw new InvalidArgumentError('A prompt file is imported with prompt import --file, as a prompt with its examples.')
  const allowed: readonly string[] = importFormatSchema.options
  if (!allowed.includes(text)) throw new InvalidArgumentError(`Allowed choices are ${allowed.join(', ')}.`)
  return text
}
