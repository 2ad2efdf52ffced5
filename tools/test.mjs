// `npm test`: prepares the runtime, runs all suites, and ends with one line `N passed, N failed`. `npm test -- unit ui` runs only these
// suites; see SUITES for their names.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { root } from './runtime/paths.mjs'
import { bundleBenches, listBenches, runBench } from './testing/benches.mjs'
import { allWell, check, closingLine, formatTime, readPlaywright, slowest, strayFailures, sumTests } from './testing/results.mjs'

/** @typedef {import('./testing/results.mjs').Result} Result */
/** @typedef {import('./testing/results.mjs').Test} Test */
/** @typedef {{ tests: Test[], files: { suite: string, ms: number }[], errors: string[] }} Report */

const VITEST = ['unit', 'integration', 'security', 'crash', 'ui']
const CHECKS = ['types', 'lint', 'build']
const SUITES = [...CHECKS, ...VITEST, 'bench', 'e2e']
const SLOWEST = 10

const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'exemplar-test-'))
/** @type {Test[]} every test that was run */
const all = []
const heading = (/** @type {string} */ text) => console.log(`\n\x1b[1m— ${text} —\x1b[0m`)

/**
 * Runs a program of the project in the foreground.
 * @param {string[]} args @param {Record<string, string>} [env] @returns {number} its exit code
 */
function node(args, env = {}) {
  const { status, signal, error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  if (error) console.error(error.message)
  if (signal) console.error(`ended by ${signal}`)
  return status ?? 1
}

/** @param {string} name the program's file below node_modules */
const program = (name) => path.join(root, 'node_modules', name)

/** Runs a check that counts as one test. @param {string} suite @param {string[]} args @returns {Result} */
function runCheck(suite, args) {
  heading(suite)
  const start = performance.now()
  const code = node(args)
  return check(suite, code === 0 ? undefined : `exit code ${code}`, performance.now() - start)
}

/** @template T @param {string} file @returns {T | undefined} what the runner wrote; undefined if it stopped before */
const readReport = (file) => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined)

/**
 * Runs vitest's projects together; the time of each is the sum over its files, which run in parallel.
 * @param {string[]} suites @returns {Result[]}
 */
function runVitest(suites) {
  heading(suites.join(', '))
  const file = path.join(temporary, 'vitest.json')
  const projects = suites.flatMap((suite) => ['--project', suite])
  const reporters = ['--reporter', 'default', '--reporter', './tools/testing/vitestReporter.mjs']
  const code = node([program('vitest/vitest.mjs'), 'run', '--allowOnly=false', ...projects, ...reporters], { EXEMPLAR_VITEST_REPORT: file })
  /** @type {Report | undefined} */
  const report = readReport(file)
  if (!report) return suites.map((suite) => check(suite, `vitest could not run (exit code ${code})`))
  all.push(...report.tests)
  const timeOf = (/** @type {string} */ suite) => report.files.reduce((sum, each) => sum + (each.suite === suite ? each.ms : 0), 0)
  const results = suites.map((suite) => sumTests(suite, report.tests, timeOf(suite)))
  return [...results, ...strayFailures('vitest', code, report.errors, results)]
}

/** Runs every bench at smoke size, each as a test. @returns {Promise<Result[]>} */
async function runBenches() {
  heading('bench')
  const start = performance.now()
  const names = listBenches()
  /** @type {Test[]} */
  const tests = []
  /** @type {string[]} */
  const notes = []
  try {
    const folder = bundleBenches(names)
    for (const name of names) {
      const begun = performance.now()
      const failure = await runBench(folder, name, { smoke: true })
      if (failure) notes.push(failure)
      tests.push({ suite: 'bench', title: `${name} at smoke size`, outcome: failure ? 'failed' : 'passed', ms: performance.now() - begun })
    }
  } catch (error) {
    return [check('bench', error instanceof Error ? error.message : String(error))]
  }
  all.push(...tests)
  const sum = sumTests('bench', tests, performance.now() - start)
  return [{ ...sum, notes: [...sum.notes, ...notes] }]
}

/** Runs the window's tests on the prepared Electron. @returns {Result[]} */
function runWindow() {
  heading('e2e')
  const file = path.join(temporary, 'playwright.json')
  const start = performance.now()
  const code = node(['tools/withRuntime.mjs', 'playwright', 'test', '--reporter', 'list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: file })
  /** @type {import('@playwright/test/reporter').JSONReport | undefined} */
  const written = readReport(file)
  if (!written) return [check('e2e', `playwright could not run (exit code ${code})`)]
  const { tests, errors } = readPlaywright(written, 'e2e')
  all.push(...tests)
  const results = tests.length === 0 && errors.length > 0 ? [] : [sumTests('e2e', tests, performance.now() - start)] // the errors explain why there are none
  return [...results, ...strayFailures('e2e', code, errors, results)]
}

/** @param {string[]} wanted names of SUITES @returns {Promise<Result[]>} */
async function runAll(wanted) {
  const wants = (/** @type {string} */ suite) => wanted.includes(suite)
  /** @type {Result[]} */
  const results = []
  if (wanted.some((suite) => !['lint', 'build'].includes(suite))) {
    // other tests also decode videos with Electron
    const code = node(['tools/prepareRuntime.mjs'])
    if (code !== 0) results.push(check('runtime', 'Electron could not be prepared, see above'))
  }
  if (['build', 'bench', 'e2e'].some(wants))
    results.push(runCheck('build', [program('electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn']))
  if (wants('types')) {
    results.push(runCheck('types', [program('typescript/bin/tsc'), '--noEmit']))
    results.push(runCheck('types, fallback Electron', [program('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.fallback.json']))
  }
  if (wants('lint')) {
    results.push(runCheck('lint', [program('oxlint/bin/oxlint'), '--deny-warnings']))
    results.push(runCheck('unused code', [program('knip/bin/knip.js')]))
  }
  const vitest = VITEST.filter(wants)
  if (vitest.length > 0) results.push(...runVitest(vitest))
  if (wants('bench')) results.push(...(await runBenches()))
  if (wants('e2e')) results.push(...runWindow())
  return results
}

/** Prints one line per suite with its notes, and then the slowest tests. @param {readonly Result[]} results */
function printResults(results) {
  heading('results')
  for (const { suite, passed, failed, skipped, notes, ms } of results) {
    const mark = failed ? '\x1b[31m✗\x1b[0m' : '\x1b[32m✓\x1b[0m'
    const time = ms === undefined ? '' : `, ${formatTime(ms)}`
    console.log(`${mark} ${suite.padEnd(26)} ${passed} passed, ${failed} failed, ${skipped} skipped${time}`)
    for (const note of notes) console.log(`    ${note}`)
  }
  if (all.length > 0) heading('slowest tests')
  for (const { suite, title, ms = 0 } of slowest(all, SLOWEST)) console.log(`${formatTime(ms).padStart(12)}  ${suite}: ${title}`)
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((suite) => !SUITES.includes(suite))
if (unknown.length > 0) {
  console.error(`test: no suite ${unknown.join(', ')}. There are ${SUITES.join(', ')}.`)
  process.exit(2)
}
try {
  const results = await runAll(wanted.length > 0 ? wanted : SUITES)
  printResults(results)
  console.log(`\nAll together: ${formatTime(performance.now())}. Files of ${VITEST.join(', ')} run side by side.`)
  console.log(`\n${closingLine(results)}`)
  process.exitCode = allWell(results) ? 0 : 1
} finally {
  fs.rmSync(temporary, { recursive: true, force: true })
}
