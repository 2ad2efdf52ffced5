import { decodeHTMLStrict } from 'entities'
import type { Message } from '../../../../shared/messages/message'

/** The lines of a text without the space around them, and without empty ones. */
const toLines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) =>
      decodeHTMLStrict(line)
        .replaceAll(/[ \t]+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '')

const breakTag = /<br\s*\/?>/gi
/** Overrides of SubStation Alpha, which SubRip files hold as well: `{\an8}`. */
const overrides = /\{\\[^{}]*\}/g
/** The only marks of SubRip; any other `<` or `>` is text. */
const subRipTags = /<\/?(?:b|i|u|s|font)(?:\s[^<>]*)?>/gi

/** The words of a SubRip cue. */
export const subRipText = (text: string): string[] =>
  toLines(text.replaceAll(breakTag, '\n').replaceAll(subRipTags, '').replaceAll(overrides, ''))

/** Tags and times that WebVTT knows (https://www.w3.org/TR/webvtt1/#dom-construction-rules), and HTML's that tools write. */
const knownTag = /^<\/?(?:c|i|b|u|v|lang|ruby|rt|rp|s|font|span|p)(?:[.\s][^<>]*)?>$|^<[\d:.]+>$/i

const voice = /<v(?:\.[^\s<>]*)?\s+[^\s<>]/i

/**
 * The words of a WebVTT cue, without `<v Ann>`, `<i>` and `<00:01.000>`; the reading of a ruby stands in brackets. Anything else
 * between `<` and `>` is left out as well, as WebVTT says, and given as `lost`.
 */
export function webVttText(text: string): { readonly lines: string[]; readonly lost: readonly string[]; readonly hasSpeaker: boolean } {
  const lost: string[] = []
  const plain = text
    .replaceAll(breakTag, '\n')
    .replaceAll(/<rp>[^<]*(?:<\/rp>)?/gi, '')
    .replaceAll(/<rt(?:[.\s][^<>]*)?>([^<]*)(?:<\/rt>)?/gi, (_, reading: string) => (reading.trim() === '' ? '' : `(${reading.trim()})`))
    .replaceAll(/<[^<>]*>/g, (tag) => {
      if (!knownTag.test(tag)) lost.push(tag.replaceAll('\n', ' '))
      return ''
    })
    .replaceAll(overrides, '')
  return { lines: toLines(plain), lost, hasSpeaker: voice.test(text) }
}

/** The words of a SubViewer cue. */
export const subViewerText = (text: string): string[] => subRipText(text.replaceAll('[br]', '\n'))

/** The words of a line of SubStation Alpha; null where it draws instead of writing. */
export function substationText(text: string): string[] | null {
  if (/\{[^{}]*\\p[1-9]/.test(text)) return null
  return toLines(
    text
      .replaceAll(/\{[^{}]*\}/g, '')
      .replaceAll(/\\[Nn]/g, '\n')
      .replaceAll('\\h', '\u00a0'),
  )
}

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

/** What stands behind the times of a SubRip cue and is text: neither places (`X1:40`) nor WebVTT's settings (`align:start`). */
export function textBehindTimes(line: string): string {
  const rest = /-->[\d:.,\s]*\d\s+([^\s\d].*)$/.exec(line)?.[1] ?? ''
  return /^(?:[A-Za-z]\w*:\s*\S+\s*)+$/.test(rest) ? '' : rest
}

const commaLine = /^(\d+:\d{1,2}:\d{1,2}[.]\d+)\s*,\s*(\d+:\d{1,2}:\d{1,2}[.]\d+)$/

/** The times of a line of SubViewer (`0:00:00.500,0:00:02.000`), as YouTube writes it. */
export function readCommaTimes(line: string): CueTimes {
  const [, from = '', to = ''] = commaLine.exec(line.trim()) ?? []
  if (from === '') return looksLikeTimes.test(line) ? null : 'none'
  const [start, end] = [secondsOf(from), secondsOf(to)]
  return start === null || end === null ? null : { start, end }
}

/** A text shown from one second of the video to another; `line` is 1-based. */
export interface TimedCue {
  readonly line: number
  readonly start: number
  readonly end: number
  readonly lines: readonly string[]
  /** whether the file names speakers, which sentences cannot hold */
  readonly hasSpeaker?: boolean
}

/** What cannot be read, and why. */
export interface CueFault {
  readonly line: number
  readonly fault: Message
}

/** What is worth knowing of a cue that was read. */
export interface CueNote {
  readonly line: number
  readonly note: Message
}

export type ReadCue = TimedCue | CueFault | CueNote
