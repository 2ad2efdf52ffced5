import { describe, expect, it } from 'vitest'
import {
  allWell,
  check,
  closingLine,
  formatTime,
  readPlaywright,
  slowest,
  strayFailures,
  sumTests,
} from '../../../tools/testing/results.mjs'

const test = (outcome: 'passed' | 'failed' | 'skipped', reason?: string) => ({
  suite: 'unit',
  title: `a ${outcome} one`,
  outcome,
  ...(reason ? { reason } : {}),
})

describe('the sum of a suite', () => {
  it('counts what passed and what failed', () => {
    expect(sumTests('unit', [test('passed'), test('passed'), test('failed')])).toMatchObject({
      passed: 2,
      failed: 1,
      skipped: 0,
      notes: [],
    })
  })

  it('counts only the tests of that suite', () => {
    expect(sumTests('unit', [test('passed'), { ...test('failed'), suite: 'ui' }])).toMatchObject({ passed: 1, failed: 0 })
  })

  it('is a failure when there was nothing to run', () => {
    expect(sumTests('security', [test('passed')])).toEqual(check('security', 'no tests found'))
    expect(check('security', 'no tests found')).toMatchObject({ passed: 0, failed: 1 })
  })

  it('takes a test that was skipped without a reason for a failure, and says which', () => {
    expect(sumTests('unit', [test('passed'), test('skipped')])).toMatchObject({
      passed: 1,
      failed: 1,
      skipped: 0,
      notes: ['skipped without a reason: a skipped one'],
    })
  })

  it('prints the reason of a test that was skipped on purpose', () => {
    expect(sumTests('unit', [test('passed'), test('skipped', 'needs a Mac')])).toMatchObject({
      passed: 1,
      failed: 0,
      skipped: 1,
      notes: ['skipped: a skipped one (needs a Mac)'],
    })
  })
})

describe('failures outside any test', () => {
  const well = [sumTests('unit', [test('passed')])]

  it('are counted one by one', () => {
    expect(strayFailures('vitest', 1, ['a.test.ts: does not load', 'unhandled: lost'], well)).toMatchObject([{ failed: 2 }])
  })

  it('include an exit code that no failed test explains', () => {
    expect(strayFailures('vitest', 1, [], well)).toMatchObject([{ failed: 1, notes: ['ended with exit code 1 though no test failed'] }])
  })

  it('are none where a failed test explains the exit code, or all went well', () => {
    expect(strayFailures('vitest', 1, [], [sumTests('unit', [test('failed')])])).toEqual([])
    expect(strayFailures('vitest', 0, [], well)).toEqual([])
  })
})

describe("Playwright's report", () => {
  const spec = (title: string, status: string, annotations: { type: string; description?: string }[] = []) => ({
    title,
    file: 'loop.spec.ts',
    tests: [{ status, annotations, results: status === 'flaky' ? [{ duration: 900 }, { duration: 600 }] : [{ duration: 400 }] }],
  })
  const read = (suites: unknown, errors: unknown = []) => readPlaywright({ suites, errors } as Parameters<typeof readPlaywright>[0], 'e2e')

  it('is read through nested groups', () => {
    const { tests } = read([{ specs: [spec('opens', 'expected')], suites: [{ specs: [spec('exports', 'unexpected')] }] }])
    expect(tests.map((found) => [found.title, found.outcome])).toEqual([
      ['loop.spec.ts: opens', 'passed'],
      ['loop.spec.ts: exports', 'failed'],
    ])
  })

  it('names a test that passed only at the second try', () => {
    const { tests } = read([{ specs: [spec('opens', 'flaky')] }])
    expect(sumTests('e2e', tests)).toMatchObject({ passed: 1, failed: 0, notes: ['passed only at the second try: loop.spec.ts: opens'] })
  })

  it('gives each test the time of all its tries', () => {
    expect(read([{ specs: [spec('opens', 'flaky'), spec('exports', 'expected')] }]).tests.map(({ ms }) => ms)).toEqual([1500, 400])
  })

  it('makes one that never ran a skipped one without a reason', () => {
    const { tests } = read([{ specs: [spec('opens', 'expected'), spec('exports', 'skipped')] }])
    expect(sumTests('e2e', tests)).toMatchObject({ passed: 1, failed: 1 })
  })

  it('keeps why a test was skipped, and errors outside the tests', () => {
    const { tests, errors } = read(
      [{ specs: [spec('speaks', 'skipped', [{ type: 'skip', description: 'no sound here' }])] }],
      [{ message: 'loop.spec.ts does not load' }],
    )
    expect(tests).toMatchObject([{ outcome: 'skipped', reason: 'no sound here' }])
    expect(errors).toEqual(['loop.spec.ts does not load'])
  })
})

describe('the closing line', () => {
  const results = [check('lint', undefined), sumTests('unit', [test('passed'), test('failed')])]

  it('adds everything up', () => {
    expect(closingLine(results)).toBe('2 passed, 1 failed')
  })

  it('names skipped tests only where there are some', () => {
    expect(closingLine([...results, sumTests('unit', [test('skipped', 'needs a Mac')])])).toBe('2 passed, 1 failed, 1 skipped')
  })

  it('goes with success only when something ran and nothing failed', () => {
    expect(allWell(results)).toBe(false)
    expect(allWell([])).toBe(false)
    expect(allWell([check('lint', undefined)])).toBe(true)
  })
})

describe('the times', () => {
  it('name the slowest tests, longest first', () => {
    const tests = [300, undefined, 2000, 1000].map((ms) => ({ ...test('passed'), title: `${ms} ms`, ms }))
    expect(slowest(tests, 2).map(({ title }) => title)).toEqual(['2000 ms', '1000 ms'])
  })

  it.each([
    [40, '0.0 s'],
    [3_449, '3.4 s'],
    [9_960, '10 s'],
    [59_600, '1 min 0 s'],
    [125_000, '2 min 5 s'],
  ])('are written for people: %d ms', (ms, written) => {
    expect(formatTime(ms)).toBe(written)
  })

  it('stand beside the counts of a suite', () => {
    expect(sumTests('unit', [test('passed')], 1234)).toMatchObject({ passed: 1, ms: 1234 })
    expect(check('lint', undefined, 99)).toMatchObject({ passed: 1, ms: 99 })
  })
})
