import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { backoffDelay, scheduleCalls, type Outcome } from '../../../../src/main/generation/schedule/scheduleCalls'

const settled: Outcome = { kind: 'settled' }
const again = (afterMs: number | null = null, holdAll = false): Outcome => ({ kind: 'again', afterMs, holdAll })
const forMs = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
const backoff = { baseMs: 100, mostMs: 1_000 }
const range = (count: number) => Array.from({ length: count }, (_, at) => at)

beforeEach(() => vi.useFakeTimers({ now: 0 }))
afterEach(() => vi.useRealTimers())

/** Runs the schedule to its end and gives the times, in fake milliseconds, at which each attempt began. */
async function play(
  items: number[],
  concurrency: number,
  attempt: (item: number, number: number) => Promise<Outcome>,
  signal = new AbortController().signal,
) {
  const begun: { item: number; number: number; at: number }[] = []
  let atOnce = 0
  let most = 0
  const ended = scheduleCalls({
    items,
    concurrency,
    signal,
    backoff,
    random: () => 1,
    attempt: async (item, number) => {
      begun.push({ item, number, at: Date.now() })
      most = Math.max(most, ++atOnce)
      try {
        return await attempt(item, number)
      } finally {
        atOnce--
      }
    },
  })
  const result = await Promise.allSettled([ended, vi.runAllTimersAsync()])
  return { begun, most, at: Date.now(), error: result[0].status === 'rejected' ? (result[0].reason as unknown) : null }
}

describe('items', () => {
  it('are taken in their order, as many at a time as allowed', async () => {
    const { begun, most, at } = await play(range(20), 4, async (item) => {
      await forMs(item % 3 === 0 ? 30 : 10)
      return settled
    })
    expect(begun.map(({ item }) => item)).toEqual(range(20))
    expect(most).toBe(4)
    expect(at).toBeLessThan(200)
  })

  it('fill a place at once that falls free: nothing waits for the slowest', async () => {
    const { begun } = await play(range(5), 2, async (item) => {
      await forMs(item === 0 ? 1000 : 10)
      return settled
    })
    expect(begun.at(-1)).toMatchObject({ item: 4, at: 30 })
  })

  it('end at once where there are none', async () => {
    expect((await play([], 4, () => Promise.resolve(settled))).begun).toEqual([])
  })
})

describe('an item that is asked again', () => {
  it('waits longer each time, while others go on', async () => {
    const { begun } = await play([0, 1, 2], 1, async (item, number) => {
      await forMs(10)
      return item === 0 && number < 4 ? again() : settled
    })
    expect(begun).toEqual([
      { item: 0, number: 1, at: 0 },
      { item: 1, number: 1, at: 10 },
      { item: 2, number: 1, at: 20 },
      { item: 0, number: 2, at: 110 },
      { item: 0, number: 3, at: 320 },
      { item: 0, number: 4, at: 730 },
    ])
  })

  it('holds back all others when it says so', async () => {
    const { begun } = await play(range(4), 2, async (item, number) => {
      await forMs(10)
      return item === 0 && number === 1 ? again(5_000, true) : settled
    })
    expect(begun.filter(({ at }) => at > 0 && at < 5_010)).toEqual([])
    expect(begun).toHaveLength(5)
  })

  it('comes back spread out, never later than the most', () => {
    expect(backoffDelay(1, backoff, () => 0)).toBe(50)
    expect(backoffDelay(2, backoff, () => 1)).toBe(200)
    expect(backoffDelay(12, backoff, () => 1)).toBe(1_000)
  })
})

describe('a schedule', () => {
  it('that is stopped begins nothing more and lets the others under way end', async () => {
    const ended: number[] = []
    const { begun } = await play(range(10), 3, async (item) => {
      await forMs(item === 1 ? 5 : 50)
      ended.push(item)
      return item === 1 ? { kind: 'stop' } : settled
    })
    expect(begun.map(({ item }) => item)).toEqual([0, 1, 2])
    expect(ended.toSorted()).toEqual([0, 1, 2])
  })

  it('that is aborted begins nothing more, also while it waits', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 1_000)
    const { begun, at } = await play(
      range(3),
      1,
      async () => {
        await forMs(10)
        return again(60_000, true)
      },
      controller.signal,
    )
    expect(begun).toHaveLength(1)
    expect(at).toBe(1_000)
  })

  it('throws what an attempt threw, once the others have ended', async () => {
    const ended: number[] = []
    const { error, begun } = await play(range(10), 2, async (item) => {
      await forMs(item === 0 ? 5 : 40)
      if (item === 0) throw new Error('the disk is full')
      ended.push(item)
      return settled
    })
    expect(error).toEqual(new Error('the disk is full'))
    expect(begun).toHaveLength(2)
    expect(ended).toEqual([1])
  })

  it('never has one item under way twice', async () => {
    const now = new Set<number>()
    await play(range(30), 8, async (item, number) => {
      expect(now.has(item)).toBe(false)
      now.add(item)
      await forMs(((item * 7) % 5) * 20)
      now.delete(item)
      return number < 3 && item % 2 === 0 ? again(item % 4 === 0 ? 30 : null) : settled
    })
  })
})
