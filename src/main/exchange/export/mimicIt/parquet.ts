import { rename } from 'node:fs/promises'
import path from 'node:path'
import { naming } from '../files/atomicDirectory'
import { generatorVersion } from '../exportJob'
import { openParquetPart, type ParquetPart } from '../files/parquetPart'

export interface ParquetLimits {
  /** Maximum size of a file in bytes; further images go into the next part. */
  readonly partBytes: number
  /** Maximum number of images in a row group; `groupBytes` is the maximum size in bytes. */
  readonly groupRows: number
  readonly groupBytes: number
}

/** Limits that keep parts below 2 GB, as Otter's loader requires. */
const defaultParquetLimits: ParquetLimits = { partBytes: 1_900_000_000, groupRows: 500, groupBytes: 16_000_000 }

/** Name that pandas gives an unnamed index, as in the published files. */
const indexColumn = '__index_level_0__'
const imageColumn = 'base64'

/** Space reserved for the footer: fixed bytes, and bytes per row group. */
const footerBytes = 4096
const groupFooterBytes = 512

/**
 * Returns the metadata that pandas (2.2) and pyarrow write under the key `pandas`, so that `to_pandas` uses the image id as the index. For
 * the layout, see https://pandas.pydata.org/docs/development/developer.html#storing-pandas-dataframe-objects-in-apache-parquet-format
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

const column = (name: string) => ({ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' }) as const
const schema = [column(imageColumn), column(indexColumn)]
const metadata = { key: 'pandas', value: pandasMetadata() }

export interface ImageParquet {
  /**
   * Adds one image.
   * @returns the 0-based part that contains it
   */
  append(imageId: string, base64: string): Promise<number>
  /** Ends the last part and returns the names of all parts in order: `<SET>.parquet`, or `<SET>_000.parquet` … if there are several. */
  finish(): Promise<readonly string[]>
  /** Closes open files after an error; has no effect after `finish`. */
  close(): Promise<void>
}

/** Opens a writer of `<SET>.parquet` in `directory`: string column `base64`, pandas index = image id. Memory holds one row group. */
export function createImageParquet(directory: string, set: string, limits: ParquetLimits = defaultParquetLimits): ImageParquet {
  const names: string[] = []
  let part: ParquetPart | undefined
  const hasRoom = (into: ParquetPart, bytes: number) =>
    into.bytes() + bytes + footerBytes + (into.groups() + 1) * groupFooterBytes <= limits.partBytes
  return {
    async append(imageId, base64) {
      const bytes = imageId.length + base64.length + 8
      if (part && !hasRoom(part, bytes)) {
        await part.finish()
        part = undefined
      }
      if (!part) {
        const name = `${set}_${String(names.length).padStart(3, '0')}.parquet`
        part = await openParquetPart(path.join(directory, name), [imageColumn, indexColumn], { ...limits, schema, metadata })
        names.push(name)
      }
      await part.add({ [imageColumn]: base64, [indexColumn]: imageId }, bytes)
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
