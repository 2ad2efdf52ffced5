// Writes vitest's results to EXEMPLAR_VITEST_REPORT, with the reasons of skipped tests and the errors outside any test.
import fs from 'node:fs'

/** @param {import('vitest/node').TestModule} module @returns {import('./results.mjs').Test[]} */
function testsOf(module) {
  const suite = module.project.name
  const tests = [...module.children.allTests()].map((test) => {
    const result = test.result()
    /** @type {import('./results.mjs').Outcome} */
    const outcome = result.state === 'pending' ? 'failed' : result.state
    return {
      suite,
      title: `${module.relativeModuleId}: ${test.fullName}`,
      outcome,
      reason: result.state === 'skipped' ? result.note : undefined,
      flaky: test.diagnostic()?.flaky ?? false,
      ms: test.diagnostic()?.duration ?? 0,
    }
  })
  return tests
}

/** Returns the time of a file: loading, preparation and tests. @param {import('vitest/node').TestModule} module */
function timeOf(module) {
  const { environmentSetupDuration, prepareDuration, collectDuration, setupDuration, duration } = module.diagnostic()
  return { suite: module.project.name, ms: environmentSetupDuration + prepareDuration + collectDuration + setupDuration + duration }
}

/** Returns the errors outside tests: a file that does not load, or a hook that throws. @param {import('vitest/node').TestModule} module */
const errorsOf = (module) =>
  [...module.errors(), ...[...module.children.allSuites()].flatMap((suite) => suite.errors())].map(
    (error) => `${module.relativeModuleId}: ${error.message}`,
  )

export default class VitestReport {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly import('vitest/node').SerializedError[]} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    const report = {
      tests: modules.flatMap(testsOf),
      files: modules.map(timeOf),
      errors: [...modules.flatMap(errorsOf), ...unhandled.map((error) => `unhandled: ${error.message}`)],
    }
    fs.writeFileSync(process.env.EXEMPLAR_VITEST_REPORT ?? 'vitest-report.json', JSON.stringify(report))
  }
}
