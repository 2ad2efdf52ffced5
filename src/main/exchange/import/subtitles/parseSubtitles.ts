import { type Said, say } from '../../../../shared/say'
import type { CueFault, CueNote, ReadCue } from './cue'
import { readCues } from './readCues'
import { isSubstation, readSubstation } from './readSubstation'
import { isTranscriptTable, readTranscriptTable } from './readTranscriptTable'
import { readTranscript } from './readTranscript'
import { unrollCues } from './unrollCues'

/** A text shown from one second of the video to another, what cannot be read, or what is worth knowing; `line` is 1-based. */
export type Cue = { readonly line: number; readonly start: number; readonly end: number; readonly text: string } | CueFault | CueNote

const page = /^\s*(?:<!--[^]*?-->\s*)?<(?:!doctype\s+html|html|head|body)[\s>]/i
/** Whether what was saved as subtitles is a page: of an error, or to sign in. */
export const isPage = (content: string): boolean => page.test(content)

/** Formats of subtitles that are named instead of read, by how they begin. */
const others: readonly (readonly [start: RegExp, name: Said])[] = [
  [page, say`it is a web page`],
  [/^\s*\{\\rtf/, say`it is rich text (RTF)`],
  [/^\s*\[\d+\]\[\d+\]/, say`it is MPL2`],
  [/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)?<(?:\w+:)?tt[\s>]/i, say`it is TTML`],
  [/^\s*<sami/i, say`it is SAMI`],
  [/^\s*(?:<\?xml[^>]*>\s*)?<(?:timedtext|transcript)[\s>]/i, say`it is timed text in XML, as YouTube has it`],
  [/^\s*\{\d+\}\{\d+\}/, say`it is MicroDVD, which counts frames`],
  [/^\s*(?:\[\w+:[^\]]*\]\s*)*\[\d+:\d\d(?:\.\d+)?\]/, say`it is LRC`],
  [/^Scenarist_SCC/i, say`it is SCC`],
  [/^\s*\{\s*"(?:wireMagic|events)":/, say`it is timed text in JSON, as YouTube has it`],
]

/** What a text is that holds subtitles in a format which is not read; null for any other text. */
export const nameOther = (content: string): Said | null => others.find(([start]) => start.test(content))?.[1] ?? null

function readAll(content: string): readonly ReadCue[] {
  if (isSubstation(content)) return [...readSubstation(content)]
  if (isTranscriptTable(content)) return [...readTranscriptTable(content)]
  if (/^\s*[[{]\s*["{\]}]/.test(content))
    try {
      return readTranscript(content) ?? []
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
    }
  return [...readCues(content)]
}

/** Reads WebVTT, SubRip, SubViewer, SubStation Alpha and transcripts in JSON and TSV; which one it is, its content tells. */
export function parseSubtitles(content: string): Cue[] {
  return unrollCues(readAll(content.replace(/^\ufeff/, ''))).map((cue) => {
    if (!('lines' in cue)) return cue
    const { lines, ...times } = cue
    return { ...times, text: lines.join(' ') }
  })
}
