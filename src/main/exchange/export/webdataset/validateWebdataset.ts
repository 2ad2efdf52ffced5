import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { extract } from 'tar-stream'
import { messageOf } from '../../../../shared/problem'
import { message } from '../../../../shared/messages/message'
import type { Pause } from '../exportJob'
import { recogniseMedia, signatureBytes } from '../../../media/signature'
import type { ValidationResult } from '../files/findings'
import { createChecks, isRecord, splitOf, type Checks, type Place } from '../training/check/checks'
import { checkLiteral, checkOrder, checkText, readTurns } from '../training/check/rowChecks'

/** Matches a key without dots, followed by a field: the JSON, or a numbered medium. */
const memberName = /^(?<key>[a-z0-9_-]+)\.(?<field>json|\d+\.[a-z0-9]+)$/

/** Reads shards back and groups their members into samples in the same way as webdataset and `datasets`. */
export async function validateWebdataset(directory: string, pause: Pause): Promise<ValidationResult> {
  const checks = createChecks(directory, pause)
  const names = (await readdir(directory, { recursive: true }))
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.tar'))
  if (names.length === 0) checks.fail('file', { file: '*.tar' }, message('training.check.noDataFile'))
  const fieldsOfFolder = new Map<string, string>()
  for (const file of names.toSorted()) {
    const folder = path.posix.dirname(file)
    try {
      const fields = await checkShard(checks, directory, file, fieldsOfFolder.get(folder), pause)
      if (fields !== undefined) fieldsOfFolder.set(folder, fieldsOfFolder.get(folder) ?? fields)
    } catch (error) {
      checks.fail('file', { file }, message('exportSet.jsonl.fileUnusable', { reason: messageOf(error) }))
    }
  }
  return checks.finish()
}

const imageField = /\.(?:jpe?g|png|webp)$/

interface Sample {
  readonly key: string
  readonly fields: string[]
  json: unknown
}

async function checkShard(
  checks: Checks,
  directory: string,
  file: string,
  fieldsBefore: string | undefined,
  pause: Pause,
): Promise<string | undefined> {
  const keys = new Set<string>()
  let fields = fieldsBefore
  let sample: Sample | undefined
  let read = 0
  const place = (key: string): Place => ({ file, row: key, split: splitOf(file) })
  const end = () => {
    if (!sample) return
    const found = sample.fields.toSorted().join(' ')
    fields ??= found
    if (found !== fields) checks.fail('row', place(sample.key), message('training.check.otherFields', { fields: found, expected: fields }))
    checkSample(checks, place(sample.key), sample)
    sample = undefined
  }
  const archive = extract()
  const source = createReadStream(path.join(directory, file)).on('error', (error) => archive.destroy(error))
  source.pipe(archive)
  for await (const entry of archive) {
    const { name, type } = entry.header
    const chunks: Buffer[] = []
    for await (const chunk of entry) chunks.push(chunk as Buffer)
    const bytes = Buffer.concat(chunks)
    const turn = pause((read += 1), read)
    if (turn) await turn
    const { key, field } = memberName.exec(name)?.groups ?? {}
    if (type !== 'file' || key === undefined || field === undefined) {
      checks.fail('row', place(name), message('training.check.memberName', { name }))
      continue
    }
    if (sample?.key !== key) {
      end()
      if (keys.has(key)) checks.fail('ids', place(key), message('training.check.notAdjacent', { key }))
      keys.add(key)
      sample = { key, fields: [], json: undefined }
    }
    if (sample.fields.includes(field)) checks.fail('ids', place(key), message('training.check.memberTwice', { name }))
    sample.fields.push(field)
    if (field === 'json') sample.json = parseJson(bytes)
    else if (imageField.test(field)) await checks.image(place(key), bytes, createHash('sha256').update(bytes).digest('hex'))
    else {
      const found = recogniseMedia(bytes.subarray(0, signatureBytes))
      if (!found.accepted || found.type.kind !== 'video') checks.fail('media', place(key), message('training.check.noVideo', { field }))
    }
  }
  end()
  if (keys.size === 0) checks.fail('file', { file }, message('training.check.noRows'))
  return fields
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return undefined
  }
}

function checkSample(checks: Checks, place: Place, { key, fields, json }: Sample): void {
  if (!isRecord(json)) return checks.fail('row', place, message('training.check.sampleWithoutJson'))
  checks.values(place, json)
  checks.id(place, json['id'])
  if (json['id'] !== key) checks.fail('ids', place, message('training.check.otherId', { id: String(json['id']), key }))
  const media = fields.filter((field) => field !== 'json')
  const listed: unknown[] = Array.isArray(json['media']) ? json['media'] : []
  if (listed.toSorted().join(' ') !== media.toSorted().join(' '))
    checks.fail('media', place, message('training.check.mediaListed', { listed: listed.join(', '), found: media.join(', ') }))
  const turns = readTurns(checks, place, json['messages'], { key: 'messages', role: 'role', text: 'content' })
  if (!turns) return
  checkOrder(checks, place, turns, 'assistant')
  for (const { role, text } of turns) {
    checkText(checks, place, text, String(role))
    checkLiteral(checks, place, text, String(role))
  }
}
