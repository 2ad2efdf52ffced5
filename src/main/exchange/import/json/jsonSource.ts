import { type FileHandle, open } from 'node:fs/promises'
import { requireUtf8Start } from '../text/readLines'

/** A position in a text file. Line and column are 1-based; the column counts UTF-16 code units. */
export interface Place {
  readonly line: number
  readonly column: number
}

const newLine = 0x0a
const quote = 0x22
const backslash = 0x5c
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d]
const isSpace = (byte: number | undefined) => byte === 0x20 || byte === newLine || byte === 0x0d || byte === 0x09
/** Checks whether a byte ends a number or a literal such as `true`. */
const endsScalar = (byte: number) => byte === 0x2c || byte === closeList || byte === closeObject || isSpace(byte)

const pieceBytes = 32 * 1024
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decode(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes)
  } catch {
    return null
  }
}

/** Longer values are not read into memory. */
const longestValue = 64 * 1024 * 1024

/** Result of a method that needs more of the file. */
export const readMore = Symbol('read more')

/** Text of a value: null if it is not UTF-8, undefined if it is too long to be read. */
type ValueText = string | null | undefined

/** State of the scan of a value that continues in the next chunk. */
interface Scan {
  /** Number of bytes scanned since the start of the value. */
  readonly length: number
  readonly depth: number
  readonly inString: boolean
}
const unscanned: Scan = { length: 0, depth: 0, inString: false }

/**
 * A JSON text that is read in chunks; only one chunk and the current value are in memory. It finds the end of a value by brackets and
 * quotes only: in UTF-8 these are single bytes and never part of another character. `JSON.parse` handles the content.
 * Only `readOn` is asynchronous, so that the hundreds of values of a chunk are read without waiting for each.
 */
export class JsonSource {
  readonly #file: string
  #handle: FileHandle | undefined
  /** The next chunk, read ahead while the current one is processed. */
  readonly #ahead = Buffer.allocUnsafe(pieceBytes)
  #reading: Promise<number> | undefined
  #isEnded = false
  #memory = Buffer.allocUnsafe(2 * pieceBytes)
  /** The filled part of `#memory`. */
  #buffer = this.#memory.subarray(0, 0)
  #at = 0
  #scan = unscanned
  /** Line and column of the start of the buffer, both 0-based. */
  #start: Place = { line: 0, column: 0 }
  /** Number of line breaks in the buffer before the offset `to`. */
  #counted = { to: 0, lines: 0 }

  constructor(file: string) {
    this.#file = file
  }

  async close(): Promise<void> {
    await this.#reading?.catch(() => undefined)
    await this.#handle?.close()
  }

  /** Appends the next chunk to the bytes that have not been consumed yet. */
  async readOn(): Promise<void> {
    const isFirst = this.#handle === undefined
    this.#handle ??= await open(this.#file)
    let piece = this.#ahead.subarray(0, await (this.#reading ?? this.#handle.read(this.#ahead, 0, pieceBytes, null).then(bytesOf)))
    if (piece.length === 0) {
      this.#isEnded = true
      return
    }
    if (isFirst) {
      requireUtf8Start(this.#file, piece)
      if (piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf) piece = piece.subarray(3)
    }
    this.#start = { line: this.#start.line + this.#linesTo(this.#at), column: this.#columnOf(this.#at) }
    this.#counted = { to: 0, lines: 0 }
    const kept = this.#buffer.length - this.#at
    const length = kept + piece.length
    const memory = length > this.#memory.length ? Buffer.allocUnsafe(2 * length) : this.#memory
    this.#buffer.copy(memory, 0, this.#at)
    piece.copy(memory, kept)
    this.#memory = memory
    this.#buffer = memory.subarray(0, length)
    this.#at = 0
    this.#reading = this.#handle.read(this.#ahead, 0, pieceBytes, null).then(bytesOf)
    // The error is reported when the promise is awaited.
    this.#reading.catch(() => undefined)
  }

  /** Returns the number of line breaks before an offset, which must not be smaller than in earlier calls for the same buffer. */
  #linesTo(to: number): number {
    let { lines } = this.#counted
    for (let end = this.#buffer.indexOf(newLine, this.#counted.to); end >= 0 && end < to; end = this.#buffer.indexOf(newLine, end + 1))
      lines++
    this.#counted = { to, lines }
    return lines
  }

  #columnOf(at: number): number {
    const last = at === 0 ? -1 : this.#buffer.lastIndexOf(newLine, at - 1)
    return (last < 0 ? this.#start.column : 0) + this.#buffer.toString('utf8', last + 1, at).length
  }

  /** Returns the line of the current position, 1-based. */
  line(): number {
    return this.#start.line + this.#linesTo(this.#at) + 1
  }

  /** Returns the current position. */
  place(): Place {
    return { line: this.line(), column: this.#columnOf(this.#at) + 1 }
  }

  /** Returns the next byte that is not white space, without consuming it; undefined at the end. */
  peek(): number | undefined | typeof readMore {
    const buffer = this.#buffer
    let at = this.#at
    while (at < buffer.length && isSpace(buffer[at])) at++
    this.#at = at
    return at < buffer.length ? buffer[at] : this.#isEnded ? undefined : readMore
  }

  skip(): void {
    this.#at++
  }

  /** Skips the value that `scanValue` measured. */
  skipValue(length: number): void {
    this.#at += length
  }

  /**
   * Returns the length in bytes of the value that starts here, without consuming it. Its end is found by brackets, quotes or delimiters.
   */
  scanValue(): number | typeof readMore {
    const buffer = this.#buffer
    const start = this.#at
    let { depth, inString } = this.#scan
    let at = start + this.#scan.length
    const first = buffer[start]
    const isScalar = first !== quote && first !== openList && first !== openObject
    let isWhole = false
    for (; at < buffer.length && !isWhole; at++) {
      const byte = buffer[at] ?? 0
      if (inString) {
        if (byte === backslash) at++
        else if (byte === quote) {
          inString = false
          isWhole = depth === 0
        }
      } else if (isScalar) {
        if (endsScalar(byte)) break
      } else if (byte === quote) inString = true
      else if (byte === openList || byte === openObject) depth++
      else if (byte === closeList || byte === closeObject) isWhole = --depth === 0
    }
    const length = at - start
    const isFound = isWhole || this.#isEnded || (isScalar && at < buffer.length) || length > longestValue
    this.#scan = isFound ? unscanned : { length, depth, inString }
    return isFound ? Math.min(length, buffer.length - start) : readMore
  }

  /** Returns the text of a value with the given number of bytes, without consuming it. */
  textOf(length: number): ValueText {
    if (length > longestValue) return undefined
    const text = this.#buffer.toString('utf8', this.#at, this.#at + length)
    // Invalid UTF-8 is decoded as this character, which can also be part of the text itself.
    return text.includes('\ufffd') ? decode(this.#buffer.subarray(this.#at, this.#at + length)) : text
  }
}

const bytesOf = ({ bytesRead }: { bytesRead: number }) => bytesRead
