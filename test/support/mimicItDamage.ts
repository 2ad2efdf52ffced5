import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { asyncBufferFromFile } from 'hyparquet/src/node.js'
import { parquetWriteFile } from 'hyparquet-writer'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parse, stringify } from 'yaml'

/** Ways to damage a MIMIC-IT set that was exported well. Everything is loosely typed: what is written need not make sense. */

export type Loose = Record<string, unknown>

export async function changeJson(
  directory: string,
  name: string,
  change: (content: Loose & { data: Record<string, Loose> }) => void,
): Promise<void> {
  const file = path.join(directory, name)
  const content = JSON.parse(await readFile(file, 'utf8'))
  change(content)
  await writeFile(file, JSON.stringify(content))
}

export async function changeText(directory: string, name: string, change: (text: string) => string): Promise<void> {
  const file = path.join(directory, name)
  await writeFile(file, change(await readFile(file, 'utf8')))
}

export async function changeYaml(directory: string, change: (content: Record<string, Record<string, Loose>>) => unknown): Promise<void> {
  const file = path.join(directory, 'LA.yaml')
  const content = parse(await readFile(file, 'utf8'))
  await writeFile(file, stringify(change(content) ?? content))
}

export interface LooseParquet {
  /** `base64` and `ids`, the index */
  columns: Record<string, (string | null)[]>
  metadata: Loose | string | undefined
}

/** Reads `LA.parquet`, lets it be changed, and writes it again. */
export async function changeParquet(directory: string, change: (content: LooseParquet) => void): Promise<void> {
  const filename = path.join(directory, 'LA.parquet')
  const file = await asyncBufferFromFile(filename)
  const footer = await parquetMetadataAsync(file)
  const rows = await parquetReadObjects({ file, metadata: footer })
  const pandas = footer.key_value_metadata?.find(({ key }) => key === 'pandas')?.value ?? '{}'
  const content: LooseParquet = { columns: {}, metadata: JSON.parse(pandas) }
  const index = '__index_level_0__'
  content.columns = { base64: rows.map((row) => row.base64), ids: rows.map((row) => row[index]) }
  change(content)
  const { metadata, columns } = content
  const value = typeof metadata === 'string' ? metadata : JSON.stringify(metadata)
  parquetWriteFile({
    filename,
    columnData: Object.entries(columns).map(([name, data]) => ({ name: name === 'ids' ? index : name, data, type: 'STRING' as const })),
    kvMetadata: metadata === undefined ? [] : [{ key: 'pandas', value }],
  })
}
