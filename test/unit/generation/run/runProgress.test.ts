import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createRateMeter, throttle } from '../../../../src/main/generation/run/runProgress'

beforeEach(() => vi.useFakeTimers({ now: 0 }))
afterEach(() => vi.useRealTimers())

it('the rate is items per minute over the last half minute, or less where the run is younger', () => {
  let now = 0
  const meter = createRateMeter(() => now)
  expect(meter.rate()).toBeNull()
  for (now = 1_000; now <= 10_000; now += 1_000) meter.count()
  now = 10_000
  expect(meter.rate()).toBe(60)
  now = 30_000
  expect(meter.rate()).toBe(20)
  now = 60_000
  expect(meter.rate()).toBeNull()
})

it('reports come at most every so often, and the last one is never lost', async () => {
  const times: number[] = []
  const report = throttle(() => times.push(Date.now()), 100)
  for (let step = 0; step < 50; step++) {
    report.request()
    await vi.advanceTimersByTimeAsync(7)
  }
  await vi.advanceTimersByTimeAsync(1_000)
  expect(times[0]).toBe(0)
  expect(times.length).toBeLessThanOrEqual(5)
  for (const [at, time] of times.entries()) if (at > 0) expect(time - (times[at - 1] ?? 0)).toBeGreaterThanOrEqual(100)
  expect(times.at(-1)).toBeGreaterThanOrEqual(343)
  report.request()
  report.cancel()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(vi.getTimerCount()).toBe(0)
})
