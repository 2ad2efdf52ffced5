import { basename } from 'node:path'
import { toProblem } from '../../../../shared/problem'
import { type Said, say } from '../../../../shared/say'
import { findJsonFault } from './jsonFault'
import { JsonSource, type Place, readMore } from './jsonSource'
import { parseJson } from './parseJson'
import { badFile, requireFile } from '../text/readLines'

/**
 * A part of a JSON document. Of a list: its elements, with `key` null. Of an object: its members; where the value of one is a list
 * that was asked for, the elements of it, one by one.
 */
export interface JsonEntry {
  readonly key: string | null
  /** in its list, from 0; null for a member of the document, or of an object in it that was asked for */
  readonly index: number | null
  /** the name of that object; missing for a member of the document */
  readonly parent?: string
  /** 1-based, where the value begins */
  readonly line: number
  readonly value: unknown
}

const [comma, colon, quote] = [0x2c, 0x3a, 0x22]
const brackets = { list: [0x5b, 0x5d], object: [0x7b, 0x7d] } as const

const faultAt = (file: string, { line, column }: Place, reason: Said) =>
  badFile(file, say`not valid JSON at line ${line}, column ${column}: ${reason}`)

type Reading<T> = Generator<typeof readMore, T, undefined>

/** Asks for more until `source.peek` can tell; called only where it cannot, since a generator for every byte would be felt. */
function* peekOn(source: JsonSource): Reading<number | undefined> {
  for (;;) {
    yield readMore
    const byte = source.peek()
    if (byte !== readMore) return byte
  }
}

function expected(file: string, source: JsonSource, what: Said): Error {
  const isEnd = source.peek() === undefined
  return faultAt(file, source.place(), isEnd ? say`the text ends where ${what} should follow` : say`${what} should stand here`)
}

/** Reads the value that begins here. Throws Problem 'bad-file' with line and column where there is none. */
function* takeValue(file: string, source: JsonSource, wanted = say`a value`): Reading<unknown> {
  let byte = source.peek()
  if (byte === readMore) byte = yield* peekOn(source)
  if (byte === undefined) throw expected(file, source, wanted)
  let length = source.scanValue()
  while (length === readMore) {
    yield readMore
    length = source.scanValue()
  }
  const text = source.textOf(length)
  if (text === undefined)
    throw badFile(file, say`the value at line ${source.line()} is larger than 64 MB, or its quotes or brackets do not close`)
  if (text === null)
    throw badFile(file, say`the value at line ${source.line()} is not UTF-8 text`, say`Save the file with the encoding UTF-8.`)
  try {
    const value = parseJson(text)
    source.skipValue(length)
    return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw faultIn(file, text, source.place(), wanted)
  }
}

/** Where a value that `JSON.parse` refuses is wrong. */
function faultIn(file: string, text: string, start: Place, wanted: Said): Error {
  if (text === '') return faultAt(file, start, say`${wanted} should stand here`)
  try {
    const fault = findJsonFault(text)
    if (fault === null) return badFile(file, say`not valid JSON at line ${start.line}`)
    const column = fault.line === 1 ? start.column + fault.column - 1 : fault.column
    return faultAt(file, { line: start.line + fault.line - 1, column }, fault.reason)
  } catch (error) {
    // A string of many megabytes is more than a regular expression takes.
    if (error instanceof RangeError) return badFile(file, say`not valid JSON at line ${start.line}`)
    throw error
  }
}

/** Takes a comma or the closing bracket; true where the list or object goes on. */
function* goesOn(file: string, source: JsonSource, close: number): Reading<boolean> {
  let byte = source.peek()
  if (byte === readMore) byte = yield* peekOn(source)
  if (byte !== comma && byte !== close) throw expected(file, source, say`a comma or a closing bracket`)
  source.skip()
  return byte === comma
}

/** Takes an opening bracket; false where it is closed at once. */
function* opens(source: JsonSource, close: number): Reading<boolean> {
  source.skip()
  let byte = source.peek()
  if (byte === readMore) byte = yield* peekOn(source)
  if (byte !== close) return true
  source.skip()
  return false
}

/** Which members of a document are taken apart. */
interface TakeApart {
  readonly isList: (key: string) => boolean
  readonly opened: readonly string[]
}

type Entries = Generator<JsonEntry | typeof readMore, void, undefined>

function* readList(file: string, source: JsonSource, key: string | null): Entries {
  const [, close] = brackets.list
  if (!(yield* opens(source, close))) return
  let index = 0
  do {
    if (source.peek() === readMore) yield* peekOn(source)
    const line = source.line()
    const value = yield* takeValue(file, source, index === 0 ? say`a value or “]”` : say`a value`)
    yield { key, index: index++, line, value }
  } while (yield* goesOn(file, source, close))
}

/** @param parent the name of the opened object whose members these are */
function* readObject(file: string, source: JsonSource, takeApart: TakeApart, parent?: string): Entries {
  const [, close] = brackets.object
  if (!(yield* opens(source, close))) return
  let name = say`a name in quotes or “}”`
  const of = parent === undefined ? {} : { parent }
  do {
    let byte = source.peek()
    if (byte === readMore) byte = yield* peekOn(source)
    if (byte !== quote) throw expected(file, source, name)
    name = say`a name in quotes`
    const key = String(yield* takeValue(file, source))
    byte = source.peek()
    if (byte === readMore) byte = yield* peekOn(source)
    if (byte !== colon) throw expected(file, source, say`a colon`)
    source.skip()
    byte = source.peek()
    if (byte === readMore) byte = yield* peekOn(source)
    const line = source.line()
    if (byte === brackets.list[0] && takeApart.isList(key)) {
      yield { key, index: null, line, value: [], ...of }
      yield* readList(file, source, key)
    } else if (byte === brackets.object[0] && parent === undefined && takeApart.opened.includes(key))
      yield* readObject(file, source, takeApart, key)
    else yield { key, index: null, line, value: yield* takeValue(file, source), ...of }
  } while (yield* goesOn(file, source, close))
}

function* readDocument(file: string, source: JsonSource, takeApart: TakeApart): Entries {
  const first = yield* peekOn(source)
  if (first === undefined) throw badFile(file, say`it is empty`)
  if (first === brackets.list[0]) yield* readList(file, source, null)
  else if (first === brackets.object[0]) yield* readObject(file, source, takeApart)
  else {
    yield* takeValue(file, source)
    throw badFile(file, say`it holds a single value, not a list or an object`)
  }
  let byte = source.peek()
  if (byte === readMore) byte = yield* peekOn(source)
  if (byte === brackets.object[0])
    throw badFile(
      file,
      say`it holds several values, as JSON lines do: the second begins in line ${source.line()}`,
      say`Put them into one list, with commas between them.`,
    )
  if (byte !== undefined) throw expected(file, source, say`the end`)
}

/**
 * Reads a JSON document (RFC 8259, UTF-8) of any length piece by piece, and gives the entries of a piece at a time: a wait for each
 * of a million would take longer than reading them. A list that is taken apart is announced by an entry with an empty list and
 * `index` null. Of a key that stands twice both are given.
 *
 * @param isTakenApart which members of an object are lists whose elements are wanted one by one
 * @param opened members of the document that are objects whose members are wanted in place of them
 * @throws Problem 'bad-file' with line and column where the text stops being JSON; what was read before is right
 */
export async function* readJsonPieces(
  file: string,
  isTakenApart: (key: string) => boolean = () => false,
  ...opened: readonly string[]
): AsyncGenerator<readonly JsonEntry[], void, undefined> {
  await requireFile(file)
  const source = new JsonSource(file)
  let piece: JsonEntry[] = []
  try {
    for (const next of readDocument(file, source, { isList: isTakenApart, opened })) {
      if (next !== readMore) {
        piece.push(next)
        continue
      }
      if (piece.length > 0) yield piece
      piece = []
      await source.readOn()
    }
    if (piece.length > 0) yield piece
  } catch (error) {
    if (piece.length > 0) yield piece
    throw toProblem(error, basename(file))
  } finally {
    await source.close()
  }
}

/** The entries of `readJsonPieces` one by one. */
export async function* readJsonEntries(
  file: string,
  isTakenApart?: (key: string) => boolean,
  ...opened: readonly string[]
): AsyncGenerator<JsonEntry, void, undefined> {
  for await (const piece of readJsonPieces(file, isTakenApart, ...opened)) yield* piece
}
