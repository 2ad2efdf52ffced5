import { describe, expect, it } from 'vitest'
import { allWell, check, closingLine, readPlaywright, strayFailures, sumTests } from '../../../scripts/testing/results.mjs'

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
    tests: [{ status, annotations }],
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
