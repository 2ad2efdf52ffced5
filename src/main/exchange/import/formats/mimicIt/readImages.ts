import { parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet'
import { asyncBufferFromFile } from 'hyparquet/src/node.js'
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { messageOf, Problem } from '../../../../../shared/problem'
import { message } from '../../../../../shared/messages/message'
import type { Gathering } from '../../../../store/sql/scratch'
import type { AnnotationFile } from '../../annotationFiles'
import { type ImportEntry, problemEntry } from '../../row/entry'
import { readJsonEntries } from '../../json/readJsonStream'

type Images = Gathering<string>

/** Keeps an image if an instruction refers to it. */
function keep(images: Images, id: unknown, base64: unknown): void {
  if (typeof id !== 'string' || typeof base64 !== 'string') return
  const place = images.find(id)
  if (place !== undefined) images.replace(place, base64)
}

/** Reads one row group at a time, so that only one is in memory. */
async function readParquet(path: string, images: Images): Promise<void> {
  const file = await asyncBufferFromFile(path)
  const metadata = await parquetMetadataAsync(file)
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name)
  const index = columns.find((column) => column !== 'base64')
  if (!columns.includes('base64') || index === undefined) throw new Error('it has no column base64 with a column of ids')
  let rowStart = 0
  for (const { num_rows: rows } of metadata.row_groups) {
    const rowEnd = rowStart + Number(rows)
    const group = await parquetReadObjects({ file, metadata, columns: ['base64', index], rowStart, rowEnd })
    for (const row of group) keep(images, row[index], row.base64)
    rowStart = rowEnd
  }
}

async function readJson(path: string, images: Images): Promise<void> {
  for await (const { key, value } of readJsonEntries(path)) keep(images, key, value)
}

/**
 * Reads the base64 images of an instructions file from the same folder: `<SET>.parquet`, its parts `<SET>_000.parquet`, or `<SET>.json`.
 */
export async function* readImages({ path }: AnnotationFile, images: Images): AsyncGenerator<ImportEntry, void, undefined> {
  const folder = dirname(path)
  const set = basename(path).replace(/(_instructions)?\.json$/i, '')
  const isOfSet = (name: string) => name === `${set}.json` || (name.startsWith(set) && /^(_\d+)?\.parquet$/.test(name.slice(set.length)))
  for (const name of (await readdir(folder)).filter(isOfSet).toSorted()) {
    try {
      await (name.endsWith('.json') ? readJson : readParquet)(join(folder, name), images)
    } catch (error) {
      yield problemEntry(
        name,
        null,
        null,
        message('import.mimicIt.imagesNotRead', { reason: error instanceof Problem ? error.text : messageOf(error) }),
      )
    }
  }
}
