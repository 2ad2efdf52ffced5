// Results of the suites of `npm test` and their totals. No side effects: tools/test.mjs runs the suites.

/**
 * @typedef {{ suite: string, passed: number, failed: number, skipped: number, notes: string[], ms?: number }} Result
 * `ms`: the time that the suite took
 * @typedef {'passed' | 'failed' | 'skipped'} Outcome
 * @typedef {{ suite: string, title: string, outcome: Outcome, reason?: string, flaky?: boolean, ms?: number }} Test
 * `reason`: why it was skipped on purpose; `flaky`: it failed at first and passed on a retry; `ms`: total time of all attempts
 */

/**
 * Creates the result of a check that passes or fails as a whole.
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
 * Sums the tests of a suite. A suite without tests counts as failed, and so does a test that was skipped without a reason.
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
 * Returns the failures of a runner outside its tests: errors outside any test, or an unexplained exit code.
 * @param {string} suite @param {number} exitCode @param {readonly string[]} errors @param {readonly Result[]} results @returns {Result[]}
 */
export function strayFailures(suite, exitCode, errors, results) {
  if (errors.length > 0) return [{ suite, passed: 0, failed: errors.length, skipped: 0, notes: [...errors] }]
  const explained = exitCode === 0 || results.some((result) => result.failed > 0)
  return explained ? [] : [check(suite, `ended with exit code ${exitCode} though no test failed`)]
}

/**
 * Converts Playwright's JSON report to tests. A test that passed only on a retry has passed, but is listed.
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

/** Returns the last line of `npm test`. @param {readonly Result[]} results */
export function closingLine(results) {
  const total = (/** @type {'passed' | 'failed' | 'skipped'} */ key) => results.reduce((sum, result) => sum + result[key], 0)
  const skipped = total('skipped')
  return `${total('passed')} passed, ${total('failed')} failed${skipped ? `, ${skipped} skipped` : ''}`
}

/** Returns true if at least one test passed and no suite failed. @param {readonly Result[]} results */
export const allWell = (results) => results.some((result) => result.passed > 0) && results.every((result) => result.failed === 0)

/** Returns the slowest tests, slowest first. @param {readonly Test[]} tests @param {number} count @returns {Test[]} */
export const slowest = (tests, count) => tests.toSorted((a, b) => (b.ms ?? 0) - (a.ms ?? 0)).slice(0, count)

/** Formats a time as `2 min 5 s`, or as `3.4 s` below ten seconds. @param {number} ms */
export function formatTime(ms) {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
