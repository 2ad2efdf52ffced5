import { basename } from 'node:path'
import { toProblem } from '../../../../shared/problem'
import { type Message, message } from '../../../../shared/messages/message'
import { findJsonFault, parseJson } from './jsonFault'
import { JsonSource, type Place, readMore } from './jsonSource'
import { findRepeatedKey } from '../../repeatedKeys'
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
  /** why the element of a list has no clear meaning, though it is JSON: a key stands in it twice */
  readonly fault?: Message
}

const [comma, colon, quote] = [0x2c, 0x3a, 0x22]
const brackets = { list: [0x5b, 0x5d], object: [0x7b, 0x7d] } as const

const faultAt = (file: string, { line, column }: Place, reason: Message) =>
  badFile(file, message('import.json.invalidAtLine', { line, column, reason }))

type Reading<T> = Generator<typeof readMore, T, undefined>

/** Asks for more until `source.peek` can tell; called only where it cannot, since a generator for every byte would be felt. */
function* peekMore(source: JsonSource): Reading<number | undefined> {
  for (;;) {
    yield readMore
    const byte = source.peek()
    if (byte !== readMore) return byte
  }
}

function expected(file: string, source: JsonSource, what: Message): Error {
  const isEnd = source.peek() === undefined
  return faultAt(
    file,
    source.place(),
    isEnd ? message('import.json.endsBefore', { expected: what }) : message('import.json.expected', { expected: what }),
  )
}

/** Says that a value holds a key twice, of which readers of JSON keep the last; undefined where it does not. */
export function faultOfKeys(text: string, value: unknown): Message | undefined {
  const key = findRepeatedKey(text, value)
  return key === null ? undefined : message('import.json.keyRepeated', { key })
}

/** Reads the value that begins here. Throws Problem 'bad-file' with line and column where there is none. */
function* takeValue(
  file: string,
  source: JsonSource,
  wanted = message('import.json.expect.value'),
  onText?: (text: string) => void,
): Reading<unknown> {
  let byte = source.peek()
  if (byte === readMore) byte = yield* peekMore(source)
  if (byte === undefined) throw expected(file, source, wanted)
  let length = source.scanValue()
  while (length === readMore) {
    yield readMore
    length = source.scanValue()
  }
  const text = source.textOf(length)
  if (text === undefined) throw badFile(file, message('import.json.valueTooLarge', { line: source.line() }))
  if (text === null)
    throw badFile(file, message('import.json.valueNotUtf8', { line: source.line() }), message('import.json.saveFileAsUtf8'))
  try {
    const value = parseJson(text)
    source.skipValue(length)
    onText?.(text)
    return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw faultIn(file, text, source.place(), wanted)
  }
}

/** Where a value that `JSON.parse` refuses is wrong. */
function faultIn(file: string, text: string, start: Place, wanted: Message): Error {
  if (text === '') return faultAt(file, start, message('import.json.expected', { expected: wanted }))
  try {
    const fault = findJsonFault(text)
    if (fault === null) return badFile(file, message('import.json.invalidInLine', { line: start.line }))
    const column = fault.line === 1 ? start.column + fault.column - 1 : fault.column
    return faultAt(file, { line: start.line + fault.line - 1, column }, fault.reason)
  } catch (error) {
    // A string of many megabytes is more than a regular expression takes.
    if (error instanceof RangeError) return badFile(file, message('import.json.invalidInLine', { line: start.line }))
    throw error
  }
}

/** Takes a comma or the closing bracket; true where the list or object goes on. */
function* goesOn(file: string, source: JsonSource, close: number): Reading<boolean> {
  let byte = source.peek()
  if (byte === readMore) byte = yield* peekMore(source)
  if (byte !== comma && byte !== close) throw expected(file, source, message('import.json.expect.commaOrBracket'))
  source.skip()
  return byte === comma
}

/** Takes an opening bracket; false where it is closed at once. */
function* opens(source: JsonSource, close: number): Reading<boolean> {
  source.skip()
  let byte = source.peek()
  if (byte === readMore) byte = yield* peekMore(source)
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
    if (source.peek() === readMore) yield* peekMore(source)
    const line = source.line()
    let text = ''
    const value = yield* takeValue(
      file,
      source,
      index === 0 ? message('import.json.expect.valueOrBracket') : message('import.json.expect.value'),
      (read) => (text = read),
    )
    const fault = faultOfKeys(text, value)
    yield { key, index: index++, line, value, ...(fault && { fault }) }
  } while (yield* goesOn(file, source, close))
}

/** @param parent the name of the opened object whose members these are */
function* readObject(file: string, source: JsonSource, takeApart: TakeApart, parent?: string): Entries {
  const [, close] = brackets.object
  if (!(yield* opens(source, close))) return
  let name = message('import.json.expect.nameOrBrace')
  const of = parent === undefined ? {} : { parent }
  do {
    let byte = source.peek()
    if (byte === readMore) byte = yield* peekMore(source)
    if (byte !== quote) throw expected(file, source, name)
    name = message('import.json.expect.name')
    const key = String(yield* takeValue(file, source))
    byte = source.peek()
    if (byte === readMore) byte = yield* peekMore(source)
    if (byte !== colon) throw expected(file, source, message('import.json.expect.colon'))
    source.skip()
    byte = source.peek()
    if (byte === readMore) byte = yield* peekMore(source)
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
  const first = yield* peekMore(source)
  if (first === undefined) throw badFile(file, message('import.json.empty'))
  if (first === brackets.list[0]) yield* readList(file, source, null)
  else if (first === brackets.object[0]) yield* readObject(file, source, takeApart)
  else {
    yield* takeValue(file, source)
    throw badFile(file, message('import.json.singleValue'))
  }
  let byte = source.peek()
  if (byte === readMore) byte = yield* peekMore(source)
  if (byte === brackets.object[0])
    throw badFile(file, message('import.json.severalValues', { line: source.line() }), message('import.json.makeOneList'))
  if (byte !== undefined) throw expected(file, source, message('import.json.expect.end'))
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
