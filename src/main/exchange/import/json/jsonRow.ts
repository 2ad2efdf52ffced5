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
  /** captions that are left out, since they are empty */
  readonly emptyTexts: number
  /** keys of its objects that nothing reads */
  readonly unreadOfObjects?: readonly string[]
  /** keys of the line that nothing reads */
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
 * Reads a row that has no key `media`, as image folders have it (https://huggingface.co/docs/datasets/image_dataset): the file, whose
 * name is the id where there is no `id` (several names, with commas between), its captions, and what else is known. A text says why it is none.
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
