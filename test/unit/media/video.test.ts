import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Media } from '../../../src/shared/domain'
import { ensureFrames, toSharp } from '../../../src/main/media/video/frames'
import { runVideoTask } from '../../../src/main/media/video/videoProcess'
import { storeMedia } from '../../../src/main/media/storeMedia'
import { makeThumbnail } from '../../../src/main/media/image/thumbnail'
import type { TimedImage } from '../../../src/main/media/video/videoTasks'
import { frameAt } from '../../../src/shared/video'
import { readNumber } from '../../support/readNumber'
import { inEnglish, probeMedia } from '../../support/inEnglish'

const samples = join(import.meta.dirname, '../../../resources/sample/media')
const tour = join(samples, 'launch_tour.mp4')
const pov = join(samples, 'coffee_pov.webm')

let directory: string
const at = (name: string) => join(directory, name)
const stored = async (file: string): Promise<Media> => ({ id: 1, ...(await storeMedia(file, directory)) })

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exemplar-video-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

/** The frame that is shown at a time, sought alone. */
async function jpegAt(file: string, seconds: number): Promise<Buffer> {
  let jpeg = Buffer.alloc(0)
  const keep = async ({ image }: TimedImage) => {
    jpeg = await (await toSharp(image)).jpeg({ quality: 90 }).toBuffer()
  }
  expect(await runVideoTask('images', { file, name: 'it', seconds }, { onPart: keep })).toBe(1)
  return jpeg
}

/** A file whose codec is renamed: a container that is whole, with video that nobody knows. */
async function withCodec(from: string, to: string, name: string): Promise<string> {
  const bytes = await readFile(tour)
  for (let place = bytes.indexOf(from, 0, 'latin1'); place >= 0; place = bytes.indexOf(from, place + 1, 'latin1'))
    bytes.write(to, place, 'latin1')
  await writeFile(at(name), bytes)
  return at(name)
}

describe('probeMedia of a video', () => {
  it.each([
    [tour, { kind: 'video', mime: 'video/mp4', extension: 'mp4', width: 640, height: 360, durationMs: 12_000, problem: null }],
    [pov, { kind: 'video', mime: 'video/webm', extension: 'webm', width: 641, height: 426, durationMs: 8000, problem: null }],
  ])('knows %s', async (file, expected) => expect(await probeMedia(file)).toEqual(expected))

  it('names a codec that cannot be decoded, and keeps the video', async () => {
    const file = await withCodec('avc1', 'zzz9', 'unknown.mp4')
    const problem = expect.stringMatching(/^zzz9 video is not supported on this system\. Re-encode it as an H\.264 MP4 file/)
    expect(await probeMedia(file)).toMatchObject({ kind: 'video', problem })
    expect(inEnglish(await stored(file))).toMatchObject({ problem })
    await expect(runVideoTask('frameTimes', { file, name: 'of.mp4' })).rejects.toMatchObject({
      code: 'bad-media',
      message: 'of.mp4: zzz9 video is not supported on this system.',
      remedy: expect.stringContaining('H.264'),
    })
  })

  it('keeps a video that is cut off, with the reason', async () => {
    const bytes = await readFile(tour)
    await writeFile(at('cut.mp4'), bytes.subarray(0, 2000))
    expect(await probeMedia(at('cut.mp4'))).toMatchObject({
      kind: 'video',
      problem: expect.stringMatching(/cannot be read|no video track|does not decode/),
    })
  })
})

describe('ensureFrames', () => {
  it('takes one frame a second, as JPEG with stable names', async () => {
    const media = await stored(tour)
    const { files, timesMs } = await ensureFrames({ directory }, media, { kind: 'every', seconds: 1 })
    expect(timesMs).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((second) => second * 1000))
    expect(files[0]).toBe(join(directory, 'frames', media.sha256, 'every-1000ms', '0000.jpg'))
    expect(await sharp(files[11]).metadata()).toMatchObject({ format: 'jpeg', width: 640, height: 360 })
  })

  it('takes frames evenly spaced, and of a part of the video', async () => {
    const media = await stored(pov)
    expect((await ensureFrames({ directory }, media, { kind: 'even', count: 4 })).timesMs).toEqual([1000, 3000, 5000, 7000])
    const part = await ensureFrames({ directory }, media, { kind: 'even', count: 2 }, { startMs: 2000, endMs: 4000 })
    expect(part.timesMs).toEqual([2500, 3500])
    expect(part.files[0]).toContain('even-2-from-2000-to-4000')
  })

  it('takes the frame that is shown at the time asked for', async () => {
    const media = await stored(tour)
    const { files, timesMs } = await ensureFrames({ directory }, media, { kind: 'every', seconds: 0.7 })
    expect(timesMs).toHaveLength(18)
    const seen = new Set<string>()
    for (const [index, file] of files.entries()) {
      const shown = Math.floor(((timesMs[index] ?? 0) / 1000) * 24 + 1e-6)
      const jpeg = await jpegAt(tour, (shown + 0.5) / 24)
      expect((await readFile(file)).equals(jpeg), `frame at ${timesMs[index]} ms`).toBe(true)
      seen.add(jpeg.toString('base64'))
    }
    expect(seen.size).toBe(18)
  })

  it('takes the right frame of a video of variable rate, with frames that are stored before the ones they follow', async () => {
    const file = join(import.meta.dirname, '../../fixtures/video/numbered.mp4')
    const starts = await runVideoTask('frameTimes', { file, name: 'numbered.mp4' })
    const wrong: string[] = []
    const compare = async ({ timeMs, image }: TimedImage) => {
      const { data: pixels, info } = await (await toSharp(image)).greyscale().raw().toBuffer({ resolveWithObject: true })
      const [number, expected] = [readNumber({ width: info.width, pixels }), frameAt(starts, timeMs / 1000)]
      if (number !== expected) wrong.push(`${timeMs} ms: ${number} instead of ${expected}`)
    }
    await runVideoTask('images', { file, name: 'numbered.mp4', rule: { kind: 'every', seconds: 0.07 } }, { onPart: compare })
    for (const index of [0, 1, 17, 76, 148, 149])
      await runVideoTask('images', { file, name: 'numbered.mp4', seconds: (starts[index] ?? 0) + 0.001 }, { onPart: compare })
    expect(wrong).toEqual([])
  })

  it('makes the same bytes again where the cache is damaged, and keeps a whole one', async () => {
    const media = await stored(pov)
    const rule = { kind: 'even', count: 3 } as const
    const first = await ensureFrames({ directory }, media, rule)
    const bytes = await Promise.all(first.files.map((file) => readFile(file)))
    const { ino } = await stat(first.files[1] ?? '')
    await ensureFrames({ directory }, media, rule)
    expect((await stat(first.files[1] ?? '')).ino).toBe(ino)

    await writeFile(first.files[1] ?? '', bytes[1]?.subarray(0, 900) ?? '')
    await rm(first.files[2] ?? '')
    expect(await ensureFrames({ directory }, media, rule)).toEqual(first)
    expect(await Promise.all(first.files.map((file) => readFile(file)))).toEqual(bytes)
    await rm(join(first.files[0] ?? '', '../frames.json'))
    expect(await ensureFrames({ directory }, media, rule)).toEqual(first)
    expect(await readdir(join(directory, 'frames', media.sha256))).not.toContainEqual(expect.stringMatching(/tmp$/))
  })

  it('makes the same once where two ask at the same time', async () => {
    const media = await stored(pov)
    const ask = () => ensureFrames({ directory }, media, { kind: 'even', count: 5 })
    const [one, other] = await Promise.all([ask(), ask()])
    expect(one).toEqual(other)
  })

  it.each([
    ['begins after its end', { startMs: 20_000, endMs: 30_000 }],
    ['is reversed', { startMs: 5000, endMs: 3000 }],
  ])('refuses a part that %s', async (_, span) => {
    const media = await stored(tour)
    await expect(ensureFrames({ directory }, media, { kind: 'even', count: 2 }, span)).rejects.toMatchObject({
      code: 'wrong-use',
      message: expect.stringContaining('lasts 12 s'),
    })
  })

  it('stops when asked to, and leaves nothing behind', async () => {
    const media = await stored(tour)
    const controller = new AbortController()
    controller.abort()
    await expect(ensureFrames({ directory }, media, { kind: 'even', count: 7 }, { signal: controller.signal })).rejects.toThrow()
    expect(await readdir(join(directory, 'frames', media.sha256))).not.toContainEqual(expect.stringMatching(/^even-7/))
  })
})

it('makes a thumbnail', async () => {
  await makeThumbnail(pov, at('pov.webp'))
  expect(await sharp(at('pov.webp')).metadata()).toMatchObject({ format: 'webp', width: 320 })
  expect((await readdir(directory)).filter((name) => name.endsWith('.tmp'))).toEqual([])
})

it('makes a thumbnail of the frame that is shown at a time, and of the last one where the video ends before', async () => {
  const pixels = async (seconds?: number) => {
    await makeThumbnail(tour, at('at.webp'), seconds)
    return (await sharp(at('at.webp')).resize(8, 8, { fit: 'fill' }).raw().toBuffer()).toString('hex')
  }
  const [first, atFive, last] = [await pixels(), await pixels(5), await pixels(11.99)]
  expect(new Set([first, atFive, last]).size).toBe(3)
  expect(await pixels(99)).toBe(last)
})
