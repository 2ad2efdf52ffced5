import { describe, expect, it, vi } from 'vitest'
import { readFigure } from '../../../scripts/testing/figure.mjs'
import { quantile, report } from '../../support/figures'

function printed(figure: Parameters<typeof report>[0]) {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  try {
    report(figure)
    return readFigure(String(log.mock.calls[0]?.[0]))
  } finally {
    log.mockRestore()
  }
}

describe('a figure', () => {
  it('meets a limit from above with a ratio of 1 or more', () => {
    expect(printed({ name: 'rate', value: 0.9, unit: '', atLeast: 0.8 })).toMatchObject({ value: 0.9, limit: 0.8, ratio: 1.125 })
    expect(printed({ name: 'rate', value: 0.4, unit: '', atLeast: 0.8 })?.ratio).toBe(0.5)
  })

  it('meets a limit from below with a ratio of 1 or more', () => {
    expect(printed({ name: 'page', value: 0.5, unit: 'ms', atMost: 1 })).toMatchObject({ limit: 1, ratio: 2 })
    expect(printed({ name: 'page', value: 2, unit: 'ms', atMost: 1 })?.ratio).toBe(0.5)
  })

  it('may be for comparison only', () => {
    expect(printed({ name: 'page', value: 2, unit: 'ms' })).toEqual({ name: 'page', value: 2, unit: 'ms', limit: null, ratio: null })
  })

  it('is refused when nothing was measured', () => {
    expect(() => report({ name: 'page', value: quantile([], 0.5), unit: 'ms', atMost: 1 })).toThrow(/nothing was measured/)
  })

  it('is told from other lines', () => {
    expect(readFigure('warming up')).toBeUndefined()
    expect(readFigure('{"name":"half a line')).toBeUndefined()
    expect(readFigure('{"name":"rate","value":"fast","unit":"","limit":null,"ratio":null}')).toBeUndefined()
  })
})

describe('a quantile', () => {
  it('is a value of the list', () => {
    expect(quantile([5, 1, 3], 0.5)).toBe(3)
    expect(quantile([5, 1, 3], 0.95)).toBe(5)
  })
})
