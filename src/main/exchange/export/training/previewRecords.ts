import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parquetReadObjects } from 'hyparquet'
import { asyncBufferFromFile } from 'hyparquet/src/node.js'
import { extract } from 'tar-stream'
import { readCells } from '../csv/readCells'
import type { FormatTarget, TrainingFormat, TrainingRecord } from './records'

/** Prefix of the data file names of a preview. */
const name = 'preview'

/** Returns records as the format writes them, each as multi-line JSON text: they are written to a temporary folder and read back. */
export async function previewRecords(
  format: TrainingFormat,
  records: readonly TrainingRecord[],
  target: Omit<FormatTarget, 'directory' | 'name'>,
): Promise<string[]> {
  if (records.length === 0) return []
  const directory = await mkdtemp(path.join(os.tmpdir(), 'exemplar-preview-'))
  const writer = format.open({ ...target, directory, name })
  try {
    for (const record of records) await writer.add(record)
    const files = await writer.finish()
    const rows: unknown[] = []
    for (const file of files) if (holdsRows(file)) rows.push(...(await readRows(path.join(directory, file))))
    return rows.map((row) => JSON.stringify(row, withoutBytes, 2))
  } finally {
    await writer.close()
    await rm(directory, { recursive: true, force: true })
  }
}

const holdsRows = (file: string) =>
  file.endsWith('.parquet') || file.endsWith('.tar') || /^preview(?:_train)?\.(?:json|jsonl|csv)$/.test(path.basename(file))

async function readRows(file: string): Promise<readonly unknown[]> {
  switch (path.extname(file)) {
    case '.parquet':
      return parquetReadObjects({ file: await asyncBufferFromFile(file) })
    case '.tar':
      return readArchive(file)
    case '.csv':
      return readTable(file)
    case '.jsonl':
      return (await readFile(file, 'utf8')).trimEnd().split('\n').map((line): unknown => JSON.parse(line)) // prettier-ignore
    default:
      return JSON.parse(await readFile(file, 'utf8')) as unknown[]
  }
}

async function readTable(file: string): Promise<unknown[]> {
  const rows: (readonly string[])[] = []
  for await (const { cells } of readCells(createReadStream(file))) rows.push(cells)
  const [header, ...others] = rows
  return others.map((cells) => Object.fromEntries(cells.map((cell, at) => [header?.[at] ?? String(at), cell])))
}

/** Returns the JSON of each sample. */
async function readArchive(file: string): Promise<unknown[]> {
  const rows: unknown[] = []
  for await (const entry of createReadStream(file).pipe(extract())) {
    const chunks: Buffer[] = []
    for await (const chunk of entry) chunks.push(chunk as Buffer)
    if (entry.header.name.endsWith('.json')) rows.push(JSON.parse(Buffer.concat(chunks).toString('utf8')))
  }
  return rows
}

/** Replaces the bytes of embedded images, which are not readable text. */
function withoutBytes(_: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return '…'
  return typeof value === 'bigint' ? Number(value) : value
}
