import { mkdtemp, open, readdir, rm, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { trainingFormats } from '../../../../src/main/exchange/export/training/trainingFormats'
import { exportTraining } from '../../../../src/main/exchange/export/training/exportTraining'
import type { Conversation, SourceMedia } from '../../../../src/main/exchange/export/training/records'
import type { TrainingFormatId } from '../../../../src/shared/domain'
import { makeConversation, makeMedia, makePair } from '../../../support/madeConversations'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

let root: string
let media: SourceMedia[]
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'exemplar-streaming-'))
  media = await makeMedia(root, 4)
})
afterAll(() => rm(root, { recursive: true }))

const answer = 'A long enough answer that says what can be seen. '.repeat(6)

/** Makes conversations one by one; `at` is called before each. */
function* conversations(count: number, at: (place: number) => void): Generator<Conversation> {
  for (let place = 0; place < count; place++) {
    at(place)
    yield makeConversation([makePair(`What is number ${place}?`, `${answer}${place}`)], media.slice(place % 4, (place % 4) + 1))
  }
}

it.each([
  ['llamafactory', 50_000],
  ['ms-swift', 10_000],
  ['csv', 10_000],
  ['trl', 10_000],
  ['webdataset', 5000],
  ['chat', 5000],
] as const satisfies readonly (readonly [TrainingFormatId, number])[])(
  '%s holds few of %i pairs in memory while it writes',
  async (format, count) => {
    const heaps: number[] = []
    const step = count / 5
    const report = await exportTraining(
      conversations(count, (place) => {
        if (place % step !== step - 1) return
        collectGarbage()
        heaps.push(process.memoryUsage().heapUsed)
      }),
      { format: trainingFormats[format], directory: join(root, format), name: 'made' },
    )
    expect(report.records).toBe(count)
    const [first = 0] = heaps
    expect(Math.max(...heaps.slice(1)) - first).toBeLessThan(24_000_000)
  },
)

it.each(['llamafactory', 'trl', 'webdataset'] as const)('leaves nothing behind when the disk is full during %s', async (format) => {
  const directory = join(root, `full-${format}`)
  const probe = await open(join(root, 'probe'), 'w')
  const prototype = Object.getPrototypeOf(probe) as FileHandle
  await probe.close()
  const full = () => Promise.reject(Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' }))
  const spies = [vi.spyOn(prototype, 'appendFile').mockImplementation(full), vi.spyOn(prototype, 'writeFile').mockImplementation(full)]
  const written = exportTraining(
    conversations(50, () => undefined),
    { format: trainingFormats[format], directory, name: 'made' },
  )
  await expect(written).rejects.toMatchObject({ code: 'disk-full' })
  for (const spy of spies) spy.mockRestore()
  expect(await readdir(directory)).toEqual([])
})

it('leaves nothing behind when it is cancelled', async () => {
  const controller = new AbortController()
  const directory = join(root, 'cancelled')
  const written = exportTraining(
    conversations(5000, (place) => place === 2500 && controller.abort('cancelled')),
    { format: trainingFormats.llamafactory, directory, name: 'made' },
    { signal: controller.signal },
  )
  await expect(written).rejects.toBe('cancelled')
  expect(await readdir(directory)).toEqual([])
})

it('tells how far it is', async () => {
  const seen: number[] = []
  const options = { onProgress: ({ done }: { done: number }) => void seen.push(done) }
  await exportTraining(
    conversations(20_000, () => undefined),
    { format: trainingFormats.llamafactory, directory: join(root, 'progress'), name: 'made' },
    options,
  )
  expect(seen.length).toBeGreaterThan(1)
  expect(Math.max(...seen)).toBeLessThanOrEqual(20_000)
})
