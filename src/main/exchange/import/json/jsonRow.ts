import { z } from 'zod'
import { message, Message } from '../../../../shared/messages/message'
import { idOfMedium } from '../../../media/embeddedMedia'
import { sortColumns } from '../row/columnNames'
import { faultCode, schemaFault } from '../row/entry'
import { isFolderObjects, listUnreadKeys, readFolderObjects } from '../formats/folderObjects'
import { isKeyed, type Keyed } from '../row/shapes'
import { trimAll } from '../text/fileFault'
import { describeJsonFault, parseJson } from './jsonFault'
import { faultOfKeys, readJsonPieces } from './readJsonStream'
import { badFile, type Line, readLines } from '../text/readLines'

export interface JsonRow {
  readonly id: string
  readonly mediaNames: string[]
  readonly context: unknown
  /** Number of empty captions that are left out. */
  readonly emptyTexts: number
  /** Keys in `objects` that are not read. */
  readonly unreadOfObjects?: readonly string[]
  /** Keys of the line that are not read. */
  readonly unknownKeys: string[]
}

export const idSchema = z.union([z.string(), z.number().int()], { error: faultCode('import.json.expectedId') }).transform(String)
export const namesSchema = z
  .union([z.string(), z.array(z.string())], { error: faultCode('import.expectedFileNames') })
  .refine((media) => media.length > 0 || typeof media === 'string', { error: faultCode('import.json.noFileNames') })
  .transform((media) => (typeof media === 'string' ? [media] : media))
const captionsSchema = z
  .union([z.string(), z.array(z.string())], { error: faultCode('import.json.expectedTexts') })
  .transform((captions) => [captions].flat())

/**
 * Reads a row without a key `media`, as image folders use it (https://huggingface.co/docs/datasets/image_dataset): the file, its captions
 * and all other values. Without `id`, the id is the file name (or several names separated by commas). Returns a Message if the row is
 * invalid.
 */
export function parseLooseRow(value: Keyed): JsonRow | Message {
  const keys = Object.keys(value).filter((key) => value[key] !== null && value[key] !== undefined)
  const columns = sortColumns(keys)
  const [fileKey, idKey] = [keys[columns.file], keys[columns.id]]
  if (fileKey === undefined) return idKey === undefined ? message('import.json.idAndMediaMissing') : message('import.json.mediaMissing')
  const names = namesSchema.safeParse(value[fileKey])
  if (!names.success) return schemaFault(names.error, fileKey)
  const id = idKey === undefined ? null : idSchema.safeParse(value[idKey])
  if (id && !id.success) return schemaFault(id.error, 'id')
  const texts: string[] = []
  let emptyTexts = 0
  for (const key of columns.captions.map((index) => keys[index] ?? '')) {
    const captions = captionsSchema.safeParse(value[key])
    if (!captions.success) return schemaFault(captions.error, key)
    const filled = trimAll(captions.data)
    emptyTexts += captions.data.length - filled.length
    texts.push(...filled)
  }
  const objects = isFolderObjects(value['objects']) ? readFolderObjects(value['objects']) : null
  if (objects instanceof Message) return objects
  const read = new Set(objects === null ? ['context'] : ['context', 'objects'])
  const others = columns.others.flatMap((index) => (read.has(keys[index] ?? '') ? [] : [keys[index] ?? '']))
  const context = {
    ...Object.fromEntries(others.map((key) => [key, value[key]])),
    ...(texts.length > 0 && { captions: texts }),
    ...(objects !== null && objects.length > 0 && { boxes: objects }),
    ...(isKeyed(value['context']) && value['context']),
  }
  const unreadOfObjects = isFolderObjects(value['objects']) ? listUnreadKeys(value['objects']) : []
  return {
    id: id?.data ?? names.data.map(idOfMedium).join(', '),
    mediaNames: names.data,
    context,
    emptyTexts,
    unreadOfObjects,
    unknownKeys: [],
  }
}

/** A record of a JSON list, or of a file with one record per line. */
export interface FileRecord {
  readonly line: number
  /** 0-based index in the list; null if each record has its own line. */
  readonly index: number | null
  readonly value: unknown
  /** The reason why there is no value. */
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

/** Checks whether one of the first two lines is a complete object. In a document that spans several lines, neither is. */
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
 * Reads the records of a JSON list or of JSON Lines, one chunk of the file at a time. A line that is not JSON has a fault.
 * @throws Problem 'bad-file' if the file contains neither
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
