import { message } from '../../../../shared/messages/message'
import {
  type CueTimes,
  readArrow,
  readCommaTimes,
  type ReadCue,
  secondsOf,
  subRipText,
  substationText,
  subViewerText,
  textBehindTimes,
  webVttText,
} from './cue'

/** Checks whether a text is in SubStation Alpha format. */
export const isSubstation = (content: string): boolean =>
  /^\ufeff?\s*(?:;[^\n]*\s+)*\[(?:script info|events|v4\+? styles)\]/i.test(content.slice(0, 4096))

const usualColumns = ['layer', 'start', 'end', 'style', 'name', 'marginl', 'marginr', 'marginv', 'effect', 'text']

/**
 * Reads SubStation Alpha (.ssa, .ass): the `Dialogue:` lines of `[Events]`, with columns defined by a `Format:` line. Comments are skipped.
 */
export function* readSubstation(content: string): Generator<ReadCue> {
  let columns: readonly string[] = usualColumns
  let isEvents = false
  for (const [index, text] of content.split(/\r\n|\r|\n/).entries()) {
    const line = index + 1
    const section = /^\s*\[(.+)\]\s*$/.exec(text)
    if (section) isEvents = section[1]?.toLowerCase() === 'events'
    const [, key = '', value = ''] = /^\s*(Format|Dialogue)\s*:(.*)$/i.exec(text) ?? []
    if (!isEvents || key === '') continue
    if (key.toLowerCase() === 'format') {
      columns = value.split(',').map((name) => name.trim().toLowerCase())
      continue
    }
    // The text is the last column and may contain commas.
    const cells = value.split(',')
    const cellOf = (name: string) => {
      const at = columns.indexOf(name)
      return at < 0 ? '' : at === columns.length - 1 ? cells.slice(at).join(',') : (cells[at] ?? '')
    }
    const [start, end] = [secondsOf(cellOf('start')), secondsOf(cellOf('end'))]
    if (start === null || end === null) {
      yield {
        line,
        fault: message('import.subtitles.notATime', { time: `${cellOf('start').trim()}, ${cellOf('end').trim()}`.slice(0, 80) }),
      }
      continue
    }
    const lines = substationText(cellOf('text')) ?? []
    const speaker = (cellOf('name') || cellOf('actor')).trim()
    // “NTP” is a placeholder for no name.
    const hasSpeaker = speaker !== '' && speaker !== 'NTP'
    if (lines.length > 0 || end < start) yield { line, start, end, lines, ...(hasSpeaker && { hasSpeaker }) }
  }
}

/** Blocks of WebVTT without text: https://www.w3.org/TR/webvtt1/#syntax */
const notShown = /^(NOTE|STYLE|REGION)(?:[ \t]|$)/
const isNumber = (line: string | undefined) => line !== undefined && /^\s*\d+\s*$/.test(line)
const isBlank = (line: string | undefined) => line === undefined || line.trim() === ''

const noTimes = message('import.subtitles.noTimeAbove')

interface Dialect {
  readonly readTimes: (line: string) => CueTimes
  readonly textOf: (text: string) => readonly string[] | ReturnType<typeof webVttText>
  /** Whether an empty line ends a cue; a line of blanks does not. */
  readonly endsAtEmptyLine: boolean
}

const webVtt: Dialect = { readTimes: readArrow, textOf: webVttText, endsAtEmptyLine: true }
const subRip: Dialect = { readTimes: readArrow, textOf: subRipText, endsAtEmptyLine: false }
const subViewer: Dialect = { readTimes: readCommaTimes, textOf: subViewerText, endsAtEmptyLine: false }

/** First line of a SubViewer header, which ends at the first times. */
const subViewerHeader = /^\s*\[(?:INFORMATION|SUBTITLE|titleHeight|BEGIN)\]/i

function dialectOf(lines: readonly string[]): Dialect {
  if (/^WEBVTT(?:[ \t]|$)/.test(lines[0] ?? '')) return webVtt
  const first = lines.find((line) => !isBlank(line)) ?? ''
  if (subViewerHeader.test(first)) return subViewer
  return typeof readCommaTimes(first) === 'object' && !first.includes('-->') && readCommaTimes(first) !== null ? subViewer : subRip
}

interface OpenCue {
  readonly line: number
  /** Null if the times cannot be read. */
  readonly times: { readonly start: number; readonly end: number } | null
  readonly timesLine: string
  readonly number: number | null
  readonly lines: string[]
}

/** Removes the number of the next cue from the end of a cue's lines, where it precedes the next times or the end of the file. */
function takeNumber({ lines, number: own }: OpenCue, isEnd: boolean): number | null {
  let last = lines.length - 1
  while (last >= 0 && isBlank(lines[last])) last--
  if (last < 0 || !isNumber(lines[last])) return null
  const number = Number(lines[last])
  const isBehindBlank = last > 0 && isBlank(lines[last - 1])
  const isAboveTimes = !isEnd && last === lines.length - 1
  const isNumberOfCue = isBehindBlank ? isAboveTimes || number === (own ?? 0) + 1 : isAboveTimes && own !== null
  if (!isNumberOfCue) return null
  lines.splice(last)
  return number
}

/** Removes a cue without times from the end of a cue's lines: its number after an empty line, and its text. */
function takeTimeless({ lines, line, number }: OpenCue): number | null {
  const at = lines.findIndex(
    (text, index) =>
      index > 0 && isBlank(lines[index - 1]) && isNumber(text) && Number(text) === (number ?? Infinity) + 1 && !isBlank(lines[index + 1]),
  )
  if (at < 0) return null
  lines.splice(at)
  return line + 1 + at
}

/** Reads cues from the lines of WebVTT, SubRip or SubViewer. */
class CueReader {
  readonly #dialect: Dialect
  #cue: OpenCue | null = null
  /** Lines without a time above them. */
  #loose: { readonly line: number; readonly texts: string[] } | null = null
  #isHidden = false

  constructor(dialect: Dialect) {
    this.#dialect = dialect
  }

  *read(text: string, line: number): Generator<ReadCue> {
    const times = this.#dialect.readTimes(text)
    if (this.#isHidden) {
      if (text === '') this.#isHidden = false
      if (times === 'none' || times === null) return
      this.#isHidden = false
    }
    if (times !== 'none') return yield* this.#begin(times, text, line)
    if (this.#cue) {
      if (text === '' && this.#dialect.endsAtEmptyLine) yield* this.#close(true)
      else this.#cue.lines.push(text)
    } else if (isBlank(text)) yield* this.#closeLoose()
    else if (this.#dialect.endsAtEmptyLine && this.#loose === null && notShown.test(text)) this.#isHidden = true
    else if (this.#loose) this.#loose.texts.push(text)
    else this.#loose = { line, texts: [text] }
  }

  *end(): Generator<ReadCue> {
    yield* this.#close(true)
    yield* this.#closeLoose()
  }

  *#begin(times: Exclude<CueTimes, 'none'>, text: string, line: number): Generator<ReadCue> {
    const above = this.#loose?.texts ?? []
    const taken = this.#cue ? takeNumber(this.#cue, false) : null
    yield* this.#close(false)
    // A single line above the times is the name or number of the cue.
    if (above.length > 1) yield* this.#closeLoose()
    this.#loose = null
    const number = taken ?? (isNumber(above[0]) ? Number(above[0]) : null)
    const behind = this.#dialect === subRip ? textBehindTimes(text) : ''
    this.#cue = { line, times, timesLine: text, number, lines: behind === '' ? [] : [behind] }
  }

  *#close(isEnd: boolean): Generator<ReadCue> {
    const cue = this.#cue
    if (!cue) return
    this.#cue = null
    if (isEnd && !this.#dialect.endsAtEmptyLine) takeNumber(cue, true)
    const timeless = this.#dialect.endsAtEmptyLine ? null : takeTimeless(cue)
    if (cue.times === null) {
      yield { line: cue.line, fault: message('import.subtitles.notATime', { time: cue.timesLine.trim().slice(0, 80) }) }
      if (timeless !== null) yield { line: timeless, fault: noTimes }
      return
    }
    const text = this.#dialect.textOf(cue.lines.join('\n'))
    const { lines, lost, hasSpeaker } = 'lost' in text ? text : { lines: text, lost: [], hasSpeaker: false }
    for (const each of lost) yield { line: cue.line, note: message('import.subtitles.tagLeftOut', { tag: each.slice(0, 80) }) }
    // A file that is cut off within its last times has no text after them.
    if (lines.length > 0 || cue.times.end < cue.times.start)
      yield { line: cue.line, ...cue.times, lines, ...(hasSpeaker && { hasSpeaker }) }
    if (timeless !== null) yield { line: timeless, fault: noTimes }
  }

  *#closeLoose(): Generator<ReadCue> {
    const loose = this.#loose
    this.#loose = null
    const isLoneNumber = loose?.texts.length === 1 && isNumber(loose.texts[0])
    if (loose && !isLoneNumber) yield { line: loose.line, fault: noTimes }
  }
}

/**
 * Reads WebVTT (https://www.w3.org/TR/webvtt1/), SubRip and SubViewer. In SubRip and SubViewer a cue ends where the next one begins, so
 * it may contain empty lines.
 */
export function* readCues(content: string): Generator<ReadCue> {
  const lines = content.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  const dialect = dialectOf(lines)
  const reader = new CueReader(dialect)
  let index = 0
  // The WebVTT header ends at the first empty line or the first cue.
  if (dialect === webVtt) for (index = 1; index < lines.length && lines[index] !== '' && !lines[index]?.includes('-->'); index++);
  if (dialect === subViewer)
    index = Math.max(
      0,
      lines.findIndex((line) => typeof readCommaTimes(line) === 'object' && readCommaTimes(line)),
    )
  for (; index < lines.length; index++) yield* reader.read(lines[index] ?? '', index + 1)
  yield* reader.end()
}
