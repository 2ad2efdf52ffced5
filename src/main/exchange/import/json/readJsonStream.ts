import { basename } from 'node:path'
import { toProblem } from '../../../../shared/problem'
import { type Message, message } from '../../../../shared/messages/message'
import { findJsonFault, parseJson } from './jsonFault'
import { JsonSource, type Place, readMore } from './jsonSource'
import { findRepeatedKey } from '../../repeatedKeys'
import { badFile, requireFile } from '../text/readLines'

/**
 * A part of a JSON document: an element of a list (with `key` null) or a member of an object. If the value of a member is a requested list,
 * its elements are separate entries.
 */
export interface JsonEntry {
  readonly key: string | null
  /** 0-based index in the list; null for a member of the document or of an opened object. */
  readonly index: number | null
  /** Name of the opened object; undefined for a member of the document. */
  readonly parent?: string
  /** Line at which the value starts, 1-based. */
  readonly line: number
  readonly value: unknown
  /** The reason why an element of a list is ambiguous although it is valid JSON: a key occurs twice. */
  readonly fault?: Message
}

const [comma, colon, quote] = [0x2c, 0x3a, 0x22]
const brackets = { list: [0x5b, 0x5d], object: [0x7b, 0x7d] } as const

const faultAt = (file: string, { line, column }: Place, reason: Message) =>
  badFile(file, message('import.json.invalidAtLine', { line, column, reason }))

type Reading<T> = Generator<typeof readMore, T, undefined>

/** Requests more data until `source.peek` returns a result. Called only if needed, because a generator for every byte would be slow. */
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

/** Returns a message if a key occurs twice in a value (JSON parsers keep the last one); otherwise undefined. */
export function faultOfKeys(text: string, value: unknown): Message | undefined {
  const key = findRepeatedKey(text, value)
  return key === null ? undefined : message('import.json.keyRepeated', { key })
}

/**
 * Reads the value that starts here.
 * @throws Problem 'bad-file' with line and column if there is no valid value
 */
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

/** Locates the error in a value that `JSON.parse` rejected. */
function faultIn(file: string, text: string, start: Place, wanted: Message): Error {
  if (text === '') return faultAt(file, start, message('import.json.expected', { expected: wanted }))
  try {
    const fault = findJsonFault(text)
    if (fault === null) return badFile(file, message('import.json.invalidInLine', { line: start.line }))
    const column = fault.line === 1 ? start.column + fault.column - 1 : fault.column
    return faultAt(file, { line: start.line + fault.line - 1, column }, fault.reason)
  } catch (error) {
    // A regular expression cannot handle a string of many megabytes.
    if (error instanceof RangeError) return badFile(file, message('import.json.invalidInLine', { line: start.line }))
    throw error
  }
}

/** Consumes a comma or the closing bracket; returns true if the list or object continues. */
function* goesOn(file: string, source: JsonSource, close: number): Reading<boolean> {
  let byte = source.peek()
  if (byte === readMore) byte = yield* peekMore(source)
  if (byte !== comma && byte !== close) throw expected(file, source, message('import.json.expect.commaOrBracket'))
  source.skip()
  return byte === comma
}

/** Consumes an opening bracket; returns false if the list or object is empty. */
function* opens(source: JsonSource, close: number): Reading<boolean> {
  source.skip()
  let byte = source.peek()
  if (byte === readMore) byte = yield* peekMore(source)
  if (byte !== close) return true
  source.skip()
  return false
}

/** Selects the members of a document that are split into separate entries. */
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

/** @param parent the name of the opened object that contains these members */
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
 * Reads a JSON document (RFC 8259, UTF-8) of any length in chunks and yields the entries of one chunk at a time: awaiting each of a million
 * entries would take longer than reading them. A list that is split is announced by an entry with an empty list and `index` null. If a key
 * occurs twice, both entries are yielded.
 * @param isTakenApart selects the members whose lists are split into elements
 * @param opened members of the document that are objects and are replaced by their own members
 * @throws Problem 'bad-file' with line and column if the text stops being JSON; entries yielded before are correct
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

/** Yields the entries of `readJsonPieces` one by one. */
export async function* readJsonEntries(
  file: string,
  isTakenApart?: (key: string) => boolean,
  ...opened: readonly string[]
): AsyncGenerator<JsonEntry, void, undefined> {
  for await (const piece of readJsonPieces(file, isTakenApart, ...opened)) yield* piece
}
