import { decodeHTMLStrict } from 'entities'
import type { Message } from '../../../../shared/messages/message'

/** Returns the trimmed, non-empty lines of a text. */
const splitLines = (text: string, decode = (line: string): string => line): string[] =>
  text
    .split('\n')
    .map((line) =>
      decode(line)
        .replaceAll(/[ \t]+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '')
const toLines = (text: string) => splitLines(text, decodeHTMLStrict)

const breakTag = /<br\s*\/?>/gi
/** Override codes of SubStation Alpha, which SubRip files contain as well: `{\an8}`. */
const overrides = /\{\\[^{}]*\}/g
/** The only tags of SubRip; any other `<` or `>` is text, as in “if a <b and c> d”. */
const subRipTags = /<\/?(?:b|i|u|s)(?:\s[^<>]*=[^<>]*)?\s*>|<\/?font(?:\s[^<>]*)?>/gi

/** Returns the text lines of a SubRip cue. */
export const subRipText = (text: string): string[] =>
  toLines(text.replaceAll(breakTag, '\n').replaceAll(subRipTags, '').replaceAll(overrides, ''))

/** Tags and timestamps defined by WebVTT (https://www.w3.org/TR/webvtt1/#dom-construction-rules), and HTML tags that tools write. */
const knownTag = /^<\/?(?:c|i|b|u|v|lang|ruby|rt|rp|s|font|span|p)(?:[.\s][^<>]*)?>$|^<[\d:.]+>$/i

const voice = /<v(?:\.[^\s<>]*)?\s+[^\s<>]/i

/**
 * Returns the text of a WebVTT cue without `<v Ann>`, `<i>` and `<00:01.000>`; ruby text is put in parentheses. Other tags are removed as
 * well, as WebVTT specifies, and returned as `lost`.
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

/** Returns the text lines of a SubViewer cue. */
export const subViewerText = (text: string): string[] => subRipText(text.replaceAll('[br]', '\n'))

/** Override blocks, comments and escaped braces of SubStation Alpha, and what is between them. */
const substationParts = /\\[{}]|\{[^{}]*\}|[^\\{]+|[\\{]/g

/** Returns the text lines of a SubStation Alpha event, without its drawings; null if it is only a drawing. It has no character references. */
export function substationText(text: string): string[] | null {
  let isDrawing = false
  let hasDrawing = false
  let plain = ''
  for (const [part] of text.matchAll(substationParts)) {
    const drawing = part.startsWith('{') ? part.match(/\\p\d+/g)?.at(-1) : undefined
    if (drawing !== undefined) {
      isDrawing = drawing !== '\\p0'
      hasDrawing ||= isDrawing
    } else if (isDrawing || (part.startsWith('{') && part.endsWith('}'))) continue
    else plain += /^\\[{}]$/.test(part) ? part.slice(1) : part // `\{` is a brace, as in libass
  }
  const lines = splitLines(plain.replaceAll(/\\[Nn]/g, '\n').replaceAll('\\h', '\u00a0'))
  return hasDrawing && lines.length === 0 ? null : lines
}

/** Optional hours, minutes, seconds, and a fraction of any length after a point, comma or colon. */
const time = /^(?:(\d+)\s*:\s*)?(\d{1,2})\s*:\s*(\d{1,2})(?:\s*([.,:])\s*(\d+))?$/

/**
 * Parses a time such as `01:02:03,456`, `2:03.4` or `00:00:08:000` into seconds; null if it is invalid. One or two digits after a colon may
 * be a frame number, so they are accepted only if they are zero.
 */
export function secondsOf(text: string): number | null {
  const match = time.exec(text.trim())
  if (!match) return null
  const [, hours = '0', minutes = '', seconds = '', mark, fraction = ''] = match
  if (Number(minutes) > 59 || Number(seconds) > 59) return null
  if (mark === ':' && fraction.length < 3 && Number(fraction) > 0) return null
  // Appending the fraction as text keeps 0.46 exact.
  return Number(`${Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)}.${fraction || 0}`)
}

/** Start and end of a cue in seconds; null if they are invalid, `none` if the line has no times. */
export type CueTimes = { readonly start: number; readonly end: number } | null | 'none'

const arrow = /-->|[-–—]+>|→/
/** Matches two times in any notation: such a line is not text. */
const looksLikeTimes = /^[\s\d:.,-]*\d\s*:\s*\d[\d\s:.,]*\D{1,6}[\d\s]+:\s*\d[\d\s:.,]*$/

/** Parses the times of a WebVTT or SubRip line, which may be followed by settings or text. A line with `-->` always starts a cue. */
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

/** Returns the text after the times of a SubRip cue, without coordinates (`X1:40`) and WebVTT settings (`align:start`). */
export function textBehindTimes(line: string): string {
  const rest = /-->[\d:.,\s]*\d\s+([^\s\d].*)$/.exec(line)?.[1] ?? ''
  return /^(?:[A-Za-z]\w*:\s*\S+\s*)+$/.test(rest) ? '' : rest
}

const commaLine = /^(\d+:\d{1,2}:\d{1,2}[.]\d+)\s*,\s*(\d+:\d{1,2}:\d{1,2}[.]\d+)$/

/** Parses the times of a SubViewer line (`0:00:00.500,0:00:02.000`), as YouTube writes it. */
export function readCommaTimes(line: string): CueTimes {
  const [, from = '', to = ''] = commaLine.exec(line.trim()) ?? []
  if (from === '') return looksLikeTimes.test(line) ? null : 'none'
  const [start, end] = [secondsOf(from), secondsOf(to)]
  return start === null || end === null ? null : { start, end }
}

/** A text with its start and end in seconds; `line` is 1-based. */
export interface TimedCue {
  readonly line: number
  readonly start: number
  readonly end: number
  readonly lines: readonly string[]
  /** Whether the file names speakers, which sentences cannot store. */
  readonly hasSpeaker?: boolean
}

/** A part of the file that cannot be read, and the reason. */
export interface CueFault {
  readonly line: number
  readonly fault: Message
}

/** A note about a cue that was read. */
export interface CueNote {
  readonly line: number
  readonly note: Message
}

export type ReadCue = TimedCue | CueFault | CueNote
