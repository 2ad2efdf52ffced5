import { createReadStream, createWriteStream } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { asyncBufferFromFile } from 'hyparquet/src/node.js'
import { extract, pack } from 'tar-stream'
import { openParquetTable, type Columns } from '../../src/main/exchange/export/training/parquetTable'

/** Ways to damage training sets that were exported well. Everything is loosely typed: what is written need not make sense. */

/** A row of any format. Tests damage it on purpose, so its values have no type. */
export type Loose = ReturnType<typeof JSON.parse>

export type Damage = (directory: string) => Promise<unknown>

/** The one file of a folder with this ending that holds rows. */
async function dataFile(directory: string, extension: string): Promise<string> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(`.${extension}`))
  const name = names.find((each) => !/^(?:dataset_info|meta|export|croissant|provenance)\.jsonl?$/.test(each))
  if (name === undefined) throw new Error(`no ${extension} in ${directory}`)
  return join(directory, name)
}

export const changeText =
  (name: string, change: (text: string) => string | Uint8Array): Damage =>
  async (directory) => {
    const file = name.startsWith('*.') ? await dataFile(directory, name.slice(2)) : join(directory, name)
    const text = await readFile(file, 'utf8')
    const changed = change(text)
    if (changed === text) throw new Error('nothing was damaged')
    await writeFile(file, changed)
  }

/** Changes the rows of a JSON list or JSONL. */
export const changeRows =
  (extension: 'json' | 'jsonl', change: (rows: Loose[]) => unknown): Damage =>
  async (directory) => {
    const file = await dataFile(directory, extension)
    const text = await readFile(file, 'utf8')
    const rows: Loose[] = extension === 'json' ? JSON.parse(text) : text.trimEnd().split('\n').map((line) => JSON.parse(line)) // prettier-ignore
    change(rows)
    const written = extension === 'json' ? JSON.stringify(rows) : rows.map((row) => `${JSON.stringify(row)}\n`).join('')
    if (written === (extension === 'json' ? JSON.stringify(JSON.parse(text)) : text)) throw new Error('nothing was damaged')
    await writeFile(file, written)
  }

export const changeJson = (name: string, change: (content: Loose) => unknown): Damage =>
  changeText(name, (text) => {
    const content = JSON.parse(text)
    return JSON.stringify(change(content) ?? content)
  })

/** Puts other bytes in place of the first medium that a folder holds. */
export const changeMedium =
  (bytes: (directory: string, file: string) => Promise<Uint8Array | null>): Damage =>
  async (directory) => {
    const [first = ''] = (await readdir(join(directory, 'media'))).filter((name) => /\.(?:jpg|png)$/.test(name)).toSorted()
    const file = join(directory, 'media', first)
    const changed = await bytes(directory, file)
    if (changed === null) await rm(file)
    else await writeFile(file, changed)
  }

/** Writes the rows of a Parquet set again. @param columns in place of those that the format has */
export const changeParquet =
  (columns: (given: Columns) => Columns, change: (rows: Loose[]) => unknown = (rows) => rows): Damage =>
  async (directory) => {
    const [name = ''] = (await readdir(join(directory, 'data'))).filter((each) => each.endsWith('.parquet'))
    const file = join(directory, 'data', name)
    const buffer = await asyncBufferFromFile(file)
    const metadata = await parquetMetadataAsync(buffer)
    const rows = (await parquetReadObjects({ file: buffer, metadata, utf8: false })) as Loose[]
    change(rows)
    const features = JSON.parse(metadata.key_value_metadata?.find(({ key }) => key === 'huggingface')?.value ?? '{}').info.features
    const again = join(directory, 'again')
    await mkdir(join(again, 'data'), { recursive: true })
    const table = openParquetTable(again, 'train', columns(toColumns(features)))
    for (const row of rows) await table.add(row, 100)
    const [written = ''] = await table.finish()
    await cp(join(again, written), file)
    await rm(again, { recursive: true })
  }

function toColumns(features: Loose): Columns {
  const toFeature = (feature: Loose): Loose => {
    if (feature['_type'] === 'Image') return { kind: 'image' }
    if (feature['_type'] === 'List') return { kind: 'list', of: toFeature(feature['feature']) }
    if (feature['_type'] === 'Value') return { kind: feature['dtype'] }
    return { kind: 'struct', fields: toColumns(feature) }
  }
  return Object.fromEntries(Object.entries(features).map(([name, feature]) => [name, toFeature(feature)])) as Columns
}

export interface Member {
  name: string
  bytes: Buffer
}

/** Writes the members of a shard again. */
export const changeShard =
  (change: (members: Member[]) => Member[] | void, folder = '1-jpg'): Damage =>
  async (directory) => {
    const file = join(directory, folder, 'train-000000.tar')
    const members: Member[] = []
    const archive = extract()
    createReadStream(file).pipe(archive)
    for await (const entry of archive) {
      const chunks: Buffer[] = []
      for await (const chunk of entry) chunks.push(chunk as Buffer)
      members.push({ name: entry.header.name, bytes: Buffer.concat(chunks) })
    }
    const out = pack()
    for (const { name, bytes } of change(members) ?? members) out.entry({ name }, bytes)
    out.finalize()
    await pipeline(out, createWriteStream(file))
  }
