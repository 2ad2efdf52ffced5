import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../../../src/main/generation/seededRandom'
import { configureVideoProcess, readForViewer, runVideoTask } from '../../../../src/main/media/video/videoProcess'
import { readNumber } from '../../../support/readNumber'
import { videoProgram } from '../../../support/videoProgram'
import { probeMedia } from '../../../support/inEnglish'

const fixtures = join(import.meta.dirname, '../../../fixtures/video')
const tour = join(import.meta.dirname, '../../../../resources/sample/media/launch_tour.mp4')
const pov = join(import.meta.dirname, '../../../../resources/sample/media/coffee_pov.webm')

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exemplar-damaged-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))
afterEach(() => configureVideoProcess({ command: videoProgram, patienceMs: 60_000 }))

async function write(name: string, bytes: Buffer): Promise<string> {
  const file = join(directory, name)
  await writeFile(file, bytes)
  return file
}

/** A file whose table of times tells of two thousand million frames, which its reader walks through without a pause. */
async function endless(): Promise<string> {
  const bytes = await readFile(tour)
  bytes.writeUInt32BE(0x7fffffff, bytes.indexOf('stts', 0, 'latin1') + 12)
  return write('endless.mp4', bytes)
}

describe('a video that its reader never comes to an end with', () => {
  it('is given up, and kept with the reason and the remedy', async () => {
    configureVideoProcess({ patienceMs: 3000 })
    expect(await probeMedia(await endless())).toMatchObject({
      kind: 'video',
      problem:
        'The video cannot be decoded: the decoder returned nothing for 3 seconds. Re-encode it as an H.264 MP4 file and import that file.',
    })
  })

  it('does not keep another one waiting for good', async () => {
    configureVideoProcess({ patienceMs: 3000 })
    const file = await endless()
    const [one, other, whole] = await Promise.all([probeMedia(file), probeMedia(file), probeMedia(tour)])
    expect([one.problem, other.problem, whole.problem]).toEqual([expect.any(String), expect.any(String), null])
  })

  it('is left when nobody waits any more', async () => {
    const controller = new AbortController()
    const asked = runVideoTask('frameTimes', { file: await endless(), name: 'endless.mp4' }, { signal: controller.signal })
    setTimeout(() => controller.abort(), 500)
    await expect(asked).rejects.toThrow(/abort/i)
  })
})

it('survives a decoder that takes its process down, and names the file', async () => {
  const crash = `process.send({ type: 'ready' }); process.on('message', () => process.abort())`
  configureVideoProcess({ command: [process.execPath, '-e', crash] })
  const file = await write('crash.mp4', await readFile(tour))
  expect((await probeMedia(file)).problem).toMatch(/^The decoder crashed on the video\. Re-encode it/)
  await expect(runVideoTask('frameTimes', { file, name: 'crash.mp4' })).rejects.toMatchObject({
    code: 'bad-media',
    item: 'crash.mp4',
    message: 'crash.mp4: the decoder crashed on the video.',
  })
  configureVideoProcess({ command: videoProgram })
  expect((await probeMedia(file)).problem).toBeNull()
})

it('says so where the process itself does not start', async () => {
  configureVideoProcess({ command: [process.execPath, join(directory, 'nothing.js')] })
  await expect(runVideoTask('frameTimes', { file: tour, name: 'tour.mp4' })).rejects.toMatchObject({
    code: 'internal',
    message: 'The helper process for videos does not start.',
  })
})

const damages: Readonly<Record<string, (bytes: Buffer, at: (count: number) => number) => Buffer>> = {
  cut: (bytes, at) => bytes.subarray(0, 32 + at(bytes.length - 32)),
  'bytes changed': (bytes, at) => {
    for (let count = 1 + at(20); count > 0; count--) bytes[32 + at(bytes.length - 32)] = at(256)
    return bytes
  },
  'head changed': (bytes, at) => {
    for (let count = 1 + at(20); count > 0; count--) bytes[32 + at(Math.min(4000, bytes.length - 32))] = at(256)
    return bytes
  },
  'part zeroed': (bytes, at) => {
    const start = at(bytes.length)
    return bytes.fill(0, start, Math.min(bytes.length, start + 1 + at(4000)))
  },
}
const sources = [tour, pov, ...['hevc.mp4', 'av1.mp4', 'numbered.mp4'].map((name) => join(fixtures, name))]

describe.each(Object.entries(damages))('a video with damage: %s', (kind, damage) => {
  it('comes to an end with facts or a problem, whatever is damaged', { timeout: 120_000 }, async () => {
    configureVideoProcess({ patienceMs: 4000 })
    for (const source of sources) {
      const whole = await readFile(source)
      const random = seededRandom(`${kind} ${basename(source)}`)
      const at = (count: number) => Math.floor(random() * count)
      for (let round = 0; round < 3; round++) {
        const file = await write(`${round}-${basename(source)}`, damage(Buffer.from(whole), at))
        const facts = await probeMedia(file)
        if (facts.problem === null) expect(facts.durationMs).toBeGreaterThan(0)
        else expect(facts.problem).toMatch(/^[A-Z].*\. (Re-encode it as|Replace it with)/)
        const times = await runVideoTask('frameTimes', { file, name: 'it' }).catch((error: unknown) => error)
        if (!Array.isArray(times)) expect(times).toMatchObject({ code: 'bad-media', item: 'it' })
      }
    }
  })
})

describe('a WebM file that is cut off', () => {
  it.each([
    ['in the middle', 0.94],
    ['at its start', 0.2],
  ])('%s lasts until the last frame that can be read, or says what is wrong', async (_, share) => {
    const bytes = await readFile(pov)
    const facts = await probeMedia(await write('cut.webm', bytes.subarray(0, Math.round(share * bytes.length))))
    if (share > 0.5) expect(facts).toMatchObject({ problem: null, durationMs: 5042 })
    else expect(facts).toMatchObject({ problem: expect.stringContaining('damaged or incomplete'), durationMs: null })
  })
})

describe('codecs', () => {
  it.each(['vp8.webm', 'vp9.webm', 'av1.mp4'])('decodes %s', async (name) =>
    expect(await probeMedia(join(fixtures, name))).toMatchObject({ width: 160, height: 90, durationMs: 2000, problem: null }),
  )

  it.each([
    ['hevc.mp4', 'HEVC'],
    ['mpeg4Part2.mp4', 'MPEG-4 Part 2'],
    ['mpeg2.mkv', 'MPEG-2'],
  ])('names that of %s, which cannot be decoded', async (name, codec) =>
    expect(await probeMedia(join(fixtures, name))).toMatchObject({
      width: 160,
      height: 90,
      problem: `${codec} video is not supported on this system. Re-encode it as an H.264 MP4 file and import that file.`,
    }),
  )

  it('says of a file with sound only that it has no video track', async () =>
    expect(await probeMedia(join(fixtures, 'soundOnly.mp4'))).toMatchObject({
      problem: 'The file has no video track. Replace it with a file that has one.',
    }))
})

describe('exactFrame', () => {
  const numbered = join(fixtures, 'numbered.mp4') // of variable rate, with frames that are stored before the ones they follow
  const numberAt = async (index: number) => readNumber(await readForViewer('exactFrame', { file: numbered, name: 'numbered.mp4', index }))

  it('gives the frame of that number, forwards, backwards and at random', async () => {
    const frames = 150
    const random = seededRandom('frames')
    const order = [
      ...Array.from({ length: frames }, (_, index) => index),
      ...Array.from({ length: frames }, (_, index) => frames - 1 - index),
      ...Array.from({ length: 60 }, () => Math.floor(random() * frames)),
    ]
    const wrong: string[] = []
    for (const index of order) {
      const number = await numberAt(index)
      if (number !== index) wrong.push(`${index}: ${number}`)
    }
    expect(wrong).toEqual([])
  })

  it('refuses a frame after the last one', async () =>
    expect(numberAt(150)).rejects.toMatchObject({ code: 'bad-media', message: expect.stringContaining('there is no frame 150') }))
})
