import { i18n } from './i18n'

/** Formats a time as date and time in the reader's locale. `time` is in milliseconds since 1970. */
export const formatDate = (time: number) => new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(time)

export const formatNumber = (value: number, digits = 0) =>
  new Intl.NumberFormat(i18n.language, { maximumFractionDigits: digits }).format(value)

/** Formats a share from 0 to 1 in whole percent. */
export const formatShare = (share: number) => new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(share)

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Formats bytes in a suitable unit, in powers of 1000. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const unit = units[power] ?? 'byte'
  const format = new Intl.NumberFormat(i18n.language, {
    style: 'unit',
    unit,
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power === 0 ? 0 : 1,
  })
  return format.format(bytes / 1000 ** power)
}

/** Formats US dollars, with enough digits for a small price. */
export const formatDollars = (price: number) =>
  new Intl.NumberFormat(i18n.language, { style: 'currency', currency: 'USD', maximumSignificantDigits: price < 0.1 ? 2 : 4 }).format(price)
