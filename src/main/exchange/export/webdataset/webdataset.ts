import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pack, type Pack } from 'tar-stream'
import type { Split } from '../../../../shared/domain'
import { naming } from '../files/atomicDirectory'
import { toTextTurns } from '../training/texts'
import type { RecordWriter, TrainingFormat, TrainingRecord, FormatTarget } from '../training/records'
import { validateWebdataset } from './validateWebdataset'

/** Size in bytes of a shard after which the next shard begins. */
const shardBytes = 1_000_000_000

interface Shard {
  readonly pack: Pack
  readonly written: Promise<void>
  bytes: number
}

/** Returns the fields of a sample in addition to its JSON: `0.jpg`, `1.png` … */
const fieldsOf = ({ media }: TrainingRecord) => media.map(({ path: file }, at) => `${at}${path.extname(file)}`)

/** Returns the folder for a combination of fields: `datasets` assumes that all samples have the fields of the first ones. */
function folderOf(fields: readonly string[]): string {
  const extensions = fields.map((field) => field.split('.')[1] ?? '')
  if (extensions.length === 0) return 'text'
  return new Set(extensions).size === 1 ? `${extensions.length}-${extensions[0]}` : extensions.join('-')
}

/** Tar shards: the media of a record and its JSON are adjacent, under one key. */
export const webdataset: TrainingFormat = {
  id: 'webdataset',
  software: 'webdataset, Hugging Face datasets (each folder is a set of its own)',
  limits: {
    ...{ maxImages: Infinity, videoFiles: true, system: true, embedsImages: true },
    turns: { sft: 'history', dpo: 'none', kto: 'none' },
  },
  open: openShards,
  validate: validateWebdataset,
}

function openShards(target: FormatTarget): RecordWriter {
  const open = new Map<string, Shard>()
  const counts = new Map<string, number>()
  const files: string[] = []

  const start = async (folder: string, split: Split): Promise<Shard> => {
    await mkdir(path.join(target.directory, folder), { recursive: true })
    const key = `${folder}/${split}`
    const number = counts.get(key) ?? 0
    counts.set(key, number + 1)
    const name = `${key}-${String(number).padStart(6, '0')}.tar`
    files.push(name)
    const archive = pack()
    const written = naming(name, () =>
      pipeline(archive, createWriteStream(path.join(target.directory, name), { flags: 'wx', flush: true })),
    )
    written.catch(() => undefined) // reported where it is awaited
    return { pack: archive, written, bytes: 0 }
  }
  const finishShard = async (shard: Shard) => {
    shard.pack.finalize()
    await shard.written
  }
  return {
    async add(record) {
      const fields = fieldsOf(record)
      const folder = folderOf(fields)
      const key = `${folder}/${record.split}`
      let shard = open.get(key)
      if (shard && shard.bytes >= shardBytes) {
        await finishShard(shard)
        shard = undefined
      }
      if (!shard) open.set(key, (shard = await start(folder, record.split)))
      for (const [at, medium] of record.media.entries()) await writeMember(shard, `${record.id}.${fields[at]}`, await medium.read())
      const messages = toTextTurns(record, target.renderPieces, '').map(({ role, text }) => ({ role: role as string, content: text }))
      if (record.system !== null) messages.unshift({ role: 'system', content: record.system })
      const json = { id: record.id, item: record.item, media: fields, messages }
      await writeMember(shard, `${record.id}.json`, Buffer.from(JSON.stringify(json)))
    },
    async finish() {
      for (const shard of open.values()) await finishShard(shard)
      open.clear()
      return files
    },
    async close() {
      for (const { pack: archive, written } of open.values()) {
        archive.destroy()
        await written.catch(() => undefined)
      }
    },
  }
}

/** Writes a file into a shard, and waits if the disk is slower. Owner and time are the same in every export. */
function writeMember(shard: Shard, name: string, bytes: Buffer): Promise<void> {
  shard.bytes += bytes.length + 1024
  return Promise.race([
    new Promise<void>((resolve, reject) => {
      const entry = shard.pack.entry({ name, size: bytes.length, mtime: new Date(0), mode: 0o644 }, (error) =>
        error ? reject(error) : resolve(),
      )
      entry.end(bytes)
    }),
    // A full disk ends the shard, and then nothing reads the member any more.
    shard.written,
  ])
}
