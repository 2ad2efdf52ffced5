import { basename } from 'node:path'
import type { ImportRequest } from '../../../../shared/contract'
import { Problem } from '../../../../shared/problem'
import { Message, message } from '../../../../shared/messages/message'
import { idOfMedium } from '../../../media/embeddedMedia'
import { isTokenLine, readHeader, separatorOf, type Table, tokenTable } from './csvHeader'
import { type CsvRecord, readRecords } from './csvRecords'
import { type ImportEntry, noteEntry, parseContext, problemEntry } from '../row/entry'
import { badFile, type Line, readLines } from '../text/readLines'
import { IdTable } from '../row/idTable'
import { LeftOut } from '../row/leftOut'
import { detectFileEncoding, guessedEncoding } from '../text/textEncoding'

const quoted = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/.source
const quotedTexts = new RegExp(quoted, 'gs')
const listOfTexts = new RegExp(`^\\[\\s*(?:${quoted})(?:[\\s,]+(?:${quoted}))*\\s*,?\\s*\\]$`, 's')

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/** Unescapes a string literal as Python prints it, without its quotes. */
const unescapeText = (text: string): string =>
  text.replaceAll(/\\(?:x([\da-f]{2})|u([\da-f]{4})|([^]))/g, (_, byte?: string, unit?: string, other = '') => {
    const code = byte ?? unit
    return code === undefined ? (controls[other] ?? other) : String.fromCharCode(Number.parseInt(code, 16))
  })

function parseTexts(cell: string): readonly string[] {
  try {
    return JSON.parse(cell) as string[]
  } catch {
    return Array.from(cell.matchAll(quotedTexts), ([text]) => unescapeText(text.slice(1, -1)))
  }
}

/** Values that pandas writes for missing text. */
const missing = /^(?:nan|NaN|<NA>)$/

/**
 * Returns the captions of a cell: the elements of a JSON list (`["one", "two"]`) or Python list (`['one', "it's"]`), otherwise the cell.
 */
const captionsOf = (cell: string): readonly string[] =>
  listOfTexts.test(cell) ? parseTexts(cell).map((text) => text.trim()) : [missing.test(cell) ? '' : cell]

export { isHeader } from './csvHeader'

interface Row {
  readonly line: number
  readonly id: string
  readonly file: string
  readonly captions: readonly string[]
  readonly others: ReadonlyMap<string, string>
}

function readRow(table: Table, { line, cells, fault }: CsvRecord): Row | Message {
  if (cells === null) return fault ?? message('import.csv.rowUnreadable')
  const { columns, kinds } = table
  // Some tools pad rows with more delimiters than the table has columns.
  if (cells.length < columns.length || cells.slice(columns.length).some((cell) => cell.trim() !== ''))
    return message('import.csv.columnCountDiffers', { count: cells.length, columns: columns.length })
  const empty = cells.findIndex((cell) => cell.includes('\0'))
  if (empty >= 0) return message('import.csv.nulCharacter', { column: columns[empty] ?? '' })
  const cell = (index: number) => (cells[index] ?? '').trim()
  const file = table.isNumbered ? cell(kinds.file).replace(/#\d+$/, '') : cell(kinds.file)
  if (file === '') return message('import.csv.columnEmpty', { column: columns[kinds.file] ?? '' })
  const id = kinds.id < 0 ? idOfMedium(file) : cell(kinds.id)
  if (id === '') return message('import.csv.idEmpty')
  return {
    line,
    file,
    id,
    captions: kinds.captions.flatMap((index) => captionsOf(cell(index))),
    others: new Map(kinds.others.map((index): [string, string] => [columns[index] ?? '', cell(index)]).filter(([, value]) => value !== '')),
  }
}

/** Opens a table: reads its header and returns the remaining lines; null if the file is empty. */
async function openTable(file: string, encoding: string): Promise<{ table: Table; records: AsyncIterable<Line> } | null> {
  const lines = readLines(file, encoding)
  const next = async (): Promise<Line | null> => {
    for (;;) {
      const { value } = await lines.next()
      if (!value || value.text?.trim() !== '') return value ?? null
    }
  }
  const requireText = ({ text, line }: Line): string => {
    if (text !== null) return text
    throw badFile(file, message('import.csv.lineNotUtf8', { line }), message('import.saveAsUtf8'))
  }
  const first = await next()
  if (first === null) return null
  if (isTokenLine(requireText(first)))
    return {
      table: tokenTable,
      records: (async function* () {
        yield first
        yield* lines
      })(),
    }
  const separator = separatorOf(requireText(first))
  const header = separator === undefined ? first : await next()
  return header === null ? null : { table: readHeader(file, requireText(header), separator), records: lines }
}

type TableEntry = { readonly table: Table } | { readonly line: number; readonly row: Row | Message }

/** Yields the table description, then its rows. A row is a Message if it cannot be read. */
async function* readTable(file: string, encoding: string): AsyncGenerator<TableEntry, void, undefined> {
  const opened = await openTable(file, encoding)
  if (opened === null) return
  const { table, records } = opened
  yield { table }
  for await (const record of readRecords(records, table.delimiter, table.quoting)) yield { line: record.line, row: readRow(table, record) }
}

/** Combines the rows of one id into an item; values that differ from the first row are reported as problems. */
class Group {
  readonly #captions = new Set<string>()
  constructor(
    readonly name: string,
    readonly first: Row,
    readonly leftOut: LeftOut,
  ) {}

  *add(row: Row): Generator<ImportEntry> {
    const { first, name } = this
    if (row.file !== first.file)
      return yield problemEntry(name, row.line, row.id, message('import.csv.idUsedForAnotherFile', { line: first.line, file: first.file }))
    for (const caption of this.leftOut.trim(row.id, row.captions)) {
      if (this.#captions.has(caption)) this.leftOut.add('repeated', row.id)
      this.#captions.add(caption)
    }
    for (const [column, value] of row.others) {
      const kept = first.others.get(column) ?? ''
      if (value !== kept)
        yield problemEntry(name, row.line, row.id, message('import.csv.valueDiffers', { column, value, kept, line: first.line }))
    }
  }

  finish(): ImportEntry {
    const { first, name } = this
    const captions = this.#captions.size > 0 ? { captions: [...this.#captions] } : {}
    const context = parseContext({ ...Object.fromEntries(first.others), ...captions })
    if (context instanceof Message) return problemEntry(name, first.line, first.id, context)
    return { kind: 'row', file: name, line: first.line, id: first.id, mediaNames: [first.file], context }
  }
}

/** Reports columns that are not kept because they only contain row numbers. */
function* reportNumbering(name: string, { columns, kinds }: Table): Generator<ImportEntry> {
  for (const index of kinds.numbering)
    yield noteEntry(name, null, null, message('import.csv.columnOnlyNumbers', { column: columns[index] ?? '' }))
}

/**
 * Reads a table with a column that names the media file (`file`, `image`, `file_name`, `image_path` and so on). Optional columns: `id` (by
 * default the file name), captions (`caption`, otherwise `text`, `description` and so on); other columns become texts of the context. Rows
 * with the same id are one item with all their captions. Columns are separated by commas, semicolons, tabs or “|”.
 */
export async function* readCsv(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const { file } = request
  if (file === undefined) throw new Problem('wrong-use', message('import.csv.fileNeeded'), message('import.nameFileOption'))
  const name = basename(file)
  const encoding = await detectFileEncoding(file, request.encoding)
  if (encoding.isGuessed) yield noteEntry(name, null, null, guessedEncoding(encoding))
  // Rows of one id may be scattered: a first pass finds the last row of each id, so that few groups are in memory at a time.
  const lastLine = new IdTable()
  for await (const entry of readTable(file, encoding.name))
    if ('table' in entry) yield* reportNumbering(name, entry.table)
    else if (!(entry.row instanceof Message)) lastLine.set(entry.row.id, entry.line)
  yield { kind: 'total', total: lastLine.size }

  const groups = new Map<string, Group>()
  const leftOut = new LeftOut()
  for await (const entry of readTable(file, encoding.name)) {
    if ('table' in entry) continue
    const { line, row } = entry
    if (row instanceof Message) {
      yield problemEntry(name, line, null, row)
      continue
    }
    const group = groups.get(row.id) ?? new Group(name, row, leftOut)
    groups.set(row.id, group)
    yield* group.add(row)
    if (lastLine.get(row.id) !== line) continue
    groups.delete(row.id)
    yield group.finish()
  }
  // Only groups whose ids collided with others in the hash table remain.
  for (const group of groups.values()) yield group.finish()
  yield* leftOut.notes(name)
}
