import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { parquetMetadataAsync, parquetReadObjects, type FileMetaData } from 'hyparquet'
import { asyncBufferFromFile } from 'hyparquet/src/node.js'
import { messageOf } from '../../../../../shared/problem'
import { message } from '../../../../../shared/messages/message'
import { isRecord, splitOf, type Checks, type Place, type Row } from './checks'

export interface ParquetFile {
  readonly file: string
  readonly metadata: FileMetaData
  rows(): AsyncGenerator<Place & { readonly value: Row }>
}

/** Size in bytes from which loaders that memory-map a part with 32-bit offsets refuse to read it in one go. */
const maxPartBytes = 2_000_000_000

/** Opens the Parquet files in `data/`; unreadable files are reported. */
export async function* openParquetFiles(checks: Checks, directory: string): AsyncGenerator<ParquetFile> {
  const names = (await readdir(path.join(directory, 'data')).catch(() => [])).filter((name) => name.endsWith('.parquet')).toSorted()
  if (names.length === 0) checks.fail('file', { file: 'data/*.parquet' }, message('training.check.noDataFile'))
  for (const name of names) {
    const file = `data/${name}`
    if (!/^(?:train|validation|test)-\d{5}-of-\d{5}\.parquet$/.test(name)) checks.fail('file', { file }, message('training.check.partName'))
    else checkPartNumber(checks, names, name)
    try {
      const { size } = await stat(path.join(directory, file))
      if (size >= maxPartBytes) checks.fail('limits', { file }, message('training.check.partTooLarge', { bytes: size, max: maxPartBytes }))
      const buffer = await asyncBufferFromFile(path.join(directory, file))
      const metadata = await parquetMetadataAsync(buffer)
      const read = async function* (): AsyncGenerator<Place & { readonly value: Row }> {
        let start = 0
        for (const group of metadata.row_groups) {
          const end = start + Number(group.num_rows)
          const rows: unknown[] = await parquetReadObjects({ file: buffer, metadata, rowStart: start, rowEnd: end, utf8: false })
          for (const [at, value] of rows.entries()) {
            const place: Place = { file, row: `row ${start + at + 1}`, split: splitOf(file) }
            if (isRecord(value)) yield { ...place, value }
          }
          start = end
        }
        if (start === 0) checks.fail('file', { file }, message('training.check.noRows'))
      }
      yield { file, metadata, rows: read }
    } catch (error) {
      checks.fail('file', { file }, message('exportSet.jsonl.fileUnusable', { reason: messageOf(error) }))
    }
  }
}

function checkPartNumber(checks: Checks, names: readonly string[], name: string): void {
  const [split = '', , , count = ''] = name.replace('.parquet', '').split('-')
  if (names.filter((each) => each.startsWith(`${split}-`)).length !== Number(count))
    checks.fail('file', { file: `data/${name}` }, message('training.check.partMissing'))
}

/**
 * Checks the images of a row, which are structs with bytes.
 * @returns the number of images
 */
export async function checkImages(checks: Checks, place: Place, images: unknown): Promise<number> {
  if (!Array.isArray(images)) {
    checks.fail('media', place, message('training.check.imagesNotList'))
    return 0
  }
  for (const image of images as unknown[]) {
    const bytes = isRecord(image) ? image['bytes'] : undefined
    if (bytes instanceof Uint8Array && bytes.length > 0) await checks.image(place, bytes, createHash('sha256').update(bytes).digest('hex'))
    else checks.fail('media', place, message('training.check.imageEmpty'))
  }
  return images.length
}

/** Reports a file whose metadata does not declare an image column to `datasets`. */
export function checkFeatures(checks: Checks, { file, metadata }: ParquetFile): Row {
  const value = metadata.key_value_metadata?.find(({ key }) => key === 'huggingface')?.value
  let features: unknown
  try {
    const parsed: unknown = JSON.parse(value ?? '')
    features = isRecord(parsed) && isRecord(parsed['info']) ? parsed['info']['features'] : undefined
  } catch {
    features = undefined
  }
  if (!isRecord(features)) {
    checks.fail('settings', { file }, message('training.check.featuresMissing'))
    return {}
  }
  const columns = metadata.schema.length > 0 ? topColumns(metadata) : []
  const unnamed = columns.filter((name) => !(name in features))
  if (unnamed.length > 0) checks.fail('settings', { file }, message('training.check.featuresIncomplete', { columns: unnamed.join(', ') }))
  const images = features['images']
  const of = isRecord(images) ? images['feature'] : undefined
  if ('images' in features && !(isRecord(of) && of['_type'] === 'Image'))
    checks.fail('settings', { file }, message('training.check.featuresMissing'))
  return features
}

/** Returns the names of the top-level columns of a schema, which lists all elements in depth-first order. */
export function topColumns({ schema }: Pick<FileMetaData, 'schema'>): string[] {
  const names: string[] = []
  let at = 1
  const skip = (): void => {
    const element = schema[at]
    at += 1
    for (let child = 0; child < (element?.num_children ?? 0); child++) skip()
  }
  while (at < schema.length) {
    names.push(schema[at]?.name ?? '')
    skip()
  }
  return names
}
