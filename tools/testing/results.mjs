// What the suites of `npm test` found, and how it adds up. No side effects: tools/test.mjs runs the suites.

/**
 * @typedef {{ suite: string, passed: number, failed: number, skipped: number, notes: string[], ms?: number }} Result
 * `ms`: the time that the suite took
 * @typedef {'passed' | 'failed' | 'skipped'} Outcome
 * @typedef {{ suite: string, title: string, outcome: Outcome, reason?: string, flaky?: boolean, ms?: number }} Test
 * `reason`: why it was skipped on purpose; `flaky`: it failed at first and passed when it was run again; `ms`: all its tries together
 */

/**
 * A check that passes or fails as a whole.
 * @param {string} suite @param {string | undefined} failure why it failed @param {number} [ms] @returns {Result}
 */
export const check = (suite, failure, ms) => ({
  suite,
  passed: failure ? 0 : 1,
  failed: failure ? 1 : 0,
  skipped: 0,
  notes: failure ? [failure] : [],
  ...(ms === undefined ? {} : { ms }),
})

/**
 * Sums one suite's tests. A suite without tests has failed, and so has a test that was skipped without saying why.
 * @param {string} suite @param {readonly Test[]} tests @param {number} [ms] @returns {Result}
 */
export function sumTests(suite, tests, ms) {
  const own = tests.filter((test) => test.suite === suite)
  if (own.length === 0) return check(suite, 'no tests found', ms)
  const unexplained = own.filter((test) => test.outcome === 'skipped' && !test.reason)
  const explained = own.filter((test) => test.outcome === 'skipped' && test.reason)
  const flaky = own.filter((test) => test.flaky)
  return {
    suite,
    passed: own.filter((test) => test.outcome === 'passed').length,
    failed: own.filter((test) => test.outcome === 'failed').length + unexplained.length,
    skipped: explained.length,
    notes: [
      ...unexplained.map((test) => `skipped without a reason: ${test.title}`),
      ...explained.map((test) => `skipped: ${test.title} (${test.reason})`),
      ...flaky.map((test) => `passed only at the second try: ${test.title}`),
    ],
    ...(ms === undefined ? {} : { ms }),
  }
}

/**
 * The failures that a runner knows of beside its tests: errors outside any test, or an exit code that nothing explains.
 * @param {string} suite @param {number} exitCode @param {readonly string[]} errors @param {readonly Result[]} results @returns {Result[]}
 */
export function strayFailures(suite, exitCode, errors, results) {
  if (errors.length > 0) return [{ suite, passed: 0, failed: errors.length, skipped: 0, notes: [...errors] }]
  const explained = exitCode === 0 || results.some((result) => result.failed > 0)
  return explained ? [] : [check(suite, `ended with exit code ${exitCode} though no test failed`)]
}

/**
 * Playwright's JSON report as tests. One that passed only when it was run again has passed, and is named.
 * @param {import('@playwright/test/reporter').JSONReport} report @param {string} suite @returns {{ tests: Test[], errors: string[] }}
 */
export function readPlaywright(report, suite) {
  /** @param {import('@playwright/test/reporter').JSONReportSuite} group @returns {Test[]} */
  const testsOf = (group) => [
    ...group.specs.flatMap((spec) =>
      spec.tests.map((test) => ({
        suite,
        title: `${spec.file}: ${spec.title}`,
        outcome: outcomes[test.status] ?? 'failed',
        flaky: test.status === 'flaky',
        ms: test.results.reduce((sum, { duration }) => sum + duration, 0),
        reason: test.annotations.find((annotation) => annotation.type === 'skip')?.description,
      })),
    ),
    ...(group.suites ?? []).flatMap(testsOf),
  ]
  return { tests: report.suites.flatMap(testsOf), errors: report.errors.map((error) => error.message ?? 'unknown error') }
}
/** @type {Record<string, Outcome>} */
const outcomes = { expected: 'passed', unexpected: 'failed', flaky: 'passed', skipped: 'skipped' }

/** The last line of `npm test`. @param {readonly Result[]} results */
export function closingLine(results) {
  const total = (/** @type {'passed' | 'failed' | 'skipped'} */ key) => results.reduce((sum, result) => sum + result[key], 0)
  const skipped = total('skipped')
  return `${total('passed')} passed, ${total('failed')} failed${skipped ? `, ${skipped} skipped` : ''}`
}

/** Nothing at all having run is no success. @param {readonly Result[]} results */
export const allWell = (results) => results.some((result) => result.passed > 0) && results.every((result) => result.failed === 0)

/** The tests that took longest, longest first. @param {readonly Test[]} tests @param {number} count @returns {Test[]} */
export const slowest = (tests, count) => tests.toSorted((a, b) => (b.ms ?? 0) - (a.ms ?? 0)).slice(0, count)

/** A time such as `2 min 5 s`, or `3.4 s` below ten seconds. @param {number} ms */
export function formatTime(ms) {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
