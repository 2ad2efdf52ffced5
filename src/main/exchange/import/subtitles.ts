import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import type { ImportRequest } from '../../../shared/contract'
import type { Context, TimedSentence } from '../../../shared/domain'
import { toProblem } from '../../../shared/problem'
import { say } from '../../../shared/say'
import { type ImportEntry, problemEntry, requireImportFile } from './entry'
import { parseSubtitles } from './parseSubtitles'
import { badFile, decodeUtf8, requireUtf8Start } from './readLines'

const largestFile = 64 * 1024 * 1024
const isSubtitles = (name: string) => /\.(vtt|srt)$/i.test(name) && !name.startsWith('.')

async function readText(file: string): Promise<string> {
  const bytes = await stat(file)
    .then(({ size }) => {
      if (size > largestFile) throw badFile(file, say`it is larger than 64 MB, so it cannot be subtitles`)
      return readFile(file)
    })
    .catch((error: unknown) => {
      throw toProblem(error, basename(file))
    })
  requireUtf8Start(file, bytes)
  const text = decodeUtf8(bytes)
  if (text === null) throw badFile(file, say`it is not UTF-8 text`, say`Save it with the encoding UTF-8.`)
  return text
}

async function listFiles(file: string): Promise<string[]> {
  const found = await stat(file).catch((error: unknown) => {
    throw toProblem(error, basename(file))
  })
  if (!found.isDirectory()) return [file]
  const names = (await readdir(file)).filter(isSubtitles).toSorted()
  if (names.length === 0) throw badFile(file, say`there are no .vtt or .srt files in this folder`)
  return names.map((name) => join(file, name))
}

/**
 * Subtitles, WebVTT (https://www.w3.org/TR/webvtt1/) or SubRip: a file is an item named like it without its ending, or each .vtt and
 * .srt of a folder is. The cues are its timed sentences, without mark-up. The video has the same name, with its own ending.
 */
export async function* readSubtitles(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const files = await listFiles(requireImportFile(request))
  yield { kind: 'total', total: files.length }
  for (const file of files) {
    const name = basename(file)
    const id = name.slice(0, name.length - extname(name).length)
    const sentences: TimedSentence[] = []
    for (const cue of parseSubtitles(await readText(file))) {
      if ('fault' in cue) yield problemEntry(name, cue.line, id, cue.fault)
      else sentences.push({ start: cue.start, end: cue.end, text: cue.text })
    }
    if (sentences.length === 0 && files.length === 1) throw badFile(file, say`there are no subtitles in it`)
    const context: Context = sentences.length > 0 ? { sentences } : {}
    yield { kind: 'row', file: name, line: null, id, mediaNames: [id], mediaKind: 'video', context }
  }
}
