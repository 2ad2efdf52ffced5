import { type Message, message } from '../../../../shared/messages/message'
import { describeJsonFault } from './jsonFault'
import { isKeyed } from '../row/keyed'
import { parseJson } from './parseJson'
import { faultOfKeys, readJsonPieces } from './readJsonStream'
import { badFile, type Line, readLines } from '../text/readLines'

/** A record of a JSON list, or of a file that has one on each line. */
export interface FileRecord {
  readonly line: number
  /** in its list, from 0; null where each record has a line of its own */
  readonly index: number | null
  readonly value: unknown
  /** why there is no value */
  readonly fault?: Message
}

function parseLine({ line, text, fault }: Line): FileRecord {
  if (text === null) return { line, index: null, value: undefined, fault: fault ?? message('import.lineUnreadable') }
  try {
    const value = parseJson(text)
    const unclear = faultOfKeys(text, value)
    return { line, index: null, value, ...(unclear && { fault: unclear }) }
  } catch {
    return { line, index: null, value: undefined, fault: describeJsonFault(text, false) }
  }
}

/** Whether one of the first two lines is an object of its own: a document of several lines has none there. */
async function hasLines(file: string): Promise<boolean> {
  let seen = 0
  for await (const line of readLines(file)) {
    if (line.text?.trim() === '') continue
    if (seen === 0 && line.text?.trimStart().startsWith('[')) return false
    const { value } = parseLine(line)
    if (isKeyed(value)) return true
    if (++seen === 2) break
  }
  return false
}

/**
 * Reads the records of a JSON list, or of JSON lines, a piece of the file at a time. A line that is not JSON has a fault.
 * Throws Problem 'bad-file' where the file holds neither.
 */
export async function* readRecords(file: string): AsyncGenerator<readonly FileRecord[], void, undefined> {
  if (await hasLines(file)) {
    for await (const line of readLines(file)) if (line.text?.trim() !== '') yield [parseLine(line)]
    return
  }
  for await (const piece of readJsonPieces(file)) {
    if (piece.some(({ key }) => key !== null))
      throw badFile(file, message('import.json.oneObject', { key: piece[0]?.key ?? '' }), message('import.json.chooseRecords'))
    yield piece
  }
}
