import type { VideoSample } from 'mediabunny'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { readExactFrames, type ExactFrames } from '../../../../../src/main/media/video/decoder/exactFrames'
import type { OpenVideo } from '../../../../../src/main/media/video/decoder/openVideo'

const video = { width: 160, height: 90, framesPerSecond: 25, frames: 300, keyEvery: 100 } as const
const plenty = 400 * 1024 * 1024

/** A frame as the decoder gives it, with its number for pixels. Whether real frames are the right ones is tested in `videoProcess.test.ts`. */
function makeSample(number: number): VideoSample {
  let closed = false
  const refuseClosed = () => {
    if (closed) throw new Error(`frame ${number} is closed`)
  }
  const sample = {
    timestamp: number / video.framesPerSecond,
    format: 'I420',
    rotation: 0,
    visibleRect: { left: 0, top: 0, width: video.width, height: video.height },
    colorSpace: { matrix: null, primaries: null, transfer: null, fullRange: null },
    allocationSize: () => 2,
    copyTo: async (pixels: Uint8Array) => {
      refuseClosed()
      await delay(2)
      refuseClosed()
      pixels.set([number & 255, number >> 8])
    },
    clone: () => {
      refuseClosed()
      return makeSample(number)
    },
    close: () => {
      closed = true
    },
  }
  return sample as unknown as VideoSample
}

/** Opens the video and tells from which frame on a decoder was started. `leftOut` are frames that it does not give. */
async function look(
  work: (frames: ExactFrames, started: readonly number[], given: () => number) => Promise<void>,
  { budget = plenty, leftOut = [], fails }: { budget?: number; leftOut?: readonly number[]; fails?: (number: number) => boolean } = {},
) {
  const started: number[] = []
  let given = 0
  async function* samplesFrom(time: number): ReturnType<OpenVideo['samplesFrom']> {
    const first = Math.round(time * video.framesPerSecond)
    started.push(first)
    for (let number = first; number < video.frames; number++) {
      await Promise.resolve()
      if (fails?.(number)) throw new Error('damaged')
      if (leftOut.includes(number)) continue
      given++
      yield makeSample(number)
    }
  }
  const times = Array.from({ length: video.frames }, (_, index) => index / video.framesPerSecond)
  const keyTimes = times.filter((_, index) => index % video.keyEvery === 0)
  const { width, height } = video
  await work(readExactFrames({ width, height, samplesFrom }, { times, keyTimes }, budget), started, () => given)
}

const numberAt = async (frames: ExactFrames, index: number) => {
  const { pixels } = await frames.read(index)
  return (pixels[0] ?? 0) + 256 * (pixels[1] ?? 0)
}

describe('readExactFrames', () => {
  it('goes back to the key frame without decoding again', () =>
    look(async (frames, started) => {
      expect(await numberAt(frames, 190)).toBe(190)
      for (let index = 189; index >= 130; index--) expect(await numberAt(frames, index)).toBe(index)
      expect(started).toEqual([100])
    }))

  it('goes on with the same decoder', () =>
    look(async (frames, started) => {
      for (let index = 40; index < 240; index++) expect(await numberAt(frames, index)).toBe(index)
      expect(started).toEqual([0])
    }))

  it('has what lies before the key frame ready, and goes on ahead with the decoder that it had', () =>
    look(async (frames, started) => {
      for (const index of [103, 102, 101, 100, 99, 98]) expect(await numberAt(frames, index)).toBe(index)
      for (let index = 99; index < 180; index++) expect(await numberAt(frames, index)).toBe(index)
      expect(started).toEqual([100, expect.toSatisfy((number: number) => number < 98)])
    }))

  it('gives each frame where there is room for a few only', () =>
    look(
      async (frames) => {
        const order = [150, 149, 148, 120, 121, 299, 298, 0, 1, 2, 250, 249, 248, 247, 246, 245, 244, 243, 242, 241, 240]
        for (const index of order) expect(await numberAt(frames, index)).toBe(index)
      },
      { budget: 1 },
    ))

  it('has a frame that was prepared without being asked for it', () =>
    look(async (frames, started) => {
      frames.prepare(250)
      expect(await numberAt(frames, 251)).toBe(251)
      expect(started).toEqual([200])
    }))

  it('decodes only what is near while somebody steps, and the others afterwards', () =>
    look(async (frames, started, given) => {
      expect(await numberAt(frames, 130)).toBe(130)
      await delay(50)
      expect(given()).toBe(39) // from the key frame 100 to 138
      await delay(600)
      expect(given()).toBe(55) // to 154
      expect(started).toEqual([100])
    }))

  it('gives a frame whose place is taken while it is copied', () =>
    look(
      async (frames) => {
        for (const [index, other] of [
          [98, 299],
          [101, 0],
          [250, 20],
          [99, 150],
        ] as const) {
          const shown = numberAt(frames, index)
          for (let turn = 0; turn < 40; turn++) {
            await delay(1)
            frames.prepare(turn % 2 === 0 ? other : index)
          }
          expect(await shown).toBe(index)
        }
      },
      { budget: 1 },
    ))

  it('follows one who goes elsewhere while it decodes', () =>
    look(async (frames) => {
      frames.prepare(99)
      frames.prepare(299)
      frames.prepare(150)
      expect(await numberAt(frames, 151)).toBe(151)
    }))

  it('shows the frame before one that the decoder leaves out', () =>
    look(
      async (frames) => {
        const shown: number[] = []
        for (const index of [119, 120, 121, 122, 121, 120, 119]) shown.push(await numberAt(frames, index))
        expect(shown).toEqual([119, 119, 119, 122, 119, 119, 119])
        expect(await numberAt(frames, 299)).toBe(298)
      },
      { leftOut: [120, 121, 299] },
    ))

  it('starts a new decoder after one has failed', () => {
    let damaged = true
    return look(
      async (frames, started) => {
        await expect(frames.read(150)).rejects.toThrow('damaged')
        damaged = false
        expect(await numberAt(frames, 150)).toBe(150)
        expect(started).toEqual([100, expect.toSatisfy((number: number) => number >= 100)])
      },
      { fails: (number) => damaged && number === 120 },
    )
  })

  it('refuses a frame that the video does not have', () =>
    look(async (frames) => {
      await expect(frames.read(300)).rejects.toThrow('there is no frame 300')
      await expect(frames.read(-1)).rejects.toThrow('there is no frame -1')
    }))
})
