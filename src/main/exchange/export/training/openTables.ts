import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Split } from '../../../../shared/domain'
import { openParquetTable, type Columns, type ParquetTable } from './parquetTable'
import type { FormatTarget, RecordWriter, TrainingRecord } from './records'

export interface SplitFiles {
  readonly split: Split
  readonly rows: number
  readonly files: readonly string[]
}

type Row = Readonly<Record<string, unknown>>

/** Opens a writer of Parquet parts for each split, with the images of a record as structs of bytes and path. */
export function openTables(
  target: FormatTarget,
  columns: Columns,
  toRow: (record: TrainingRecord, images: readonly { bytes: Uint8Array; path: string }[]) => Row | Promise<Row>,
  finish?: (splits: readonly SplitFiles[]) => Promise<readonly string[]>,
): RecordWriter {
  const tables = new Map<Split, ParquetTable>()
  return {
    async add(record) {
      let table = tables.get(record.split)
      if (!table) {
        await mkdir(path.join(target.directory, 'data'), { recursive: true })
        tables.set(record.split, (table = openParquetTable(target.directory, record.split, columns)))
      }
      const images: { bytes: Uint8Array; path: string }[] = []
      let bytes = 500
      for (const medium of record.media) {
        images.push({ bytes: await medium.read(), path: path.basename(medium.path) })
        bytes += medium.bytes
      }
      await table.add(await toRow(record, images), bytes)
    },
    async finish() {
      const splits: SplitFiles[] = []
      for (const [split, table] of tables) splits.push({ split, rows: table.rows(), files: await table.finish() })
      return [...splits.flatMap(({ files }) => files), ...((await finish?.(splits)) ?? [])]
    },
    async close() {
      for (const table of tables.values()) await table.close()
    },
  }
}
