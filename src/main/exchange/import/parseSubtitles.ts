import { type Said, say } from '../../../shared/say'
/** A text shown from one second of the video to another; `line` is 1-based. */
export type Cue =
  | { readonly line: number; readonly start: number; readonly end: number; readonly text: string }
  | { readonly line: number; readonly fault: Said }

const time = /^(?:(\d{1,3}):)?([0-5]\d):([0-5]\d)[.,](\d{3})$/
/** Blocks of WebVTT that hold no text: https://www.w3.org/TR/webvtt1/#syntax */
const notShown = /^(NOTE|STYLE|REGION)(?:[ \t]|$)/
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
  quot: '"',
  apos: "'",
}

function secondsOf(text: string): number | null {
  const match = time.exec(text)
  if (!match) return null
  const [, hours = '0', minutes, seconds, thousandths] = match
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(thousandths) / 1000
}

/** The words of a cue: `<v Ann>`, `<i>` and `<00:01.000>` are taken out, `{\an8}` of SubRip too; lines become one. */
function plainText(lines: readonly string[]): string {
  return lines
    .join(' ')
    .replaceAll(/<\/?[^<>]*>|\{\\[^}]*\}/g, '')
    .replaceAll(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replaceAll(/[ \t]+/g, ' ')
    .trim()
}

function parseBlock(lines: readonly string[], firstLine: number): Cue | null {
  const at = lines.findIndex((line) => line.includes('-->'))
  if (at < 0 || at > 1)
    return { line: firstLine, fault: say`there is no time (such as 00:01.000 --> 00:04.000) above this text; it is left out` }
  const line = firstLine + at
  const [from = '', to = ''] = (lines[at] ?? '').split('-->')
  const [start, end] = [secondsOf(from.trim()), secondsOf(to.trim().split(/\s/, 1)[0] ?? '')]
  if (start === null || end === null)
    return { line, fault: say`“${(lines[at] ?? '').trim().slice(0, 80)}” is no time; its text is left out` }
  const text = plainText(lines.slice(at + 1))
  return text === '' ? null : { line, start, end, text }
}

/** Reads WebVTT and SubRip, which differ in their first line and in how they write fractions of a second. */
export function* parseSubtitles(content: string): Generator<Cue> {
  const lines = content.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  let block: string[] = []
  for (let index = 0; index <= lines.length; index++) {
    const line = lines[index]?.trimEnd() ?? ''
    if (line !== '') {
      block.push(line)
      continue
    }
    const first = block[0]
    const firstLine = index - block.length + 1
    const isHeader = firstLine === 1 && /^WEBVTT(?:[ \t]|$)/.test(first ?? '')
    if (first !== undefined && !isHeader && !notShown.test(first)) {
      const cue = parseBlock(block, firstLine)
      if (cue) yield cue
    }
    block = []
  }
}
