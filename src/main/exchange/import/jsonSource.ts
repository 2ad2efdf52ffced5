import { type FileHandle, open } from 'node:fs/promises'
import { requireUtf8Start } from './readLines'

/** A place in a text file; both 1-based, the column in UTF-16 units. */
export interface Place {
  readonly line: number
  readonly column: number
}

const newLine = 0x0a
const quote = 0x22
const backslash = 0x5c
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d]
const isSpace = (byte: number) => byte === 0x20 || byte === newLine || byte === 0x0d || byte === 0x09
/** Bytes that end a number or a name such as `true`. */
const endsScalar = (byte: number) => byte === 0x2c || byte === closeList || byte === closeObject || isSpace(byte)

const pieceBytes = 256 * 1024
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decode(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes)
  } catch {
    return null
  }
}

/** A longer value is not read into memory. */
export const longestValue = 64 * 1024 * 1024

/**
 * A JSON text read in pieces, of which only the value under way is in memory. It finds where values end by brackets and quotes
 * alone: these are single bytes in UTF-8, and never part of another character. What stands between them is `JSON.parse`'s.
 */
export class JsonSource {
  readonly #file: string
  #handle: FileHandle | undefined
  /** one piece of memory for all pieces of the file; it grows for a value that is longer */
  #memory = Buffer.allocUnsafe(pieceBytes)
  /** the part of it that is filled */
  #buffer = this.#memory.subarray(0, 0)
  #at = 0
  /** what of the buffer lies before this has been counted */
  #counted = 0
  #line = 1
  /** of the place up to which is counted, from 0 */
  #column = 0

  constructor(file: string) {
    this.#file = file
  }

  async close(): Promise<void> {
    await this.#handle?.close()
  }

  /** Reads on, and forgets what lies before `keep`. */
  async #more(keep: number): Promise<boolean> {
    this.#count(keep)
    const kept = this.#buffer.length - keep
    const memory = kept > this.#memory.length / 2 ? Buffer.allocUnsafe(this.#memory.length * 2) : this.#memory
    this.#buffer.copy(memory, 0, keep)
    this.#memory = memory
    this.#at -= keep
    this.#counted -= keep
    const bytesRead = await this.#fill(kept)
    this.#buffer = memory.subarray(0, kept + bytesRead)
    return bytesRead > 0
  }

  /** Reads a piece of the file to a place in the memory. @returns bytes, 0 at the end of the file */
  async #fill(at: number): Promise<number> {
    const isFirst = this.#handle === undefined
    this.#handle ??= await open(this.#file)
    const { bytesRead } = await this.#handle.read(this.#memory, at, this.#memory.length - at, null)
    if (!isFirst) return bytesRead
    const start = this.#memory.subarray(at, at + bytesRead)
    requireUtf8Start(this.#file, start)
    if (start[0] !== 0xef || start[1] !== 0xbb || start[2] !== 0xbf) return bytesRead
    start.copy(this.#memory, at, 3)
    return bytesRead - 3 || this.#fill(at)
  }

  /** Counts lines and columns up to a place in the buffer; each byte once, so that a document of a single line takes no longer. */
  #count(to: number): void {
    if (to <= this.#counted) return
    const start = this.#counted
    const last = this.#buffer.lastIndexOf(newLine, to - 1)
    for (let end = this.#buffer.indexOf(newLine, start); end >= 0 && end < to; end = this.#buffer.indexOf(newLine, end + 1)) this.#line++
    const column = last < start ? this.#column : 0
    this.#column = column + this.#buffer.toString('utf8', Math.max(start, last + 1), to).length
    this.#counted = to
  }

  /** The place that is read next. */
  place(): Place {
    this.#count(this.#at)
    return { line: this.#line, column: this.#column + 1 }
  }

  /** The next byte that is no white space, not taken; undefined at the end. */
  async peek(): Promise<number | undefined> {
    for (;;) {
      for (; this.#at < this.#buffer.length; this.#at++) {
        const byte = this.#buffer[this.#at]
        if (byte !== undefined && !isSpace(byte)) return byte
      }
      if (!(await this.#more(this.#at))) return undefined
    }
  }

  skip(): void {
    this.#at++
  }

  /** Whether more than this one byte follows; for what may only stand at the end. */
  async isAtEnd(): Promise<boolean> {
    return (await this.peek()) === undefined
  }

  /**
   * The text of the value that begins here: as far as its brackets, its quotes or its characters go. Null where it is not UTF-8,
   * undefined where it is too long to be read.
   */
  async takeValue(): Promise<string | null | undefined> {
    let start = this.#at
    let at = start
    let depth = 0
    let inString = false
    const first = this.#buffer[start]
    const isScalar = first !== quote && first !== openList && first !== openObject
    scan: for (;;) {
      for (; at < this.#buffer.length; at++) {
        const byte = this.#buffer[at]
        if (byte === undefined) break
        if (inString) {
          if (byte === backslash) at++
          else if (byte === quote) {
            inString = false
            if (depth === 0) {
              at++
              break scan
            }
          }
        } else if (isScalar) {
          if (endsScalar(byte)) break scan
        } else if (byte === quote) inString = true
        else if (byte === openList || byte === openObject) depth++
        else if ((byte === closeList || byte === closeObject) && --depth === 0) {
          at++
          break scan
        }
      }
      if (at - start > longestValue) return undefined
      const length = at - start
      const goesOn = await this.#more(start)
      start = 0
      at = length
      if (!goesOn) break
    }
    const end = Math.min(at, this.#buffer.length)
    this.#at = end
    return decode(this.#buffer.subarray(start, end))
  }
}
