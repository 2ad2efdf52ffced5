import { type FileHandle, open } from 'node:fs/promises'
import { requireUtf8Start } from '../text/readLines'

/** A place in a text file; both 1-based, the column in UTF-16 units. */
export interface Place {
  readonly line: number
  readonly column: number
}

const newLine = 0x0a
const quote = 0x22
const backslash = 0x5c
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d]
const isSpace = (byte: number | undefined) => byte === 0x20 || byte === newLine || byte === 0x0d || byte === 0x09
/** Bytes that end a number or a name such as `true`. */
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

/** A longer value is not read into memory. */
const longestValue = 64 * 1024 * 1024

/** Stands for what cannot be told before more of the file is read. */
export const readMore = Symbol('read more')

/** The text of a value: null where it is not UTF-8, undefined where it is too long to be read. */
type ValueText = string | null | undefined

/** How far a value was looked through that goes on behind the piece. */
interface Scan {
  /** from where the value begins */
  readonly length: number
  readonly depth: number
  readonly inString: boolean
}
const unscanned: Scan = { length: 0, depth: 0, inString: false }

/**
 * A JSON text read in pieces, of which only one and the value under way are in memory. It finds where values end by brackets and
 * quotes alone: these are single bytes in UTF-8, and never part of another character. What stands between them is `JSON.parse`'s.
 * Nothing waits but `readOn`, so that the hundreds of values of a piece are taken without a pause each.
 */
export class JsonSource {
  readonly #file: string
  #handle: FileHandle | undefined
  /** the next piece, which is read while this one is looked at */
  readonly #ahead = Buffer.allocUnsafe(pieceBytes)
  #reading: Promise<number> | undefined
  #isEnded = false
  #memory = Buffer.allocUnsafe(2 * pieceBytes)
  /** the part of it that is filled */
  #buffer = this.#memory.subarray(0, 0)
  #at = 0
  #scan = unscanned
  /** line and column of where the buffer begins, both from 0 */
  #start: Place = { line: 0, column: 0 }
  /** line ends of the buffer up to a place in it */
  #counted = { to: 0, lines: 0 }

  constructor(file: string) {
    this.#file = file
  }

  async close(): Promise<void> {
    await this.#reading?.catch(() => undefined)
    await this.#handle?.close()
  }

  /** Puts the next piece behind what is not taken yet. */
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
    // Told when it is waited for.
    this.#reading.catch(() => undefined)
  }

  /** Line ends before a place in the buffer that does not lie before one asked for earlier. */
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

  /** The line of what is read next, 1-based. */
  line(): number {
    return this.#start.line + this.#linesTo(this.#at) + 1
  }

  /** The place that is read next. */
  place(): Place {
    return { line: this.line(), column: this.#columnOf(this.#at) + 1 }
  }

  /** The next byte that is no white space, not taken; undefined at the end. */
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

  /** Leaves out what `scanValue` found. */
  skipValue(length: number): void {
    this.#at += length
  }

  /** The bytes of the value that begins here, not taken: as far as its brackets, its quotes or its characters go. */
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

  /** The text of a value of that many bytes, not taken. */
  textOf(length: number): ValueText {
    if (length > longestValue) return undefined
    const text = this.#buffer.toString('utf8', this.#at, this.#at + length)
    // What is not UTF-8 becomes this mark, which the text may hold as well.
    return text.includes('\ufffd') ? decode(this.#buffer.subarray(this.#at, this.#at + length)) : text
  }
}

const bytesOf = ({ bytesRead }: { bytesRead: number }) => bytesRead
