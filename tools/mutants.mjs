// `npm run test:mutants [-- word …]`: removes one safety measure at a time in a copy of the source; one of its tests must fail. Words
// select the mutants whose names contain all of them. Not part of `npm test`.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { isModern, restartOnModernNode } from './runtime/modernNode.mjs'
import { root } from './runtime/paths.mjs'
import { mutants, points } from './testing/mutants.mjs'

/** @returns {string} a copy of the source with the same packages, removed at the end */
function copySource() {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'exemplar-mutants-'))
  process.once('exit', () => fs.rmSync(copy, { recursive: true, force: true }))
  for (const name of fs.readdirSync(root)) {
    if (['.git', 'out', 'dist', 'test-results'].includes(name)) continue
    if (['node_modules', '.runtime'].includes(name)) fs.symlinkSync(path.join(root, name), path.join(copy, name), 'junction')
    else fs.cpSync(path.join(root, name), path.join(copy, name), { recursive: true })
  }
  return copy
}

/** @param {string} copy @param {readonly string[]} tests @returns {boolean} whether all of them pass */
function passes(copy, tests) {
  const vitest = path.join(copy, 'node_modules/vitest/vitest.mjs')
  const options = /** @type {const} */ ({
    cwd: copy,
    encoding: 'utf8',
    timeout: 300_000,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
  })
  const { status, stdout } = spawnSync(process.execPath, [vitest, 'run', ...tests], options)
  // A run without any test proves nothing.
  if (!/^\s*Tests? .*\d+ (?:passed|failed)|Test Files .*failed/m.test(stdout)) throw new Error(`No test ran: ${tests.join(' ')}\n${stdout}`)
  return status === 0
}

/** @param {readonly string[]} words @returns {number} exit code: 1 if a mutant survived, 2 if the tests could not decide */
function runMutants(words) {
  const chosen = mutants.filter(([name]) => words.every((word) => name.includes(word)))
  const copy = copySource()
  if (!passes(copy, [...new Set(chosen.flatMap(([, , , , tests = points]) => tests))])) {
    console.error('error: the tests fail before anything is undone → Mend them first.')
    return 2
  }
  let survivors = 0
  for (const [name, file, before, after, tests = points] of chosen) {
    const place = path.join(copy, file)
    const text = fs.readFileSync(place, 'utf8')
    if (!text.includes(before)) {
      console.error(`error: ${name}: ${file} does not hold ${JSON.stringify(before)} → Correct tools/testing/mutants.mjs.`)
      return 2
    }
    fs.writeFileSync(
      place,
      text.replace(before, () => after),
    )
    const survived = passes(copy, tests)
    fs.writeFileSync(place, text)
    if (survived) survivors += 1
    console.log(`${survived ? 'SURVIVED' : 'killed  '} ${name}`)
  }
  console.log(`${chosen.length - survivors} of ${chosen.length} killed`)
  return survivors > 0 ? 1 : 0
}

if (isModern) process.exit(runMutants(process.argv.slice(2)))
else restartOnModernNode()
