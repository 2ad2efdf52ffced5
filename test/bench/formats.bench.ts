import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { trainingFormats } from '../../src/main/exchange/export/training/trainingFormats'
import { exportTraining } from '../../src/main/exchange/export/training/exportTraining'
import type { Conversation, SourceMedia } from '../../src/main/exchange/export/training/records'
import { noPause } from '../../src/main/exchange/export/exportJob'
import { trainingFormatSchema, type TrainingFormatId } from '../../src/shared/domain'
import { report, sizeOf } from '../support/figures'
import { makeConversation, makeMedia, makePair } from '../support/madeConversations'

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'exemplar-formats-'))
const texts = sizeOf(1_000_000, 200)
const withImages = sizeOf(20_000, 100)
const answer = 'It stands beside the others and can be seen well in the light of the morning. '.repeat(4)

function* conversations(count: number, media: readonly SourceMedia[], onHeap: (bytes: number) => void): Generator<Conversation> {
  for (let at = 0; at < count; at++) {
    if (at % 5000 === 0) onHeap(process.memoryUsage().rss)
    yield makeConversation([makePair(`What is to be seen at place number ${at}, and why is it there?`, answer)], media)
  }
}

/** Rows a second of writing and of reading back, apart from each other. */
async function measure(id: TrainingFormatId, count: number, media: readonly SourceMedia[]) {
  const format = trainingFormats[id]
  const directory = path.join(root, `${id}-${count}`)
  let [written, most] = [0, 0]
  const start = performance.now()
  // The validator is put off, so that writing is measured alone.
  const writing = { ...format, validate: () => Promise.resolve({ checks: 0, issues: [] }) }
  await exportTraining(
    conversations(count, media, (bytes) => (most = Math.max(most, bytes))),
    { format: writing, directory, name: 'bench' },
  )
  written = (performance.now() - start) / 1000
  const again = performance.now()
  const { issues } = await format.validate(directory, noPause)
  if (issues.some(({ level }) => level === 'error')) throw new Error(`${id}: what was written has faults`)
  const read = (performance.now() - again) / 1000
  fs.rmSync(directory, { recursive: true })
  return { write: count / written, read: count / read, megabytes: most / 1e6 }
}

try {
  for (const id of ['llamafactory', 'trl'] as const) {
    const { write, read, megabytes } = await measure(id, texts, [])
    report({ name: `${id}: ${texts.toLocaleString('en')} rows of text, written`, value: write, unit: 'rows/s', atLeast: 20_000 })
    report({ name: `${id}: ${texts.toLocaleString('en')} rows of text, read back`, value: read, unit: 'rows/s' })
    report({ name: `${id}: memory while writing`, value: megabytes, unit: 'MB', atMost: 300 })
  }
  const media = await makeMedia(root, 1)
  for (const id of trainingFormatSchema.options) {
    const { write, read } = await measure(id, withImages, media)
    report({ name: `${id}: ${withImages.toLocaleString('en')} rows with an image, written`, value: write, unit: 'rows/s' })
    report({ name: `${id}: ${withImages.toLocaleString('en')} rows with an image, read back`, value: read, unit: 'rows/s' })
  }
} finally {
  fs.rmSync(root, { recursive: true })
}
