import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  backoffDelay,
  defaultBackoff,
  scheduleCalls,
  type Backoff,
  type Outcome,
} from '../../../../src/main/generation/schedule/scheduleCalls'
import { idealMs, mixedFaults } from '../../../support/faultPlan'

const settled: Outcome = { kind: 'settled' }
const again = (afterMs: number | null = null, limited = false): Outcome => ({ kind: 'again', afterMs, limited })
const forMs = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
const backoff = { baseMs: 100, maxMs: 1_000 }
const range = (count: number) => Array.from({ length: count }, (_, at) => at)

beforeEach(() => vi.useFakeTimers({ now: 0 }))
afterEach(() => vi.useRealTimers())

/** Runs the schedule to its end and gives the times, in fake milliseconds, at which each attempt began. */
async function play(
  items: number[],
  concurrency: number,
  attempt: (item: number, number: number, isProbe: boolean) => Promise<Outcome>,
  signal = new AbortController().signal,
  waits: Backoff = backoff,
) {
  const begun: { item: number; number: number; at: number }[] = []
  let atOnce = 0
  let most = 0
  const ended = scheduleCalls({
    items,
    concurrency,
    signal,
    backoff: waits,
    random: () => 1,
    attempt: async (item, number, isProbe) => {
      begun.push({ item, number, at: Date.now() })
      most = Math.max(most, ++atOnce)
      try {
        return await attempt(item, number, isProbe)
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

  it('is not sent before the time that the server asked for, and holds back no other', async () => {
    const { begun } = await play(range(20), 2, async (item, number) => {
      await forMs(10)
      return item === 0 && number === 1 ? again(5_000, true) : settled
    })
    expect(begun.filter(({ item }) => item > 0).every(({ at }) => at <= 110)).toBe(true)
    expect(begun.at(-1)).toEqual({ item: 0, number: 2, at: 5_010 })
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
        return again(60_000)
      },
      controller.signal,
    )
    expect(begun).toHaveLength(3)
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

describe('a server', () => {
  it('that refuses all until a moment gets one probe at a time until then, and all places again after it', async () => {
    const opens = 20_000
    const { begun, at } = await play(range(200), 16, async () => {
      await forMs(50)
      return Date.now() < opens ? again(5_000, true) : settled
    })
    const early = begun.filter((call) => call.at < opens - 50)
    expect(early.length).toBeLessThanOrEqual(16 + 4)
    expect(at).toBeLessThan(opens + 5_000 + (200 / 16 + 8) * 50 * 1.5)
  })

  it('that refuses all for good is asked ever more seldom', async () => {
    const probes: number[] = []
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 60_000)
    await play(
      range(100),
      8,
      async (_, __, isProbe) => {
        if (isProbe) probes.push(Date.now())
        await forMs(10)
        return again()
      },
      controller.signal,
    )
    const waits = probes.map((at, place) => at - (probes[place - 1] ?? 0)).slice(1)
    expect(waits.slice(0, 3)).toEqual([810, 1010, 1010]) // four times the wait of one item, doubled up to the most
    expect(probes.length).toBeLessThan(65)
  })

  it('that takes eight at once gets eight, and few more than it takes', async () => {
    let inside = 0
    let refused = 0
    const { at } = await play(range(800), 32, async () => {
      if (inside >= 8) {
        refused++
        await forMs(2)
        return again(1_000, true)
      }
      inside++
      await forMs(100)
      inside--
      return settled
    })
    expect(at).toBeLessThan(((800 / 8) * 100) / 0.85)
    expect(refused).toBeLessThan(24 + 800 / 16)
  })

  it('that takes ten a second is asked not much oftener', async () => {
    let taken: number[] = []
    let refused = 0
    const { at } = await play(range(300), 32, async () => {
      const now = Date.now()
      taken = taken.filter((time) => time > now - 1_000)
      if (taken.length >= 10) {
        refused++
        await forMs(5)
        return again((taken[0] ?? now) + 1_000 - now, true)
      }
      taken.push(now)
      await forMs(100)
      return settled
    })
    expect(at).toBeLessThan(30_000 / 0.85)
    expect(refused).toBeLessThan(300)
  })

  it.each([1, 2, 3, 4, 5])('with 20 %% mixed faults is used at 85 %% of what its own delays allow (plan %i)', async (seed) => {
    const faults = { latencyMs: 200 + seed * 50, timeoutMs: 1_000, faultShare: 0.2, retryAfter: [1, 2] }
    const plan = (item: number, attempt: number) => mixedFaults(faults)(item + seed * 10_000, attempt)
    const ends = new Map<number, number>()
    const begunAgain: boolean[] = []
    const due = new Map<number, number>()
    const { at } = await play(
      range(1_000),
      32,
      async (item, number) => {
        begunAgain.push(Date.now() >= (due.get(item) ?? 0))
        const { takesMs, againAfterMs, behaviour } = plan(item, number)
        await forMs(takesMs)
        const over = againAfterMs === null || number === 4
        if (over) ends.set(item, (ends.get(item) ?? 0) + 1)
        else due.set(item, Date.now() + againAfterMs)
        const limited = typeof behaviour === 'object'
        return over ? settled : again(limited ? againAfterMs : null, limited)
      },
      undefined,
      defaultBackoff,
    )
    expect([...ends.values()]).toEqual(Array.from({ length: 1_000 }, () => 1))
    expect(begunAgain.every(Boolean)).toBe(true)
    expect(idealMs(plan, 1_000, 32, 4) / at).toBeGreaterThan(0.85)
  })
})

describe('a clock that goes on while the schedule thinks', () => {
  it.each([1, 4, 7, 12, 17, 20])(
    'never makes it miss the moment at which an item may be sent again, %i ms after it failed',
    async (baseMs) => {
      vi.useRealTimers()
      let clock = 0
      const now = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 5))
      const attempt = (_: number, number: number) => Promise.resolve(number < 5 ? again(number % 2 === 0 ? baseMs : null) : settled)
      const signal = AbortSignal.timeout(5_000)
      await scheduleCalls({ items: [1, 2], concurrency: 2, signal, backoff: { baseMs, maxMs: 50 }, random: () => 1, attempt })
      now.mockRestore()
      expect(signal.aborted).toBe(false)
    },
  )
})
