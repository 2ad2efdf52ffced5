import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../../shared/contract'
import { Problem } from '../../../../shared/problem'
import { message, Message } from '../../../../shared/messages/message'
import { type ImportEntry, noteEntry, parseContext, problemEntry, schemaFault } from '../row/entry'
import { describeJsonFault, parseJson } from './jsonFault'
import { faultOfKeys } from './readJsonStream'
import { idSchema, type JsonRow, namesSchema, parseLooseRow } from './jsonRow'
import { createExportReader, parseExportLine } from '../formats/ownExport'
import { countUnreadParts } from '../row/contextKeys'
import { isKeyed } from '../row/shapes'
import { LeftOut } from '../row/leftOut'
import { badFile, readLines } from '../text/readLines'

const rowSchema = z.looseObject({ id: idSchema, media: namesSchema, context: z.unknown().optional() })
const knownKeys = new Set(Object.keys(rowSchema.shape))

const tryParse = (text: string): { value: unknown } | undefined => {
  try {
    return { value: parseJson(text) }
  } catch {
    return undefined
  }
}

/** First lines that show that the file is not JSON Lines, even if a later line looks valid. */
const openings = { '[': message('import.json.array'), '{': message('import.json.document') } as const

const isDocument = new Set(Object.values(openings).map(({ code }) => code))

/** Returns the likely format of a file without a valid line, judging by its first line. */
function lookOf(firstLine: string): Message | null {
  const parsed = tryParse(firstLine)
  if (isKeyed(parsed?.value)) return 'images' in parsed.value && 'annotations' in parsed.value ? message('import.formatName.coco') : null
  if (firstLine.startsWith('[')) return message('import.json.array')
  if (parsed === undefined && /^[^{["]+[,;\t]/.test(firstLine)) return message('import.formatName.csv')
  return null
}

const notLines = (file: string, look: Message) =>
  badFile(file, message('import.json.notLines', { found: look }), isDocument.has(look.code) ? message('import.json.writeLines') : undefined)

/**
 * Checks the first non-empty line of a file.
 * @throws Problem 'bad-file' if it shows that no line of the file can be valid
 */
export function requireLines(file: string, firstLine: string): void {
  const first = firstLine.trim()
  if (first === '[' || first === '{') throw notLines(file, openings[first])
}

/** Describes the first error of a row: either the key is missing or its value is invalid. */
function rowFault(error: z.ZodError, value: Readonly<Record<string, unknown>>): Message {
  const key = String(error.issues[0]?.path[0] ?? '')
  return key === '' || Object.hasOwn(value, key) ? schemaFault(error, '') : message('import.json.keyMissing', { key })
}

/**
 * Parses one line: `{"id", "media": name or list of names, "context"?: object}`. Returns a Message if it is invalid.
 * `unknownKeys` contains the keys of the line that are not read.
 */
export function parseJsonLine(text: string): JsonRow | Message {
  const parsed = tryParse(text)
  if (parsed === undefined) return describeJsonFault(text, false)
  if (!isKeyed(parsed.value)) return message('import.json.lineNotObject')
  const fault = faultOfKeys(text, parsed.value)
  if (fault) return fault
  if (!Object.hasOwn(parsed.value, 'media')) return parseLooseRow(parsed.value)
  const row = rowSchema.safeParse(parsed.value)
  if (!row.success) return rowFault(row.error, parsed.value)
  const { id, media, context = {} } = row.data
  return { id, mediaNames: media, context, emptyTexts: 0, unknownKeys: Object.keys(parsed.value).filter((key) => !knownKeys.has(key)) }
}

/**
 * Reads the generic format: one JSON object per line with `id`, `media` (file name, or list of file names) and `context` (object). Without
 * `media`, a line names its file as in an image folder (`file_name`), with captions in `text` or similar keys. Empty lines are skipped.
 * Lines of Exemplar's own JSONL export yield their items; their pairs are not imported but counted in a note.
 */
export async function* readJsonl(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const { file } = request
  if (file === undefined) throw new Problem('wrong-use', message('import.json.fileNeeded'), message('import.nameFileOption'))
  const name = basename(file)
  const reported = new Set<string>()
  let firstLine: string | null = null
  let rows = 0
  const exported = createExportReader(name)
  const leftOut = new LeftOut()
  for await (const { line, text, fault } of readLines(file)) {
    if (text === null) {
      yield problemEntry(name, line, null, fault ?? message('import.lineUnreadable'))
      continue
    }
    if (text.trim() === '') continue
    if (firstLine === null) {
      firstLine = text.trim()
      requireLines(file, firstLine)
    }
    const item = parseExportLine(text)
    if (item !== null) {
      const entry = exported.read(item, line)
      if (entry !== null) yield entry
      rows++
      continue
    }
    const row = parseJsonLine(text)
    if (row instanceof Message) {
      yield problemEntry(name, line, null, row)
      continue
    }
    const context = parseContext(row.context)
    if (context instanceof Message) {
      yield problemEntry(name, line, row.id, context)
      continue
    }
    for (const key of row.unknownKeys.filter((each) => !reported.has(each))) {
      reported.add(key)
      yield noteEntry(name, line, row.id, message('import.json.keyNotRead', { key }))
    }
    leftOut.add('empty', row.id, row.emptyTexts)
    countUnreadParts(row.context, row.id, leftOut)
    for (const key of row.unreadOfObjects ?? []) leftOut.addKey(`objects.${key}`, row.id)
    rows++
    yield { kind: 'row', file: name, line, id: row.id, mediaNames: row.mediaNames, context }
  }
  yield* exported.finish()
  yield* leftOut.notes(name)
  const look = rows === 0 && firstLine !== null ? lookOf(firstLine) : null
  if (look !== null) throw notLines(file, look)
}
