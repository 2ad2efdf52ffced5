import type { KeyValue, SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { generatorVersion } from '../exportJob'
import { naming } from './atomicDirectory'

export interface PartForm {
  /** Schema of the columns without the root, in depth-first order. */
  readonly schema: readonly SchemaElement[]
  readonly metadata: KeyValue
  /** Maximum number of rows of a row group; `groupBytes` is the maximum size in bytes. */
  readonly groupRows: number
  readonly groupBytes: number
}

/** A Parquet file that is being written; memory holds one row group. */
export interface ParquetPart {
  /**
   * Adds a row by column names.
   * @param bytes approximate size of the row
   */
  add(row: Readonly<Record<string, unknown>>, bytes: number): Promise<void>
  /** Returns the number of bytes so far, including rows that are not yet written. */
  bytes(): number
  groups(): number
  finish(): Promise<void>
  /** Closes the file after an error. */
  close(): Promise<void>
}

/** Creates a Parquet file with uncompressed columns, since images hardly shrink. */
export async function openParquetPart(file: string, columns: readonly string[], form: PartForm): Promise<ParquetPart> {
  const name = path.basename(file)
  const handle = await naming(name, () => open(file, 'wx'))
  const bytesOut = new ByteWriter()
  const flush = async () => {
    await naming(name, () => handle.appendFile(bytesOut.getBytes()))
    bytesOut.index = 0
  }
  const parquet = new ParquetWriter({
    writer: Object.assign(bytesOut, { flush, finish: flush }),
    schema: [{ name: 'schema', num_children: columns.length }, ...form.schema],
    codec: 'UNCOMPRESSED',
    kvMetadata: [form.metadata],
    createdBy: `exemplar version ${generatorVersion}`,
  })
  let group: Readonly<Record<string, unknown>>[] = []
  let waiting = 0
  let groups = 0
  const writeGroup = async () => {
    if (group.length === 0) return
    const written = group
    group = []
    waiting = 0
    groups += 1
    await parquet.write({
      columnData: columns.map((column) => ({
        ...{ name: column, data: written.map((row) => row[column]) },
        ...({ encoding: 'PLAIN', statistics: false, offsetIndex: false } as const),
      })),
      rowGroupSize: written.length,
    })
  }
  return {
    bytes: () => bytesOut.offset + waiting,
    groups: () => groups,
    async add(row, bytes) {
      group.push(row)
      waiting += bytes
      if (group.length >= form.groupRows || waiting >= form.groupBytes) await writeGroup()
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
