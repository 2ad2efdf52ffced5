import { message } from '../../../../shared/messages/message'
import type { ReadCue } from './cue'
import { substationText } from './cueText'
import { secondsOf } from './cueTime'

/** Whether a text is in SubStation Alpha. */
export const isSubstation = (content: string): boolean =>
  /^\ufeff?\s*(?:;[^\n]*\s+)*\[(?:script info|events|v4\+? styles)\]/i.test(content.slice(0, 4096))

const usualColumns = ['layer', 'start', 'end', 'style', 'name', 'marginl', 'marginr', 'marginv', 'effect', 'text']

/** SubStation Alpha (.ssa, .ass): the lines `Dialogue:` of `[Events]`, whose columns a line `Format:` names. Comments are no text. */
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
    // The text comes last and may hold commas.
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
    // “NTP” stands for no name.
    const hasSpeaker = speaker !== '' && speaker !== 'NTP'
    if (lines.length > 0) yield { line, start, end, lines, ...(hasSpeaker && { hasSpeaker }) }
  }
}
