import type { Line } from '../text/readLines'
import { type Message, message } from '../../../../shared/messages/message'

export interface CsvRecord {
  /** Line at which the record starts. */
  readonly line: number
  /** Null if the record cannot be read (see `fault`). */
  readonly cells: readonly string[] | null
  readonly fault: Message | null
}

/** A cell that spans more lines than this has an unclosed quote. */
const maxLines = 1000

type Split = { state: 'done'; cells: string[] } | { state: 'open' } | { state: 'broken' }

/**
 * Meaning of quotes: `quoted` – they enclose a cell that starts with one; `spaced` – blanks may precede them; `bare` – they are plain text.
 */
export type Quoting = 'quoted' | 'spaced' | 'bare'

const blanks = /[ \t]*/y
function skipBlanks(text: string, at: number): number {
  blanks.lastIndex = at
  return at + (blanks.exec(text)?.[0].length ?? 0)
}

/**
 * Splits one record as defined in RFC 4180; quotes inside an unquoted cell are text. `open`: the record continues on the next line.
 * `broken`: something other than a delimiter follows a closing quote.
 */
export function splitRecord(text: string, delimiter: string, quoting: Quoting = 'quoted'): Split {
  if (quoting === 'bare') return { state: 'done', cells: text.split(delimiter) }
  const cells: string[] = []
  let at = 0
  for (;;) {
    const isSpaced = quoting === 'spaced' && text[skipBlanks(text, at)] === '"'
    if (isSpaced) at = skipBlanks(text, at)
    if (text[at] === '"') {
      let cell = ''
      for (at++; ; at += 2) {
        const quote = text.indexOf('"', at)
        if (quote < 0) return { state: 'open' }
        cell += text.slice(at, quote)
        at = quote
        if (text[at + 1] !== '"') break
        cell += '"'
      }
      cells.push(cell)
      at++
      if (isSpaced) at = skipBlanks(text, at)
      if (at < text.length && text[at] !== delimiter) return { state: 'broken' }
    } else {
      const end = text.indexOf(delimiter, at)
      cells.push(text.slice(at, end < 0 ? text.length : end))
      at = end < 0 ? text.length : end
    }
    if (at >= text.length) return { state: 'done', cells }
    at++
  }
}

/**
 * Combines lines into the records of a table. After a record that cannot be read, parsing continues with the line after its first line, so
 * that a stray quote affects only its own row. Empty lines are skipped.
 */
export async function* readRecords(
  lines: AsyncIterable<Line>,
  delimiter: string,
  quoting: Quoting = 'quoted',
): AsyncGenerator<CsvRecord, void, undefined> {
  let pending: Line[] = []
  /** The first lines of `pending`, which are known to leave the record open. */
  let text = ''
  let used = 0
  const drop = (count: number) => {
    pending = pending.slice(count)
    text = ''
    used = 0
  }

  /** Splits the record that starts at the first pending line; only a line with a quote can end an open record. */
  const split = (): Split => {
    let result: Split = { state: 'open' }
    while (result.state === 'open' && used < pending.length) {
      const next = pending[used]?.text ?? null
      if (next === null) return { state: 'broken' }
      text = used === 0 ? next : `${text}\n${next}`
      if (used === 0 || next.includes('"')) result = splitRecord(text, delimiter, quoting)
      used++
    }
    return result
  }

  const take = (isEnd: boolean): CsvRecord | 'skipped' | 'open' => {
    const [first] = pending
    if (first === undefined) return 'open'
    const fail = (fault: Message): CsvRecord => {
      drop(1)
      return { line: first.line, cells: null, fault }
    }
    if (first.text === null) return fail(first.fault ?? message('import.lineUnreadable'))
    if (first.text.trim() === '') {
      drop(1)
      return 'skipped'
    }
    const result = split()
    switch (result.state) {
      case 'done':
        drop(used)
        return { line: first.line, cells: result.cells, fault: null }
      case 'broken':
        return fail(message('import.csv.misplacedQuote'))
      case 'open':
        return isEnd || pending.length > maxLines ? fail(message('import.csv.unclosedQuote')) : 'open'
      default:
        return result satisfies never
    }
  }

  function* drain(isEnd: boolean): Generator<CsvRecord> {
    for (let record = take(isEnd); record !== 'open'; record = take(isEnd)) if (record !== 'skipped') yield record
  }

  for await (const line of lines) {
    pending.push(line)
    yield* drain(false)
  }
  yield* drain(true)
}
