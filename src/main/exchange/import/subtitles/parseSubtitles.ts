import { type Message, message } from '../../../../shared/messages/message'
import type { CueFault, CueNote, ReadCue } from './cue'
import { readCues } from './readCues'
import { isSubstation, readSubstation } from './readSubstation'
import { isTranscriptTable, readTranscriptTable } from './readTranscriptTable'
import { readTranscript } from './readTranscript'
import { unrollCues } from './unrollCues'

/** A text shown from one second of the video to another, what cannot be read, or what is worth knowing; `line` is 1-based. */
export type Cue =
  | { readonly line: number; readonly start: number; readonly end: number; readonly text: string; readonly hasSpeaker?: boolean }
  | CueFault
  | CueNote

const page = /^\s*(?:<!--[^]*?-->\s*)?<(?:!doctype\s+html|html|head|body)[\s>]/i
/** Whether what was saved as subtitles is a page: of an error, or to sign in. */
export const isPage = (content: string): boolean => page.test(content)

/** Formats of subtitles that are named instead of read, by how they begin. */
const others: readonly (readonly [start: RegExp, name: Message])[] = [
  [page, message('import.subtitles.webPage')],
  [/^\s*\{\\rtf/, message('import.subtitles.richText')],
  [/^\s*\[\d+\]\[\d+\]/, message('import.subtitles.mpl2')],
  [/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)?<(?:\w+:)?tt[\s>]/i, message('import.subtitles.ttml')],
  [/^\s*<sami/i, message('import.subtitles.sami')],
  [/^\s*(?:<\?xml[^>]*>\s*)?<(?:timedtext|transcript)[\s>]/i, message('import.subtitles.timedXml')],
  [/^\s*\{\d+\}\{\d+\}/, message('import.subtitles.microDvd')],
  [/^\s*(?:\[\w+:[^\]]*\]\s*)*\[\d+:\d\d(?:\.\d+)?\]/, message('import.subtitles.lrc')],
  [/^Scenarist_SCC/i, message('import.subtitles.scc')],
  [/^\s*\{\s*"(?:wireMagic|events)":/, message('import.subtitles.timedJson')],
]

/** What a text is that holds subtitles in a format which is not read; null for any other text. */
export const nameOther = (content: string): Message | null => others.find(([start]) => start.test(content))?.[1] ?? null

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
