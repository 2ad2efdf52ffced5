import { isAscii, isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { Problem, toProblem } from '../../../../shared/problem'
import { type Message, message } from '../../../../shared/messages/message'
import { recogniseMedia, signatureBytes } from '../../../media/signature'
import { badFile, requireFile } from './fileFault'

/** Encoding of a text, named as in the WHATWG Encoding Standard. */
export interface TextEncoding {
  readonly name: string
  /** Whether the encoding was guessed from the content, without a declaration. */
  readonly isGuessed: boolean
}

/** Signatures of archives, documents and databases, with the reason and the remedy to report. */
const otherStarts: readonly (readonly [start: string, reason: Message, remedy: Message])[] = [
  ['\x1f\x8b', message('import.encoding.gzip'), message('import.encoding.gunzip')],
  ['BZh', message('import.encoding.bzip2'), message('import.encoding.bunzip2')],
  ['\xfd7zXZ', message('import.encoding.xz'), message('import.encoding.unxz')],
  ['\x28\xb5\x2f\xfd', message('import.encoding.zstd'), message('import.encoding.unzstd')],
  ['7z\xbc\xaf', message('import.encoding.sevenZip'), message('import.encoding.unpack')],
  ['PAR1', message('import.encoding.parquet'), message('import.encoding.convertParquet')],
  ['ARROW1', message('import.encoding.arrow'), message('import.encoding.convertArrow')],
  ['\xd0\xcf\x11\xe0', message('import.encoding.excel'), message('import.encoding.saveAsCsv')],
  ['\x89HDF', message('import.encoding.hdf5'), message('import.encoding.convertHdf5')],
  ['%PDF', message('import.encoding.notText'), message('import.encoding.chooseAnnotations')],
  ['SQLite format 3\0', message('import.encoding.notText'), message('import.encoding.chooseAnnotations')],
]

/**
 * Rejects ZIP files: archives and Excel workbooks.
 * @throws Problem 'bad-file' if the file is one
 */
function requireNoZip(file: string, bytes: Buffer): void {
  if (bytes.toString('latin1', 0, 4) !== 'PK\x03\x04') return
  if (bytes.includes('xl/', 0, 'latin1') || bytes.includes('[Content_Types].xml', 0, 'latin1'))
    throw badFile(file, message('import.encoding.excel'), message('import.encoding.saveAsCsv'))
  throw badFile(file, message('import.encoding.notText'), message('import.encoding.chooseAnnotations'))
}

/**
 * Checks that a file is not binary.
 * @throws Problem 'bad-file' if the first bytes are those of an image, a video, an archive or another file without text
 */
export function requireText(file: string, bytes: Buffer): void {
  const media = recogniseMedia(bytes.subarray(0, signatureBytes))
  if (media.accepted)
    throw badFile(
      file,
      media.type.kind === 'image' ? message('import.encoding.image') : message('import.encoding.video'),
      message('import.encoding.mediaAreLookedFor'),
    )
  requireNoZip(file, bytes)
  const other = otherStarts.find(([start]) => bytes.toString('latin1', 0, start.length) === start)
  if (other) throw badFile(file, other[1], other[2])
}

/** Detects UTF-16 and UTF-32 by the byte order mark or by zero bytes in the first characters; null for other encodings. */
function utf16Of(bytes: Buffer): 'utf-16le' | 'utf-16be' | 'utf-32' | null {
  const [first, second, third, fourth] = bytes
  if (bytes.length > 3 && third === 0 && ((first === 0xff && second === 0xfe && fourth === 0) || (first === 0 && second === 0)))
    return 'utf-32'
  if (bytes.length > 3 && first === 0 && second === 0 && third === 0xfe) return 'utf-32'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (bytes.length > 1 && second === 0) return 'utf-16le'
  return bytes.length > 1 && first === 0 ? 'utf-16be' : null
}

/** Like `requireText`, but also throws if the text is UTF-16 or UTF-32. */
export function requireUtf8Start(file: string, bytes: Buffer): void {
  requireText(file, bytes)
  if (utf16Of(bytes) !== null) throw badFile(file, message('import.encoding.utf16'), message('import.saveAsUtf8'))
}

/** Decodes UTF-8 without the byte order mark; null if the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Bytes that are undefined in Windows-1252, or that almost no text in a Western language contains (ÿ). */
const notWestern = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d, 0xff])
/** In Western languages accented letters occur alone or in pairs; in other languages most letters are non-ASCII. */
const longRun = 3
const maxInLongRuns = 0.2

/** Collects evidence of the encoding from the lines of a file. */
class EncodingEvidence {
  #utf8 = 0
  #others = 0
  #high = 0
  #inLongRuns = 0
  #isWestern = true

  add(line: Buffer): void {
    if (isAscii(line)) return
    if (isUtf8(line)) this.#utf8++
    else this.#addOther(line)
  }

  #addOther(line: Buffer): void {
    this.#others++
    let run = 0
    for (let at = 0; at <= line.length; at++) {
      const byte = line[at] ?? 0
      if (byte >= 0x80) {
        run++
        if (notWestern.has(byte)) this.#isWestern = false
        continue
      }
      this.#high += run
      if (run >= longRun) this.#inLongRuns += run
      run = 0
    }
  }

  /** Returns null if the text is neither UTF-8 nor in a Western language. A file with some UTF-8 lines counts as UTF-8. */
  findEncoding(): TextEncoding | null {
    if (this.#others === 0 || this.#utf8 > 0) return { name: 'utf-8', isGuessed: false }
    return this.#isWestern && this.#inLongRuns <= this.#high * maxInLongRuns ? { name: 'windows-1252', isGuessed: true } : null
  }
}

const lineFeed = 0x0a

function addLines(evidence: EncodingEvidence, bytes: Buffer): void {
  if (isAscii(bytes)) return
  let start = 0
  for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
    evidence.add(bytes.subarray(start, end))
    start = end + 1
  }
  evidence.add(bytes.subarray(start))
}

const encodingRemedy = message('import.encoding.saveOrNameEncoding')

function required(file: string, found: TextEncoding | null): TextEncoding {
  if (found) return found
  throw badFile(file, message('import.notUtf8Text'), encodingRemedy)
}

/** Returns the encoding if a UTF-16 byte order mark declares it; null if the lines must decide. UTF-16 without a mark is rejected. */
function encodingOfStart(file: string, bytes: Buffer): TextEncoding | null {
  requireText(file, bytes)
  const wide = utf16Of(bytes)
  if (wide === null) return null
  const isMarked = (bytes[0] ?? 0) >= 0xfe
  if (wide !== 'utf-32' && isMarked) return { name: wide, isGuessed: false }
  throw badFile(file, message('import.encoding.utf16'), encodingRemedy)
}

/**
 * Looks up an encoding that the user specified.
 * @throws Problem 'wrong-use' if there is no encoding of that name
 */
export function requireEncoding(label: string): TextEncoding {
  try {
    return { name: new TextDecoder(label).encoding, isGuessed: false }
  } catch {
    throw new Problem('wrong-use', message('import.encoding.unknown', { label }), message('import.encoding.nameOne'))
  }
}

/**
 * Detects the encoding of a text file of any length: the given encoding, UTF-16 by its first bytes, UTF-8, or Windows-1252 if no non-ASCII
 * line is UTF-8 and the text may be in a Western language.
 * @throws Problem 'bad-file' if it is none of these
 */
export async function detectFileEncoding(file: string, label?: string): Promise<TextEncoding> {
  await requireFile(file)
  if (label !== undefined) return requireEncoding(label)
  const evidence = new EncodingEvidence()
  let rest = Buffer.alloc(0)
  let isFirst = true
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
      const marked = isFirst ? encodingOfStart(file, chunk) : null
      if (marked) return marked
      isFirst = false
      const end = Math.max(chunk.lastIndexOf(lineFeed), chunk.lastIndexOf(0x0d))
      if (end < 0) {
        rest = Buffer.concat([rest, chunk])
        continue
      }
      addLines(evidence, Buffer.concat([rest, chunk.subarray(0, end)]))
      rest = Buffer.from(chunk.subarray(end + 1))
    }
  } catch (error) {
    throw toProblem(error, basename(file))
  }
  addLines(evidence, rest)
  return required(file, evidence.findEncoding())
}

/**
 * Decodes a whole file with the encoding that `detectFileEncoding` would find.
 * @throws Problem 'bad-file' if no encoding is found or the text is invalid in it
 */
export function decodeText(file: string, bytes: Buffer, label?: string): { readonly text: string; readonly encoding: TextEncoding } {
  const find = (): TextEncoding => {
    if (label !== undefined) return requireEncoding(label)
    const marked = encodingOfStart(file, bytes)
    if (marked) return marked
    const evidence = new EncodingEvidence()
    if (isUtf8(bytes)) return { name: 'utf-8', isGuessed: false }
    addLines(evidence, bytes)
    return required(file, evidence.findEncoding())
  }
  const encoding = find()
  try {
    return { text: new TextDecoder(encoding.name, { fatal: true }).decode(bytes), encoding }
  } catch {
    throw badFile(
      file,
      encoding.name === 'utf-8' ? message('import.notUtf8Text') : message('import.encoding.notInEncoding', { encoding: encoding.name }),
      encodingRemedy,
    )
  }
}

/** Creates the note about an encoding that was guessed. */
export const guessedEncoding = ({ name }: TextEncoding): Message => message('import.encoding.guessed', { encoding: name })
