import { afterEach, describe, expect, it, vi } from 'vitest'
import { judgeBench, readFigure } from '../../../tools/testing/figure.mjs'
import { quantile, report, sizeOf } from '../../support/figures'

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

describe('what a bench printed', () => {
  const [met, missed, free] = [2, 0.5, null].map((ratio) =>
    JSON.stringify({ name: 'rate', value: 1, unit: '1/s', limit: ratio === null ? null : 1, ratio }),
  ) as [string, string, string]
  const full = { ended: 0, smoke: false }
  const smoke = { ended: 0, smoke: true }

  it('is well where every figure meets its limit or has none', () => {
    expect(judgeBench(['warming up', met, free], full)).toBeUndefined()
  })

  it('fails where a limit is missed, but not at smoke size', () => {
    expect(judgeBench([met, missed, free], full)).toBe('misses the limit of 1 of its 3 figures')
    expect(judgeBench([met, missed, free], smoke)).toBeUndefined()
  })

  it.each([
    ['no figure is printed', ['warming up'], 0, 'printed no figure'],
    ['a figure has the wrong form', [met, '{"name":"rate","value":null}'], 0, 'printed what is no figure: {"name":"rate","value":null}'],
    ['the process fails after its figures', [met], 1, 'ended with 1'],
    ['the process is killed', [met], 'SIGKILL', 'ended with SIGKILL'],
  ])('fails at smoke size too where %s', (_, lines, ended, failure) => {
    expect(judgeBench(lines, { ...smoke, ended })).toBe(failure)
  })
})

describe('the size of a bench', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('is the full one unless it is run at smoke size', () => {
    vi.stubEnv('EXEMPLAR_BENCH_SMOKE', '0')
    expect(sizeOf(1_000_000, 1000)).toBe(1_000_000)
    vi.stubEnv('EXEMPLAR_BENCH_SMOKE', '1')
    expect(sizeOf(1_000_000, 1000)).toBe(1000)
  })
})
