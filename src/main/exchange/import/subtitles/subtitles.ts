import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import type { ImportRequest } from '../../../../shared/contract'
import type { Context, TimedSentence } from '../../../../shared/domain'
import { Problem, toProblem } from '../../../../shared/problem'
import { message, type Message, type Text } from '../../../../shared/messages/message'
import { type ImportEntry, noteEntry, problemEntry, requireImportFile } from '../row/entry'
import { LeftOut } from '../row/leftOut'
import { badFile } from '../text/readLines'
import { decodeText, guessedEncoding, type TextEncoding } from '../text/textEncoding'
import type { CueFault, CueNote, ReadCue, TimedCue } from './cue'
import { isSubstation, readCues, readSubstation } from './readCues'
import { isTranscriptTable, readTranscript, readTranscriptTable } from './readTranscript'
import { unrollCues } from './unrollCues'

/** A text with its start and end in seconds, a part that cannot be read, or a note; `line` is 1-based. */
type Cue =
  | { readonly line: number; readonly start: number; readonly end: number; readonly text: string; readonly hasSpeaker?: boolean }
  | CueFault
  | CueNote

const page = /^\s*(?:<!--[^]*?-->\s*)?<(?:!doctype\s+html|html|head|body)[\s>]/i
/** Checks whether a file saved as subtitles is a web page, such as an error or sign-in page. */
const isPage = (content: string): boolean => page.test(content)

/** Subtitle formats that are recognised by their beginning but not supported. */
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
  [/^WEBVTT[^\n]*\n(?:[^\n]*\n){0,20}?(?:kind:\s*metadata\b|[^\n]*-->[^\n]*\n\S+#xywh=\d)/i, message('import.subtitles.vttMetadata')],
]

/** Returns the name of an unsupported subtitle format; null for any other text. */
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

const isTimed = (cue: ReadCue): cue is TimedCue => 'lines' in cue

/** Sorts cues by start time; faults and notes keep their positions. */
function sortByStart(cues: readonly ReadCue[]): readonly ReadCue[] {
  const sorted = cues.filter(isTimed).toSorted((a, b) => a.start - b.start)
  let next = 0
  return cues.map((cue) => (isTimed(cue) ? (sorted[next++] ?? cue) : cue))
}

/** Parses WebVTT, SubRip, SubViewer, SubStation Alpha and JSON or TSV transcripts, detected by content. Cues are sorted by start time. */
export function parseSubtitles(content: string): Cue[] {
  return sortByStart(unrollCues(sortByStart(readAll(content.replace(/^\ufeff/, ''))))).map((cue) => {
    if (!isTimed(cue)) return cue
    const { lines, ...times } = cue
    const { line, start, end } = times
    if (end < start) return { line, fault: message('import.subtitles.notATime', { time: `${start} --> ${end}` }) }
    return { ...times, text: lines.join(' ') }
  })
}

const largestFile = 64 * 1024 * 1024
const isRead = (name: string) => /\.(vtt|srt|ass|ssa|sbv)$/i.test(name) && !name.startsWith('.')
/** Checks for subtitles that are not read from a folder: unsupported formats, and JSON and TSV, which may contain anything. */
const isPassedOver = (name: string) => /\.(ttml|dfxp|sub|idx|sup|smi|sami|lrc|scc|stl|usf|srv[123]|json3?|tsv)$/i.test(name)

async function readText(file: string, encoding: string | undefined): Promise<{ text: string; encoding: TextEncoding }> {
  const bytes = await stat(file)
    .then(({ size }) => {
      if (size > largestFile) throw badFile(file, message('import.subtitles.fileTooLarge'))
      return readFile(file)
    })
    .catch((error: unknown) => {
      throw toProblem(error, basename(file))
    })
  return decodeText(file, bytes, encoding)
}

async function listFiles(file: string): Promise<{ files: string[]; passedOver: string[] }> {
  const found = await stat(file).catch((error: unknown) => {
    throw toProblem(error, basename(file))
  })
  if (!found.isDirectory()) return { files: [file], passedOver: [] }
  const names = (await readdir(file)).toSorted()
  const files = names.filter(isRead).map((name) => join(file, name))
  if (files.length === 0) throw badFile(file, message('import.subtitles.noFiles'))
  return { files, passedOver: names.filter(isPassedOver) }
}

const pageRemedy = message('import.subtitles.getAgain')
const otherRemedy = message('import.subtitles.convert')

function* readFileCues(file: string, id: string, content: string, leftOut: LeftOut): Generator<ImportEntry, TimedSentence[]> {
  const name = basename(file)
  const other = nameOther(content)
  if (other) throw badFile(file, message('import.subtitles.formatNotRead', { format: other }), isPage(content) ? pageRemedy : otherRemedy)
  const sentences: TimedSentence[] = []
  const known = new Set<string>()
  let faults = 0
  for (const cue of parseSubtitles(content)) {
    if ('fault' in cue) {
      faults++
      yield problemEntry(name, cue.line, id, cue.fault)
    } else if ('note' in cue) yield noteEntry(name, cue.line, id, cue.note)
    else {
      const sentence = { start: cue.start, end: cue.end, text: cue.text }
      const key = JSON.stringify(sentence)
      // SubStation Alpha can contain the same text in several layers.
      if (known.has(key)) leftOut.add('repeated', id)
      else sentences.push(sentence)
      known.add(key)
      leftOut.addKey('speaker', id, cue.hasSpeaker ? 1 : 0)
    }
  }
  if (sentences.length === 0 && faults === 0) throw badFile(file, message('import.subtitles.empty'))
  return sentences
}

/** Language and kind suffixes that players and downloaders insert before the extension: `clip.en-US.vtt`, `clip.eng.forced.srt`. */
const suffix =
  /\.(?:[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*|forced|sdh|cc|hi|default|full|auto|english|german|french|spanish|dutch|italian|portuguese|russian|chinese|japanese|korean|arabic|hindi)$/i

/** Removes language and kind suffixes, which the video name does not have; undefined if there are none. */
export function withoutLanguage(name: string): string | undefined {
  let short = name
  while (suffix.test(short) && short.lastIndexOf('.') > 0) short = short.slice(0, short.lastIndexOf('.'))
  return short === name ? undefined : short
}

/** Returns the reason of a Problem, or its full text. */
function reasonIn(problem: Problem): Text {
  return problem.reason ?? problem.text
}

/**
 * Reads subtitles: each file, or each file of a folder, is an item named like the file without its extension. Its cues are timed sentences
 * without markup. The video has the same name, with or without the language suffix, and its own extension.
 */
export async function* readSubtitles(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const { files, passedOver } = await listFiles(requireImportFile(request))
  yield { kind: 'total', total: files.length }
  const leftOut = new LeftOut()
  for (const file of files) {
    const name = basename(file)
    const id = name.slice(0, name.length - extname(name).length)
    try {
      const { text, encoding } = await readText(file, request.encoding)
      if (encoding.isGuessed) yield noteEntry(name, null, id, guessedEncoding(encoding))
      const sentences = yield* readFileCues(file, id, text, leftOut)
      const context: Context = sentences.length > 0 ? { sentences } : {}
      const other = withoutLanguage(id)
      const otherNames = other === undefined ? {} : { otherNames: [other] }
      yield { kind: 'row', file: name, line: null, id, mediaNames: [id], ...otherNames, mediaKind: 'video', context }
    } catch (error) {
      if (files.length === 1 || !(error instanceof Problem) || error.code !== 'bad-file') throw error
      yield problemEntry(name, null, id, reasonIn(error))
    }
  }
  yield* leftOut.notes(basename(requireImportFile(request)))
  if (passedOver.length > 0)
    yield noteEntry(
      basename(requireImportFile(request)),
      null,
      null,
      message('import.subtitles.otherFiles', { count: passedOver.length, names: passedOver.slice(0, 5).join(', ') }),
    )
}
