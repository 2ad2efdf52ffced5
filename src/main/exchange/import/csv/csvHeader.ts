import { message } from '../../../../shared/messages/message'
import { type Columns, sortColumns } from '../row/columnNames'
import { type Quoting, splitRecord } from './csvRecords'
import { badFile } from '../text/readLines'

const delimiters = [',', ';', '\t', '|'] as const

/** Delimiter and quoting of a table. */
export interface Dialect {
  readonly delimiter: string
  readonly quoting: Quoting
}

export interface Table extends Dialect {
  readonly columns: readonly string[]
  readonly kinds: Columns
  /** Whether file names are followed by the number of a caption (`a.jpg#0`). */
  readonly isNumbered: boolean
}

const quoteAll = (names: readonly string[]) => names.map((name) => `“${name}”`).join(', ')

/** Line that Excel accepts before the header to name the delimiter; Excel may append more delimiters to it. */
const separatorLine = /^\ufeff?"?sep=(.)"?\1*\s*$/i
export const separatorOf = (line: string): string | undefined => separatorLine.exec(line.replace(/[\r\n]+$/, ''))?.[1]

/** Captions of Flickr8k and Flickr30k: no header; `<image>#<number>`, a tab and the caption, in which quotes are plain text. */
const tokenLine = /^\ufeff?[^\t]+\.\w+#\d+\t/
export const isTokenLine = (line: string): boolean => tokenLine.test(line)

export const tokenTable: Table = {
  columns: ['file', 'caption'],
  kinds: sortColumns(['file', 'caption']),
  delimiter: '\t',
  quoting: 'bare',
  isNumbered: true,
}

const cellsOf = (header: string, delimiter: string): string[] => {
  const split = splitRecord(header, delimiter)
  return split.state === 'done' ? split.cells : []
}

/** Returns the delimiter that splits a line into several columns, one of which is the file column. */
const findDelimiter = (header: string): string | undefined =>
  delimiters.find((delimiter) => {
    const cells = cellsOf(header, delimiter)
    return cells.length > 1 && sortColumns(cells).file >= 0
  })

/** Checks whether the first line of a file starts a table of items. */
export const isHeader = (firstLine: string): boolean =>
  findDelimiter(firstLine) !== undefined || separatorOf(firstLine) !== undefined || isTokenLine(firstLine)

/** If every name except the first is preceded by a blank, quoted cells may be too. With “|”, quotes are plain text, as in Flickr30k. */
const quotingOf = (cells: readonly string[], delimiter: string): Quoting =>
  delimiter !== '|' && cells.length > 1 && cells.slice(1).every((cell) => /^[ \t]/.test(cell)) ? 'spaced' : 'quoted'

/** Characters without width that spreadsheets and web pages leave in column names. */
const invisible = /[\u200b-\u200f\u2060\ufeff]/g

/**
 * Reads the line with the column names.
 * @throws Problem 'bad-file' if the line is not a valid header
 */
export function readHeader(file: string, header: string, separator: string | undefined): Table {
  const maxCells = delimiters.toSorted((a, b) => cellsOf(header, b).length - cellsOf(header, a).length)[0]
  const delimiter = separator ?? findDelimiter(header) ?? maxCells ?? ','
  const split = splitRecord(header, delimiter)
  if (split.state !== 'done') throw badFile(file, message('import.csv.headerQuote'))
  const named = split.cells.map((cell) => cell.replaceAll(invisible, '').trim())
  if (/^[[{]/.test(named[0] ?? '')) throw badFile(file, message('import.csv.looksLikeJson'))
  const columns = named.map((name, index) => name || `column ${index + 1}`)
  const lower = columns.map((column) => column.toLowerCase())
  const repeated = columns.find((_, index) => lower.indexOf(lower[index] ?? '') < index)
  if (repeated !== undefined)
    throw badFile(file, message('import.csv.duplicateColumn', { column: repeated }), message('import.csv.nameEveryColumn'))
  const kinds = sortColumns(columns)
  if (kinds.file < 0)
    throw badFile(
      file,
      message('import.csv.noMediaColumn', { columns: quoteAll(columns.slice(0, 20)) }),
      message('import.csv.nameMediaColumn'),
    )
  // A first column without a name contains row numbers, as written by pandas.
  const isIndex = named[0] === '' && kinds.others.includes(0)
  const sorted = isIndex ? { ...kinds, numbering: [0, ...kinds.numbering], others: kinds.others.filter((index) => index !== 0) } : kinds
  return { columns, kinds: sorted, delimiter, quoting: quotingOf(split.cells, delimiter), isNumbered: false }
}
