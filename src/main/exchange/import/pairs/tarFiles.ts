import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { posix } from 'node:path'
import { extract } from 'tar-stream'
import { messageOf, Problem } from '../../../../shared/problem'
import { message, Message } from '../../../../shared/messages/message'
import { isMediaName, isVideoName } from '../row/mediaNamed'
import { isKeyed } from '../row/shapes'
import { badFile, requireFile } from '../text/readLines'
import { listDataFiles } from './dataFiles'
import { openProvenance, withProvenance } from './provenance'
import { readRowContent } from './rowContent'
import type { PairEntry, PairMedium } from './record'
import type { PairsContext, ReadPairs } from './readPairs'

/** Maximum size in bytes of a member other than media, which is read into memory. */
const longestText = 32 * 1024 * 1024

interface Sample {
  readonly key: string
  json: string | null
  readonly media: Map<string, PairMedium>
}

/** Splits a member name: the key of the sample is the path up to the first dot of the file name; the rest is the field. */
function splitName(name: string): { key: string; field: string } {
  const base = posix.basename(name)
  const dot = base.indexOf('.')
  return { key: posix.join(posix.dirname(name), dot < 0 ? base : base.slice(0, dot)), field: dot < 0 ? '' : base.slice(dot + 1) }
}

/** Writes a medium to a temporary file, and names it by the hash of its content. */
async function takeMedium(content: AsyncIterable<Buffer>, field: string, takeFile: PairsContext['takeFile']): Promise<PairMedium> {
  const file = await takeFile()
  const hash = createHash('sha256')
  const handle = await open(file, 'wx')
  try {
    for await (const chunk of content) {
      hash.update(chunk)
      await handle.writeFile(chunk)
    }
  } finally {
    await handle.close()
  }
  const kind = isVideoName(field) ? 'video' : 'image'
  return { kind, name: `embedded-${hash.digest('hex')}${posix.extname(field)}`, embedded: { file } }
}

async function readText(content: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  let length = 0
  for await (const chunk of content) {
    length += chunk.length
    if (length <= longestText) parts.push(chunk)
  }
  return length > longestText ? '' : Buffer.concat(parts).toString('utf8')
}

/** Yields the samples of an archive: consecutive members with the same key. */
async function* readSamples(file: string, { takeFile }: PairsContext): AsyncGenerator<Sample> {
  await requireFile(file)
  const archive = createReadStream(file).pipe(extract())
  let sample: Sample | null = null
  try {
    for await (const member of archive) {
      const { name, type } = member.header
      const { key, field } = splitName(name)
      if (type !== 'file' || field === '' || posix.basename(name).startsWith('.')) {
        member.resume()
        continue
      }
      if (sample !== null && sample.key !== key) {
        yield sample
        sample = null
      }
      sample ??= { key, json: null, media: new Map() }
      const content = member as AsyncIterable<Buffer>
      if (isMediaName(name)) sample.media.set(field, await takeMedium(content, field, takeFile))
      else {
        const text = await readText(content)
        if (field === 'json') sample.json = text
      }
    }
  } catch (error) {
    if (error instanceof Problem) throw error
    throw badFile(file, message('import.asPairs.tarUnreadable', { reason: messageOf(error) }))
  }
  if (sample) yield sample
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

/** Reads tar shards of samples, with media and a JSON file with the turns under one key (WebDataset). */
export const readTarFiles: ReadPairs = async function* (path, context) {
  const { notes, leftOut, scratch } = context
  for (const { path: file, name } of await listDataFiles(path, 'tar')) {
    const provenance = await openProvenance(file, scratch)
    let index = -1
    for await (const { key, json, media: members } of readSamples(file, context)) {
      index++
      const place = { file: name, line: null, index }
      const drop = () => Promise.all([...members.values()].map(({ embedded }) => isFile(embedded) && rm(embedded.file, { force: true })))
      const value = parseJson(json)
      const { media: listed, item, ...row } = isKeyed(value) ? value : {}
      const content = value === undefined ? message('import.asPairs.noJson', { key }) : readRowContent(row, name, notes, leftOut)
      const fields = Array.isArray(listed) ? (listed as unknown[]).map(String) : [...members.keys()]
      const missing = fields.find((field) => !members.has(field))
      const fault = content instanceof Message ? content : missing === undefined ? null : message('import.asPairs.memberMissing', { name: `${key}.${missing}` }) // prettier-ignore
      const media = fields.flatMap((field) => members.get(field) ?? [])
      const id = typeof row['id'] === 'string' ? row['id'] : posix.basename(key)
      const found = provenance?.find(name, { id, media }) ?? null
      if (fault !== null || content instanceof Message) {
        await drop()
        yield [{ ...place, id, fault: fault ?? message('import.asPairs.noPairs') } satisfies PairEntry]
      } else if (found?.pairs.length === 0) {
        await drop()
        notes.add('boxRows', found.item)
      } else {
        const known = withProvenance({ ...content, id, media }, found)
        yield [
          { ...content, id, ...known, ...place, item: typeof item === 'string' && item !== '' ? item : known.item, conversation: null },
        ]
      }
    }
  }
}

const isFile = (embedded: PairMedium['embedded']): embedded is { readonly file: string } =>
  typeof embedded === 'object' && 'file' in embedded
