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

/** A text shown from one second of the video to another, what cannot be read, or what is worth knowing; `line` is 1-based. */
type Cue =
  | { readonly line: number; readonly start: number; readonly end: number; readonly text: string; readonly hasSpeaker?: boolean }
  | CueFault
  | CueNote

const page = /^\s*(?:<!--[^]*?-->\s*)?<(?:!doctype\s+html|html|head|body)[\s>]/i
/** Whether what was saved as subtitles is a page: of an error, or to sign in. */
const isPage = (content: string): boolean => page.test(content)

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
  [/^WEBVTT[^\n]*\n(?:[^\n]*\n){0,20}?(?:kind:\s*metadata\b|[^\n]*-->[^\n]*\n\S+#xywh=\d)/i, message('import.subtitles.vttMetadata')],
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

const isTimed = (cue: ReadCue): cue is TimedCue => 'lines' in cue

/** Cues in the order of their times, whatever that of the file is; faults and notes keep their places. */
function sortByStart(cues: readonly ReadCue[]): readonly ReadCue[] {
  const sorted = cues.filter(isTimed).toSorted((a, b) => a.start - b.start)
  let next = 0
  return cues.map((cue) => (isTimed(cue) ? (sorted[next++] ?? cue) : cue))
}

/** Reads WebVTT, SubRip, SubViewer, SubStation Alpha and transcripts in JSON and TSV, by their content; cues are in the order of their times. */
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
/** Subtitles that are not read from a folder: other formats, and JSON, which may be anything. */
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
      // SubStation Alpha shows a text in several layers.
      if (known.has(key)) leftOut.add('repeated', id)
      else sentences.push(sentence)
      known.add(key)
      leftOut.addKey('speaker', id, cue.hasSpeaker ? 1 : 0)
    }
  }
  if (sentences.length === 0 && faults === 0) throw badFile(file, message('import.subtitles.empty'))
  return sentences
}

/** Languages and kinds that players and downloaders write between the name and the ending: `clip.en-US.vtt`, `clip.eng.forced.srt`. */
const suffix =
  /\.(?:[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*|forced|sdh|cc|hi|default|full|auto|english|german|french|spanish|dutch|italian|portuguese|russian|chinese|japanese|korean|arabic|hindi)$/i

/** The name without the languages and kinds behind it, which the video does not have; undefined where there are none. */
export function withoutLanguage(name: string): string | undefined {
  let short = name
  while (suffix.test(short) && short.lastIndexOf('.') > 0) short = short.slice(0, short.lastIndexOf('.'))
  return short === name ? undefined : short
}

/** What a Problem says of its file, or of all of it. */
function reasonIn(problem: Problem): Text {
  return problem.reason ?? problem.text
}

/**
 * Subtitles: a file is an item named like it without its ending, or each file of a folder is. The cues are its timed sentences,
 * without mark-up. The video has the same name, with or without the language that may stand behind it, and its own ending.
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
