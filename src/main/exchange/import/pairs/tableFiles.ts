import { z } from 'zod'
import { providerKindSchema } from '../../../../shared/domain'
import { message, Message } from '../../../../shared/messages/message'
import { fromCell } from '../../export/csv/validateCsv'
import { readRecords, splitRecord } from '../csv/csvRecords'
import { noteEntry } from '../row/entry'
import { isVideoName } from '../row/mediaNamed'
import { detectFileEncoding, guessedEncoding } from '../text/textEncoding'
import { badFile, readLines } from '../text/readLines'
import { listDataFiles } from './dataFiles'
import { readRowContent } from './rowContent'
import { startRowGroups } from './rowGroups'
import type { PairContent, PairEntry, PairMedium, PairRecord } from './record'
import type { PairsContext, ReadPairs } from './readPairs'

const delimiters = [',', ';', '\t', '|'] as const
/**
 * Columns that only Exemplar's own tables have. Their cells are prefixed with an apostrophe if a spreadsheet would run them as formulas,
 * and a cell may list several media.
 */
const ownColumns = ['sources', 'provenance'] as const

const sourcesSchema = z.array(z.looseObject({ fileName: z.string(), sha256: z.string() }))
const provenanceSchema = z.looseObject({ provider: providerKindSchema.nullish(), model: z.string().nullish() })

interface Table {
  readonly delimiter: string
  readonly columns: readonly string[]
  readonly isOwn: boolean
}

function readHeader(file: string, line: string): Table {
  for (const delimiter of delimiters) {
    const split = splitRecord(line, delimiter)
    const columns = split.state === 'done' ? split.cells.map((cell) => cell.trim()) : []
    if (['instruction', 'question', 'prompt'].some((name) => columns.includes(name)))
      return { delimiter, columns, isOwn: ownColumns.every((name) => columns.includes(name)) }
  }
  throw badFile(file, message('import.asPairs.noPairColumns'), message('import.asPairs.nameColumns'))
}

function parse<S extends z.ZodType>(schema: S, text: string | undefined): z.output<S> | null {
  try {
    return schema.safeParse(JSON.parse(text ?? '')).data ?? null
  } catch {
    return null
  }
}

const namesIn = (cell: string, isOwn: boolean): string[] => {
  if (cell.trim() === '') return []
  return parse(z.string().array(), cell) ?? (isOwn ? cell.split(' ').filter((name) => name !== '') : [cell.trim()])
}

type Row = Readonly<Partial<Record<string, string>>>

function mediaOf({ media, image, images, file_name: fileName, video, videos, sources }: Row, isOwn: boolean): PairMedium[] {
  const names = [media, image, images, fileName, video, videos].flatMap((cell) => namesIn(cell ?? '', isOwn))
  const known = isOwn ? parse(sourcesSchema, sources) : null
  return names.map((name, at) => {
    const isVideo = isVideoName(name)
    const source = known?.length === names.length ? known[at] : undefined
    const isSame = source !== undefined && isVideoName(source.fileName) === isVideo
    return { kind: isVideo ? 'video' : 'image', name, ...(isSame && { fileName: source.fileName, sourceHash: source.sha256 }) }
  })
}

/** Columns that are read separately from the texts; `ownTexts` only apply to Exemplar's own tables. */
const mediaColumns = new Set(['media', 'image', 'images', 'file_name', 'video', 'videos', 'item', 'turn'])
const ownTexts = new Set(['sources', 'provenance', 'boxes', 'split', 'reasoning', 'draft_instruction', 'draft_response'])
/** Columns of a pair, in which an empty text differs from a missing one. */
const pairColumns = new Set(['instruction', 'question', 'response', 'answer', 'output'])

/** Reads the row as a training row, and adds drafts and reasoning from Exemplar's own tables. */
function readContent(row: Row, name: string, isOwn: boolean, { notes, leftOut }: PairsContext): PairContent | Message {
  const texts = Object.entries(row).flatMap(([column, value = '']) => {
    const isApart = mediaColumns.has(column) || (isOwn && ownTexts.has(column))
    return isApart || (value === '' && !pairColumns.has(column)) ? [] : [[column, toValue(column, value)] as const]
  })
  const content = readRowContent(Object.fromEntries(texts), name, notes, leftOut)
  if (content instanceof Message) return content
  const { draft_instruction: instruction, draft_response: response, reasoning } = row
  const draft = isOwn && instruction && response ? { instruction, response } : null
  const rationale = reasoning?.trim() || null
  const pairs = content.pairs.map((pair) => ({ ...pair, draft: pair.draft ?? draft, rationale: pair.rationale ?? rationale }))
  return { ...content, pairs, media: mediaOf(row, isOwn) }
}

const toValue = (key: string, value: string): unknown =>
  (key === 'label' || key === 'kto_tag') && /^(?:true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value

/** Reads tables of pairs: Exemplar's own, and others with columns for instruction and response. */
export const readTableFiles: ReadPairs = async function* (path, context, request) {
  for (const { path: file, name } of await listDataFiles(path, 'table')) {
    const encoding = await detectFileEncoding(file, request.encoding)
    if (encoding.isGuessed) yield [noteEntry(name, null, null, guessedEncoding(encoding))]
    const lines = readLines(file, encoding.name)
    let first = await lines.next()
    while (!first.done && first.value.text?.trim() === '') first = await lines.next()
    if (first.done) throw badFile(file, message('import.noItems'))
    const { delimiter, columns, isOwn } = readHeader(file, (first.value.text ?? '').replace(/^\ufeff/, ''))
    const groupOf = startRowGroups(name)
    for await (const { line, cells, fault } of readRecords(lines, delimiter)) {
      const place = { file: name, line, index: null }
      if (cells === null || cells.length !== columns.length) {
        const reason = fault ?? message('training.check.cellCount', { count: cells?.length ?? 0, columns: columns.length })
        yield [{ ...place, id: null, fault: reason } satisfies PairEntry]
        continue
      }
      const row: Row = Object.fromEntries(columns.map((column, at) => [column, isOwn ? fromCell(cells[at] ?? '') : (cells[at] ?? '')]))
      if (isOwn && row['id']?.startsWith('boxes-')) {
        context.notes.add('boxRows', row['item'] ?? '')
        continue
      }
      const content = readContent(row, name, isOwn, context)
      if (content instanceof Message) {
        yield [{ ...place, id: row['id'] ?? null, fault: content } satisfies PairEntry]
        continue
      }
      const item = row['item']?.trim() || null
      const { provider, model } = (isOwn ? parse(provenanceSchema, row['provenance']) : null) ?? {}
      const record: PairRecord = {
        ...content,
        ...place,
        item,
        conversation: groupOf(item, row['turn'] ? Number(row['turn']) : null),
        origin: provider && model ? { provider, model } : null,
      }
      yield [record]
    }
  }
}
