import { basename } from 'node:path'
import type { ImportRequest } from '../../../shared/contract'
import { Problem } from '../../../shared/problem'
import { Said, say } from '../../../shared/say'
import { type CsvRecord, readRecords, splitRecord } from './csvRecords'
import { type ImportEntry, parseContext, problemEntry } from './entry'
import { IdTable } from './idTable'
import { badFile, readLines } from './readLines'

const fileNames = new Set(['file', 'image', 'media', 'filename'])
const captionNames = new Set(['caption', 'captions'])
const delimiters = [',', ';', '\t'] as const

interface Table {
  readonly columns: readonly string[]
  readonly fileColumn: number
  readonly idColumn: number
  readonly captionColumns: readonly number[]
  /** every other column becomes a text of the context */
  readonly otherColumns: readonly number[]
}

interface Row {
  readonly line: number
  readonly id: string
  readonly file: string
  readonly captions: readonly string[]
  readonly others: ReadonlyMap<string, string>
}

const lookUp = (name: string) => name.trim().toLowerCase()
const quoteAll = (names: readonly string[]) => names.map((name) => `“${name}”`).join(', ')

/** Separated by which character a line has several columns, one of which is the file column. */
function findDelimiter(header: string): string | undefined {
  return delimiters.find((delimiter) => {
    const split = splitRecord(header, delimiter)
    return split.state === 'done' && split.cells.length > 1 && split.cells.some((cell) => fileNames.has(lookUp(cell)))
  })
}

/** Whether the first line of a file names the columns of a table of items. */
export const isHeader = (firstLine: string): boolean => findDelimiter(firstLine) !== undefined

function readHeader(file: string, cells: readonly string[]): Table {
  const columns = cells.map((cell, index) => cell.trim() || `column ${index + 1}`)
  const isJson = /^[[{]/.test(columns[0] ?? '')
  if (isJson) throw badFile(file, say`it looks like JSON, not like a table`)
  const repeated = columns.find((column, index) => columns.findIndex((each) => lookUp(each) === lookUp(column)) < index)
  if (repeated !== undefined) throw badFile(file, say`two columns are named “${repeated}”`, say`Give every column a name of its own.`)
  const fileColumn = columns.findIndex((column) => fileNames.has(lookUp(column)))
  if (fileColumn < 0)
    throw badFile(
      file,
      say`no column names the media file; its columns are ${quoteAll(columns.slice(0, 20))}`,
      say`Name that column “file”, “image”, “media” or “filename”.`,
    )
  const idColumn = columns.findIndex((column) => lookUp(column) === 'id')
  const captionColumns = [...columns.keys()].filter((index) => captionNames.has(lookUp(columns[index] ?? '')))
  const special = new Set([fileColumn, idColumn, ...captionColumns])
  return { columns, fileColumn, idColumn, captionColumns, otherColumns: [...columns.keys()].filter((index) => !special.has(index)) }
}

function readRow(table: Table, { line, cells, fault }: CsvRecord): Row | Said {
  if (cells === null) return fault ?? say`the row cannot be read`
  if (cells.length !== table.columns.length) return say`the row has ${cells.length} columns, the table has ${table.columns.length}`
  const cell = (index: number) => (cells[index] ?? '').trim()
  const file = cell(table.fileColumn)
  if (file === '') return say`the column “${table.columns[table.fileColumn] ?? ''}” is empty`
  const id = table.idColumn < 0 ? file : cell(table.idColumn)
  if (id === '') return say`the column “id” is empty`
  return {
    line,
    file,
    id,
    captions: table.captionColumns.map(cell).filter((caption) => caption !== ''),
    others: new Map(
      table.otherColumns.map((index): [string, string] => [table.columns[index] ?? '', cell(index)]).filter(([, value]) => value !== ''),
    ),
  }
}

/** The rows of the table; a text says why one cannot be read. */
async function* readTable(file: string): AsyncGenerator<{ line: number; row: Row | Said }, void, undefined> {
  const lines = readLines(file)
  let header = await lines.next()
  while (!header.done && header.value.text?.trim() === '') header = await lines.next()
  if (header.done) return
  const headerText = header.value.text
  if (headerText === null) throw badFile(file, say`line ${header.value.line} is not UTF-8 text`, say`Save it with the encoding UTF-8.`)
  const delimiter = findDelimiter(headerText) ?? ','
  const split = splitRecord(headerText, delimiter)
  if (split.state !== 'done') throw badFile(file, say`the line with the column names has a quote in the wrong place`)
  const table = readHeader(file, split.cells)
  for await (const record of readRecords(lines, delimiter)) yield { line: record.line, row: readRow(table, record) }
}

/** The item that rows of one id add up to; what does not fit its first row is a problem. */
class Group {
  readonly #captions = new Set<string>()
  constructor(
    readonly name: string,
    readonly first: Row,
  ) {}

  *add(row: Row): Generator<ImportEntry> {
    const { first, name } = this
    if (row.file !== first.file)
      return yield problemEntry(
        name,
        row.line,
        row.id,
        say`the id stands in line ${first.line} with another file (“${first.file}”), so this row is left out`,
      )
    for (const caption of row.captions) this.#captions.add(caption)
    for (const [column, value] of row.others) {
      const kept = first.others.get(column) ?? ''
      if (value !== kept)
        yield problemEntry(name, row.line, row.id, say`“${column}” is “${value}” here and “${kept}” in line ${first.line}, which is kept`)
    }
  }

  finish(): ImportEntry {
    const { first, name } = this
    const captions = this.#captions.size > 0 ? { captions: [...this.#captions] } : {}
    const context = parseContext({ ...Object.fromEntries(first.others), ...captions })
    if (context instanceof Said) return problemEntry(name, first.line, first.id, context)
    return { kind: 'row', file: name, line: first.line, id: first.id, mediaNames: [first.file], context }
  }
}

/**
 * A table with a column named `file`, `image`, `media` or `filename`, if need be a column `id` (else the file's name is the id),
 * `caption` or `captions`, and other columns, which become texts of the context. Rows of one id are one item: their captions are
 * gathered. Separated by commas, semicolons or tabs.
 */
export async function* readCsv(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const { file } = request
  if (file === undefined) throw new Problem('wrong-use', say`A CSV import needs a file.`, say`Name it with --file.`)
  const name = basename(file)
  // Rows of one id need not follow each other: a first pass finds the last of each, so that few groups are in memory at a time.
  const lastLine = new IdTable()
  for await (const { line, row } of readTable(file)) if (!(row instanceof Said)) lastLine.set(row.id, line)
  yield { kind: 'total', total: lastLine.size }

  const groups = new Map<string, Group>()
  for await (const { line, row } of readTable(file)) {
    if (row instanceof Said) {
      yield problemEntry(name, line, null, row)
      continue
    }
    const group = groups.get(row.id) ?? new Group(name, row)
    groups.set(row.id, group)
    yield* group.add(row)
    if (lastLine.get(row.id) !== line) continue
    groups.delete(row.id)
    yield group.finish()
  }
  // Left is only who was taken for another by the table.
  for (const group of groups.values()) yield group.finish()
}
