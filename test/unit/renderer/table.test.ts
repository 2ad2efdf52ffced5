import { describe, expect, test, vi } from 'vitest'
import { dayBegin, datesOf, dayOf, dayText, presetOf } from '../../../src/renderer/src/features/table/datePresets'
import { createRowCache, rowAt } from '../../../src/renderer/src/features/table/rowCache'
import { sizeOf, targetOf, toggled, noSelection } from '../../../src/renderer/src/features/table/selection'
import { markWords } from '../../../src/renderer/src/app/state/highlight'
import type { TableRow } from '../../../src/shared/table'
import { aCandidate, aTableRow } from '../../ui/fakeProject'

const marked = (text: string, query: string) => (markWords(text, query) ?? []).filter((piece) => piece.marked).map((piece) => piece.text)

describe('words that were searched for', () => {
  test('are marked as the search finds them: whole, the last one unfinished, without regard to case and marks', () => {
    expect(marked('The lamp, a Lamps and a clamp', 'a lam')).toEqual(['lamp', 'a', 'Lamps', 'a'])
    expect(marked('Die Fähre', 'fah')).toEqual(['Fähre'])
    expect(marked('nothing here', 'lamp')).toEqual([])
    expect(markWords('anything', ' ! ')).toBeNull()
  })

  test('leave every sign of the text in its place', () => {
    const text = '<b>lamp</b> & lamp\nlamp'
    expect((markWords(text, 'lamp') ?? []).map((piece) => piece.text).join('')).toBe(text)
  })
})

describe('days', () => {
  const now = new Date(2026, 10, 21, 15, 30).getTime()

  test('begin at midnight where the reader is', () => {
    expect(dayText(dayBegin(now))).toBe('2026-11-21')
    expect(dayText(dayBegin(now, 21))).toBe('2026-10-31')
    expect(dayOf('2026-11-21')).toBe(dayBegin(now))
    expect(dayOf('')).toBeUndefined()
  })

  test('of a preset are known again', () => {
    for (const preset of ['today', 'week', 'month', 'older'] as const) expect(presetOf(datesOf(preset, now) as object, now)).toBe(preset)
    expect(presetOf({ decidedFrom: 5 }, now)).toBeNull()
  })
})

test('a selection is of single pairs, or of all that the filter finds as a query', () => {
  const one = toggled(noSelection, 7)
  expect(targetOf(one, {})).toEqual({ ids: [7] })
  expect(targetOf(toggled(one, 7), {})).toBeNull()
  expect(targetOf({ kind: 'all' }, { states: ['pending'] })).toEqual({ filter: { states: ['pending'] } })
  expect([sizeOf(one, 500), sizeOf({ kind: 'all' }, 500)]).toEqual([1, 500])
  expect(targetOf(toggled({ kind: 'all' }, 3), {})).toEqual({ ids: [3] })
})

describe('rows in memory', () => {
  const rowsFrom = (from: number, limit: number): TableRow[] =>
    Array.from({ length: limit }, (_, index) => aTableRow(aCandidate({ id: from + index + 1 })))
  const aCall = () => vi.fn(async (from: number, limit: number) => rowsFrom(from, limit))

  test('are a few pages however far one scrolls, and those in view are among them', async () => {
    const call = aCall()
    const cache = createRowCache(call)
    for (let page = 0; page < 100; page++) {
      cache.show(page * 100, page * 100 + 40)
      await vi.waitFor(() => expect(rowAt(cache.getState(), page * 100)?.candidate.id).toBe(page * 100 + 1))
    }
    expect(cache.getState().pages.size).toBeLessThanOrEqual(12)
    expect(rowAt(cache.getState(), 0)).toBeUndefined()
  })

  test('of what a fast scroll passes by only the last is read', async () => {
    const call = aCall()
    const cache = createRowCache(call)
    for (let page = 0; page < 1000; page++) cache.show(page * 100, page * 100 + 40)
    await vi.waitFor(() => expect(rowAt(cache.getState(), 99_900)).toBeDefined())
    expect(call.mock.calls.map(([from]) => from)).toEqual([0, 99_900])
  })
  test('keep rows that have not changed as they are when they are read again, and never change a row in place', async () => {
    const call = aCall()
    const cache = createRowCache(call)
    cache.show(0, 40)
    await vi.waitFor(() => expect(rowAt(cache.getState(), 0)).toBeDefined())
    const before = cache.getState()
    const [first, second] = [rowAt(before, 0), rowAt(before, 1)]
    call.mockImplementation(async (from, limit) =>
      rowsFrom(from, limit).map((row, index) => (index === 1 ? { ...row, tags: ['dark'] } : row)),
    )
    cache.refresh()
    await vi.waitFor(() => expect(rowAt(cache.getState(), 1)?.tags).toEqual(['dark']))
    expect(rowAt(cache.getState(), 0)).toBe(first)
    expect(second?.tags).toEqual([])
    expect(rowAt(before, 1)).toBe(second)
  })
})
