import { basename } from 'node:path'
import { toProblem } from '../../../shared/problem'
import { findJsonFault } from './jsonFault'
import { JsonSource, type Place } from './jsonSource'
import { badFile, requireFile } from './readLines'

/**
 * A part of a JSON document. Of a list: its elements, with `key` null. Of an object: its members; where the value of one is a list
 * that was asked for, the elements of it, one by one.
 */
export interface JsonEntry {
  readonly key: string | null
  /** in its list, from 0; null for a member of the document */
  readonly index: number | null
  /** 1-based, where the value begins */
  readonly line: number
  readonly value: unknown
}

const [comma, colon, quote] = [0x2c, 0x3a, 0x22]
const brackets = { list: [0x5b, 0x5d], object: [0x7b, 0x7d] } as const

const faultAt = (file: string, { line, column }: Place, reason: string) =>
  badFile(file, `not valid JSON at line ${line}, column ${column}: ${reason}`)

async function expected(file: string, source: JsonSource, what: string): Promise<Error> {
  const isEnd = (await source.peek()) === undefined
  return faultAt(file, source.place(), isEnd ? `the text ends where ${what} should follow` : `${what} should stand here`)
}

/** Reads the value that begins here. Throws Problem 'bad-file' with line and column where there is none. */
async function takeValue(file: string, source: JsonSource, wanted = 'a value'): Promise<unknown> {
  if ((await source.peek()) === undefined) throw await expected(file, source, wanted)
  const place = source.place()
  const text = await source.takeValue()
  if (text === undefined)
    throw badFile(file, `the value at line ${place.line} is larger than 64 MB, or its quotes or brackets do not close`)
  if (text === null) throw badFile(file, `the value at line ${place.line} is not UTF-8 text`, 'Save the file with the encoding UTF-8.')
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw faultIn(file, text, place, wanted)
  }
}

/** Where a value that `JSON.parse` refuses is wrong. */
function faultIn(file: string, text: string, start: Place, wanted: string): Error {
  if (text === '') return faultAt(file, start, `${wanted} should stand here`)
  try {
    const fault = findJsonFault(text)
    if (fault === null) return badFile(file, `not valid JSON at line ${start.line}`)
    const column = fault.line === 1 ? start.column + fault.column - 1 : fault.column
    return faultAt(file, { line: start.line + fault.line - 1, column }, fault.reason)
  } catch (error) {
    // A string of many megabytes is more than a regular expression takes.
    if (error instanceof RangeError) return badFile(file, `not valid JSON at line ${start.line}`)
    throw error
  }
}

/** Takes a comma or the closing bracket; true where the list or object goes on. */
async function goesOn(file: string, source: JsonSource, close: number): Promise<boolean> {
  const byte = await source.peek()
  if (byte !== comma && byte !== close) throw await expected(file, source, 'a comma or a closing bracket')
  source.skip()
  return byte === comma
}

/** Takes an opening bracket; false where it is closed at once. */
async function opens(source: JsonSource, close: number): Promise<boolean> {
  source.skip()
  if ((await source.peek()) !== close) return true
  source.skip()
  return false
}

async function* readList(file: string, source: JsonSource, key: string | null): AsyncGenerator<JsonEntry, void, undefined> {
  const [, close] = brackets.list
  if (!(await opens(source, close))) return
  let index = 0
  do {
    await source.peek()
    const { line } = source.place()
    yield { key, index: index++, line, value: await takeValue(file, source, index === 1 ? 'a value or “]”' : 'a value') }
  } while (await goesOn(file, source, close))
}

async function* readObject(
  file: string,
  source: JsonSource,
  isTakenApart: (key: string) => boolean,
): AsyncGenerator<JsonEntry, void, undefined> {
  const [, close] = brackets.object
  if (!(await opens(source, close))) return
  let name = 'a name in quotes or “}”'
  do {
    if ((await source.peek()) !== quote) throw await expected(file, source, name)
    name = 'a name in quotes'
    const key = String(await takeValue(file, source))
    if ((await source.peek()) !== colon) throw await expected(file, source, 'a colon')
    source.skip()
    if ((await source.peek()) === brackets.list[0] && isTakenApart(key)) {
      const { line } = source.place()
      yield { key, index: null, line, value: [] }
      yield* readList(file, source, key)
    } else {
      const { line } = source.place()
      yield { key, index: null, line, value: await takeValue(file, source) }
    }
  } while (await goesOn(file, source, close))
}

/**
 * Reads a JSON document (RFC 8259, UTF-8) of any length piece by piece: only one element or member is in memory at a time. A list
 * that is taken apart is announced by an entry with an empty list and `index` null. Of a key that stands twice both are given.
 *
 * @param isTakenApart which members of an object are lists whose elements are wanted one by one
 * @throws Problem 'bad-file' with line and column where the text stops being JSON; what was read before is right
 */
export async function* readJsonEntries(
  file: string,
  isTakenApart: (key: string) => boolean = () => false,
): AsyncGenerator<JsonEntry, void, undefined> {
  await requireFile(file)
  const source = new JsonSource(file)
  try {
    const first = await source.peek()
    if (first === undefined) throw badFile(file, 'it is empty')
    if (first === brackets.list[0]) yield* readList(file, source, null)
    else if (first === brackets.object[0]) yield* readObject(file, source, isTakenApart)
    else {
      await takeValue(file, source)
      throw badFile(file, 'it holds a single value, not a list or an object')
    }
    if (!(await source.isAtEnd())) throw await expected(file, source, 'the end')
  } catch (error) {
    throw toProblem(error, basename(file))
  } finally {
    await source.close()
  }
}
