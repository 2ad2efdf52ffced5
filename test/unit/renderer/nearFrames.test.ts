import { describe, expect, it } from 'vitest'
import { createNearFrames } from '../../../src/renderer/src/components/MediaViewer/video/nearFrames'
import type { RawFrame } from '../../../src/shared/video'

/** A video of ten frames; each is given when the test says so. */
function video() {
  const asked: number[] = []
  const waiting = new Map<number, PromiseWithResolvers<RawFrame>>()
  const near = createNearFrames((index) => {
    asked.push(index)
    const answer = Promise.withResolvers<RawFrame>()
    waiting.set(index, answer)
    return answer.promise
  }, 10)
  const settle = async (end: () => void) => {
    end()
    await new Promise((resolve) => setTimeout(resolve))
  }
  return {
    near,
    asked,
    give: (index: number) => settle(() => waiting.get(index)?.resolve({ index } as RawFrame)),
    fail: (index: number) => settle(() => waiting.get(index)?.reject(new Error('it does not decode'))),
  }
}

describe('the frames beside the one that is shown', () => {
  it('are fetched one after the other, first the one that is stepped towards', async () => {
    const { near, asked, give } = video()
    void near.fetchBeside(5, -1)
    expect(asked).toEqual([4])
    await give(4)
    expect(asked).toEqual([4, 6])
  })

  it('are there for whoever steps on, and asked for once', async () => {
    const { near, asked, give } = video()
    void near.fetchBeside(5, 1)
    await give(6)
    expect(near.has(6)).toBe(true)
    expect(await near.get(6)).toMatchObject({ index: 6 })
    expect(asked.filter((index) => index === 6)).toHaveLength(1)
  })

  it('are not fetched any more once another frame is asked for', async () => {
    const { near, asked, give } = video()
    void near.fetchBeside(5, 1)
    void near.get(9)
    await give(6)
    expect(asked).toEqual([6, 9])
  })

  it('end with the video', async () => {
    const { near, asked, give } = video()
    void near.fetchBeside(9, 1)
    await give(8)
    void near.fetchBeside(0, -1)
    await give(1)
    expect(asked).toEqual([8, 1])
  })

  it('are let go when the video is elsewhere', async () => {
    const { near, give } = video()
    void near.get(2)
    await give(2)
    void near.fetchBeside(5, 1)
    expect(near.has(2)).toBe(false)
  })

  it('are few, however fast somebody goes through the video', () => {
    const { near } = video()
    for (let index = 0; index < 10; index++) void near.get(index)
    expect(Array.from({ length: 10 }, (_, index) => near.has(index))).toEqual([...Array<boolean>(8).fill(false), true, true])
  })

  it('are asked for again where one could not be had', async () => {
    const { near, asked, fail } = video()
    void near.fetchBeside(5, 1)
    await fail(6)
    expect(near.has(6)).toBe(false)
    void near.get(6).catch(() => undefined)
    expect(asked).toEqual([6, 4, 6])
  })
})
