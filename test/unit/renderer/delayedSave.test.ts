import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createDelayedSave } from '../../../src/renderer/src/features/review/session/delayedSave'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('what is typed without a pause is stored within 300 ms all the same, always as it is then', () => {
  const saved: { readonly text: string; readonly age: number }[] = []
  const delayed = createDelayedSave()
  let firstUnsaved: number | null = null
  for (let key = 1; key <= 40; key++) {
    const text = 'x'.repeat(key)
    firstUnsaved ??= Date.now()
    const since = firstUnsaved
    delayed.later(() => {
      saved.push({ text, age: Date.now() - since })
      firstUnsaved = null
    })
    vi.advanceTimersByTime(50)
  }
  expect(saved.length).toBeGreaterThan(5)
  expect(Math.max(...saved.map(({ age }) => age))).toBeLessThanOrEqual(300)
  vi.runAllTimers()
  expect(saved.at(-1)?.text).toBe('x'.repeat(40))
})

test('is stored at once on leaving, and never where it was decided on', () => {
  const saved: string[] = []
  const delayed = createDelayedSave()
  delayed.later(() => saved.push('left'))
  delayed.flush()
  delayed.later(() => saved.push('decided'))
  delayed.cancel()
  vi.runAllTimers()
  expect(saved).toEqual(['left'])
})
