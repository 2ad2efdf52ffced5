import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { asyncBufferFromFile } from 'hyparquet/src/node.js'
import { messageOf } from '../../../../shared/problem'
import { message, Message } from '../../../../shared/messages/message'
import { isKeyed, type Keyed } from '../row/shapes'
import { badFile, requireFile } from '../text/readLines'
import { listDataFiles } from './dataFiles'
import { openProvenance, withProvenance } from './provenance'
import { readRowContent } from './rowContent'
import { startRowGroups } from './rowGroups'
import type { PairEntry, PairMedium } from './record'
import type { ReadPairs } from './readPairs'

/** Number of rows to decode at a time: row groups of other writers may contain thousands of images. */
const rowsAtOnce = 200

/** Separates image columns, which are structs of bytes and path, from the other values, which are converted to JSON values. */
function splitImages(row: Keyed): { media: PairMedium[]; rest: Keyed } {
  const media: PairMedium[] = []
  const rest: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(row)) {
    if (key !== 'image' && key !== 'images') rest[key] = toPlain(value)
    else for (const each of [value ?? []].flat() as unknown[]) media.push(...toMedium(each))
  }
  return { media, rest }
}

function toMedium(value: unknown): PairMedium[] {
  const { bytes, path } = isKeyed(value) && !(value instanceof Uint8Array) ? value : { bytes: value, path: undefined }
  const name = typeof path === 'string' && path !== '' ? basename(path) : undefined
  if (bytes instanceof Uint8Array && bytes.length > 0) {
    const hash = createHash('sha256').update(bytes).digest('hex')
    return [{ kind: 'image', name: `embedded-${hash}`, fileName: name, embedded: { bytes } }]
  }
  const address = typeof bytes === 'string' ? bytes : path
  return typeof address === 'string' ? [{ kind: 'image', name: address }] : []
}

/** Converts values as JSON would have them; 64-bit integers become numbers. */
function toPlain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(toPlain)
  if (value instanceof Uint8Array) return new TextDecoder().decode(value)
  if (isKeyed(value))
    return Object.fromEntries(Object.entries(value).flatMap(([key, each]) => (each === null ? [] : [[key, toPlain(each)]])))
  return value
}

async function* readRows(file: string): AsyncGenerator<Keyed> {
  await requireFile(file)
  try {
    const buffer = await asyncBufferFromFile(file)
    const metadata = await parquetMetadataAsync(buffer)
    let start = 0
    for (const { num_rows: rows } of metadata.row_groups) {
      const end = start + Number(rows)
      for (let from = start; from < end; from += rowsAtOnce) {
        const read: unknown[] = await parquetReadObjects({
          ...{ file: buffer, metadata, rowStart: from, rowEnd: Math.min(end, from + rowsAtOnce), utf8: false },
        })
        for (const row of read) if (isKeyed(row)) yield row
      }
      start = end
    }
  } catch (error) {
    throw badFile(file, message('import.asPairs.parquetUnreadable', { reason: messageOf(error) }))
  }
}

/** Reads Parquet files with images, as TRL and Hugging Face `datasets` use them. */
export const readParquetFiles: ReadPairs = async function* (path, { notes, leftOut, scratch }) {
  for (const { path: file, name } of await listDataFiles(path, 'parquet')) {
    const provenance = await openProvenance(file, scratch)
    const groupOf = startRowGroups(name)
    let index = -1
    for await (const row of readRows(file)) {
      index++
      const { media, rest } = splitImages(row)
      const { item, turn, ...columns } = rest
      const content = readRowContent(columns, name, notes, leftOut)
      const id = typeof rest['id'] === 'string' ? rest['id'] : null
      const found = provenance?.find(name, { id, media }) ?? null
      const place = { file: name, line: null, index }
      let entry: PairEntry
      if (content instanceof Message) entry = { ...place, id, fault: content }
      else {
        const known = withProvenance({ ...content, media: [...media, ...content.media] }, found)
        const named = typeof item === 'string' && item !== '' ? item : known.item
        entry = { ...content, ...known, ...place, item: named, conversation: groupOf(named, typeof turn === 'number' ? turn : null) }
      }
      if (found?.pairs.length === 0) notes.add('boxRows', found.item)
      else yield [entry]
    }
  }
}
