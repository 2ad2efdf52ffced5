import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Problem, toProblem } from '../../../shared/problem'
import { type Said, say } from '../../../shared/say'
import { shortenSaid } from './shorten'
import { recogniseMedia, signatureBytes } from '../../media/signature'

export interface Line {
  /** 1-based */
  readonly line: number
  /** without its end; null where it cannot be read, which `fault` explains */
  readonly text: string | null
  readonly fault: Said | null
}

/** A longer line is not read into memory. */
export const longestLine = 32 * 1024 * 1024

/** A Problem about an imported file as a whole. */
export const badFile = (file: string, reason: Said, remedy = say`Correct the file, or choose another one or another format.`) =>
  new Problem('bad-file', say`${basename(file)}: ${shortenSaid(reason)}.`, remedy, { item: basename(file) })

/** Throws a Problem unless the path is a plain file. */
export async function requireFile(file: string): Promise<void> {
  const found = await stat(file).catch((error: unknown) => {
    throw toProblem(error, basename(file))
  })
  if (!found.isFile()) throw badFile(file, found.isDirectory() ? say`it is a folder, not a file` : say`it is not a plain file`)
}

/** Text as UTF-8, without byte order mark; null where it is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** How archives, PDF documents and databases begin. */
const otherStarts = ['PK\x03\x04', '\x1f\x8b', '%PDF', 'SQLite format 3\0']

/** Throws Problem 'bad-file' where the first bytes are of UTF-16 or UTF-32, or of a picture, a video or another file without text. */
export function requireUtf8Start(file: string, bytes: Buffer): void {
  const media = recogniseMedia(bytes.subarray(0, signatureBytes))
  if (media.accepted)
    throw badFile(
      file,
      media.type.kind === 'image' ? say`it is a picture, not a text file` : say`it is a video, not a text file`,
      say`Choose the file with the annotations; pictures and videos are looked for in the media folder.`,
    )
  if (otherStarts.some((start) => bytes.toString('latin1', 0, start.length) === start))
    throw badFile(file, say`it is not a text file`, say`Choose the file with the annotations, unpacked.`)
  const [first, second] = bytes
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  // Without a mark, the first character of such a text has an empty byte before or after it.
  if (isMarked || (bytes.length > 1 && (first === 0 || second === 0)))
    throw badFile(file, say`it is written in UTF-16 or UTF-32, not in UTF-8`, say`Save it with the encoding UTF-8.`)
}

function decodeLine(bytes: Buffer, line: number): Line {
  const end = bytes.at(-1) === 0x0d ? bytes.length - 1 : bytes.length
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const content = bytes.subarray(0, end)
  // TextDecoder takes a byte order mark off every text; only that of the first line is one.
  const text = isMarked && line > 1 ? content.toString() : decodeUtf8(content)
  return { line, text, fault: text === null ? say`the line is not UTF-8 text` : null }
}

/**
 * The lines of a text file (UTF-8, with or without byte order mark, LF or CRLF), read in pieces. A line that is not UTF-8 or too
 * long comes with a fault instead of its text. Throws a Problem where the file cannot be read or is in another encoding.
 */
export async function* readLines(file: string): AsyncGenerator<Line, void, undefined> {
  await requireFile(file)
  let line = 1
  let parts: Buffer[] = []
  let length = 0
  const take = (): Line => {
    const taken: Line =
      length > longestLine ? { line, text: null, fault: say`the line is too long` } : decodeLine(Buffer.concat(parts), line)
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
    let isFirst = true
    for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
      if (isFirst) requireUtf8Start(file, chunk)
      isFirst = false
      let start = 0
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
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
