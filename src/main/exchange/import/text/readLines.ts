import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { toProblem } from '../../../../shared/problem'
import { type Message, message } from '../../../../shared/messages/message'
import { badFile, requireFile } from './fileFault'
import { decodeUtf8, requireText, requireUtf8Start } from './textEncoding'

export { badFile, requireFile, decodeUtf8, requireUtf8Start }

export interface Line {
  /** 1-based line number. */
  readonly line: number
  /** Text without its line ending; null if it cannot be read (see `fault`). */
  readonly text: string | null
  readonly fault: Message | null
}

/** Longer lines are not read into memory. */
const longestLine = 32 * 1024 * 1024

function decodeLine(bytes: Buffer, line: number): Line {
  const end = bytes.at(-1) === 0x0d ? bytes.length - 1 : bytes.length
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const content = bytes.subarray(0, end)
  // TextDecoder removes a byte order mark from every text, but only the first line can have one.
  const text = isMarked && line > 1 ? content.toString() : decodeUtf8(content)
  return { line, text, fault: text === null ? message('import.lineNotUtf8') : null }
}

const [lineFeed, carriageReturn] = [0x0a, 0x0d]

/** Checks whether lines end with CR, as on classic Mac OS and in the “CSV (Macintosh)” format. */
function endsByReturn(bytes: Buffer): boolean {
  const at = bytes.indexOf(carriageReturn)
  const end = bytes.indexOf(lineFeed)
  return at >= 0 && at + 1 < bytes.length && (end < 0 || at + 1 < end)
}

/** Reads a file as UTF-8 in chunks, with a line feed at the end of each line. */
async function* readPieces(file: string, encoding: string | undefined): AsyncGenerator<Buffer, void, undefined> {
  const decoder = encoding === undefined || encoding === 'utf-8' ? null : new TextDecoder(encoding)
  const requireStart = encoding === undefined ? requireUtf8Start : requireText
  let isFirst = true
  let isByReturn = false
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    if (isFirst) requireStart(file, chunk)
    const piece = decoder === null ? chunk : Buffer.from(decoder.decode(chunk, { stream: true }))
    if (isFirst) isByReturn = endsByReturn(piece)
    isFirst = false
    if (isByReturn) for (let at = piece.indexOf(carriageReturn); at >= 0; at = piece.indexOf(carriageReturn, at)) piece[at] = lineFeed
    yield piece
  }
  const rest = decoder?.decode() ?? ''
  if (rest !== '') yield Buffer.from(rest)
}

/**
 * Reads the lines of a text file (LF, CRLF or CR) in chunks. A line that is not UTF-8 or too long has a fault instead of its text.
 * @param encoding name of the encoding in the WHATWG Encoding Standard; UTF-8 by default
 * @throws Problem if the file cannot be read or has another encoding
 */
export async function* readLines(file: string, encoding?: string): AsyncGenerator<Line, void, undefined> {
  await requireFile(file)
  let line = 1
  let parts: Buffer[] = []
  let length = 0
  const take = (): Line => {
    const taken: Line =
      length > longestLine ? { line, text: null, fault: message('import.lineTooLong') } : decodeLine(Buffer.concat(parts), line)
    parts = []
    length = 0
    line++
    return taken
  }
  const add = (piece: Buffer) => {
    length += piece.length
    if (length > longestLine) parts = []
    else parts.push(piece)
  }
  try {
    for await (const chunk of readPieces(file, encoding)) {
      let start = 0
      for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
        add(chunk.subarray(start, end))
        yield take()
        start = end + 1
      }
      add(chunk.subarray(start))
    }
    if (length > 0) yield take()
  } catch (error) {
    throw toProblem(error, basename(file))
  }
}
