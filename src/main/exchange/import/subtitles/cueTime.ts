/** Hours where there are any, minutes, seconds, and a fraction of any length behind a point, a comma or a colon. */
const time = /^(?:(\d+)\s*:\s*)?(\d{1,2})\s*:\s*(\d{1,2})(?:\s*([.,:])\s*(\d+))?$/

/**
 * Seconds of a time such as `01:02:03,456`, `2:03.4` or `00:00:08:000`; null for anything else. Two digits behind a colon may count
 * frames, so that they are no fraction unless they are zero.
 */
export function secondsOf(text: string): number | null {
  const match = time.exec(text.trim())
  if (!match) return null
  const [, hours = '0', minutes = '', seconds = '', mark, fraction = ''] = match
  if (Number(minutes) > 59 || Number(seconds) > 59) return null
  if (mark === ':' && fraction.length < 3 && Number(fraction) > 0) return null
  // Adding the fraction as text keeps 0.46 what it is.
  return Number(`${Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)}.${fraction || 0}`)
}

/** Seconds of the two times of a line; null where it holds others, `none` where it is no line of times. */
export type CueTimes = { readonly start: number; readonly end: number } | null | 'none'

const arrow = /-->|[-–—]+>|→/
/** Two times in a row, however they are written: such a line is no text. */
const looksLikeTimes = /^[\s\d:.,-]*\d\s*:\s*\d[\d\s:.,]*\D{1,6}[\d\s]+:\s*\d[\d\s:.,]*$/

/** The times of a line of WebVTT or SubRip, with what may stand behind them. A line with `-->` always begins a cue. */
export function readArrow(line: string): CueTimes {
  const match = arrow.exec(line)
  const isCue = line.includes('-->')
  const at = isCue ? line.indexOf('-->') : (match?.index ?? -1)
  if (at < 0 || !match) return looksLikeTimes.test(line) ? null : 'none'
  const rest = line.slice(at + (isCue ? 3 : match[0].length)).trim()
  const [start, end] = [secondsOf(line.slice(0, at)), secondsOf(/^[\d:.,\s]*\d(?=\s|$)/.exec(rest)?.[0] ?? '')]
  if (start !== null && end !== null) return { start, end }
  return isCue || looksLikeTimes.test(line) ? null : 'none'
}

const commaLine = /^(\d+:\d{1,2}:\d{1,2}[.]\d+)\s*,\s*(\d+:\d{1,2}:\d{1,2}[.]\d+)$/

/** The times of a line of SubViewer (`0:00:00.500,0:00:02.000`), as YouTube writes it. */
export function readCommaTimes(line: string): CueTimes {
  const [, from = '', to = ''] = commaLine.exec(line.trim()) ?? []
  if (from === '') return looksLikeTimes.test(line) ? null : 'none'
  const [start, end] = [secondsOf(from), secondsOf(to)]
  return start === null || end === null ? null : { start, end }
}
