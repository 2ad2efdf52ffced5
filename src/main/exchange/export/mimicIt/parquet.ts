import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { open, rename } from 'node:fs/promises'
import path from 'node:path'
import { naming } from '../atomicDirectory'
import { generatorVersion } from '../exportJob'

export interface ParquetLimits {
  /** bytes of a file; more images go into a further part */
  readonly partBytes: number
  /** a row group ends when it holds this many images or bytes of them */
  readonly groupRows: number
  readonly groupBytes: number
}

/** Otter's loader wants parts below 2 GB. */
const defaultParquetLimits: ParquetLimits = { partBytes: 1_900_000_000, groupRows: 500, groupBytes: 16_000_000 }

/** The name pandas gives an index without a name, as in the published files. */
const indexColumn = '__index_level_0__'
const imageColumn = 'base64'

/** Room kept for the footer: fixed bytes, and bytes for each row group. */
const footerBytes = 4096
const groupFooterBytes = 512

/**
 * What pandas (2.2) and pyarrow write under the key `pandas`, so that `to_pandas` makes the image id the index. The layout is described at
 * https://pandas.pydata.org/docs/development/developer.html#storing-pandas-dataframe-objects-in-apache-parquet-format
 */
function pandasMetadata(): string {
  const column = (name: string | null, fieldName: string) => ({
    name,
    field_name: fieldName,
    pandas_type: 'unicode',
    numpy_type: 'object',
    metadata: null,
  })
  return JSON.stringify({
    index_columns: [indexColumn],
    column_indexes: [{ name: null, field_name: null, pandas_type: 'unicode', numpy_type: 'object', metadata: { encoding: 'UTF-8' } }],
    columns: [column(imageColumn, imageColumn), column(null, indexColumn)],
    creator: { library: 'exemplar', version: generatorVersion },
    pandas_version: '2.2.3',
  })
}

export interface ImageParquet {
  /** Adds one image; gives the 0-based part it goes into. */
  append(imageId: string, base64: string): Promise<number>
  /** Ends the last part and gives the names of all, in order: `<SET>.parquet`, or `<SET>_000.parquet` … when there are several. */
  finish(): Promise<readonly string[]>
  /** Closes what is open; for after an error, harmless after `finish`. */
  close(): Promise<void>
}

/** Opens a writer of `<SET>.parquet` in `directory`: string column `base64`, pandas index = image id. Holds one row group in memory. */
export function createImageParquet(directory: string, set: string, limits: ParquetLimits = defaultParquetLimits): ImageParquet {
  const names: string[] = []
  let part: Part | undefined
  return {
    async append(imageId, base64) {
      const bytes = imageId.length + base64.length + 8
      if (part && !part.hasRoom(bytes)) {
        await part.finish()
        part = undefined
      }
      if (!part) {
        const name = `${set}_${String(names.length).padStart(3, '0')}.parquet`
        part = await openPart(path.join(directory, name), limits)
        names.push(name)
      }
      await part.append(imageId, base64, bytes)
      return names.length - 1
    },
    async finish() {
      await part?.finish()
      part = undefined
      const [only, ...others] = names
      if (only === undefined || others.length > 0) return names
      const name = `${set}.parquet`
      await naming(name, () => rename(path.join(directory, only), path.join(directory, name)))
      return [name]
    },
    async close() {
      await part?.close()
      part = undefined
    },
  }
}

interface Part {
  hasRoom(bytes: number): boolean
  append(imageId: string, base64: string, bytes: number): Promise<void>
  finish(): Promise<void>
  close(): Promise<void>
}

async function openPart(file: string, limits: ParquetLimits): Promise<Part> {
  const name = path.basename(file)
  const handle = await naming(name, () => open(file, 'wx'))
  const bytesOut = new ByteWriter()
  const flush = async () => {
    await naming(name, () => handle.appendFile(bytesOut.getBytes()))
    bytesOut.index = 0
  }
  const string = (column: string) => ({ name: column, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' }) as const
  const parquet = new ParquetWriter({
    writer: Object.assign(bytesOut, { flush, finish: flush }),
    schema: [{ name: 'schema', num_children: 2 }, string(imageColumn), string(indexColumn)],
    codec: 'UNCOMPRESSED', // base64 of a JPEG hardly shrinks
    kvMetadata: [{ key: 'pandas', value: pandasMetadata() }],
    createdBy: `exemplar version ${generatorVersion}`,
  })
  let ids: string[] = []
  let images: string[] = []
  let waiting = 0
  let groups = 0

  const writeGroup = async () => {
    if (ids.length === 0) return
    await parquet.write({
      columnData: [
        { name: imageColumn, data: images, encoding: 'PLAIN', statistics: false, offsetIndex: false },
        { name: indexColumn, data: ids, encoding: 'PLAIN', statistics: false, offsetIndex: false },
      ],
      rowGroupSize: ids.length,
    })
    ids = []
    images = []
    waiting = 0
    groups += 1
  }

  return {
    hasRoom: (bytes) => bytesOut.offset + waiting + bytes + footerBytes + (groups + 1) * groupFooterBytes <= limits.partBytes,
    async append(imageId, base64, bytes) {
      ids.push(imageId)
      images.push(base64)
      waiting += bytes
      if (ids.length >= limits.groupRows || waiting >= limits.groupBytes) await writeGroup()
    },
    async finish() {
      try {
        await writeGroup()
        await parquet.finish()
        await naming(name, () => handle.sync())
      } finally {
        await handle.close()
      }
    },
    close: () => handle.close(),
  }
}
