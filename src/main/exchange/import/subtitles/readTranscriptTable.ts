import { message } from '../../../../shared/messages/message'
import type { ReadCue } from './cue'

const header = /^start\tend\ttext\s*$/i

/** Whether a text is a transcript in a table, by its header. */
export const isTranscriptTable = (content: string): boolean => header.test(content.split(/[\r\n]/, 1)[0] ?? '')

/** Reads a transcript in a table, as Whisper writes it beside SRT: start and end in milliseconds, and the text, with tabs between. */
export function* readTranscriptTable(content: string): Generator<ReadCue> {
  for (const [index, row] of content.split(/\r\n|\r|\n/).entries()) {
    if (index === 0 || row.trim() === '') continue
    const line = index + 1
    const [start = '', end = '', ...texts] = row.split('\t')
    const text = texts.join(' ').trim()
    if (![start, end].every((time) => /^\s*\d+\s*$/.test(time)))
      yield { line, fault: message('import.subtitles.noMilliseconds', { row: row.trim().slice(0, 80) }) }
    else if (text !== '') yield { line, start: Number(start) / 1000, end: Number(end) / 1000, lines: [text] }
  }
}
