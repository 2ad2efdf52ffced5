// Lists and runs the benches in test/bench.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'
import { freshBundles } from '../freshBundle.mjs'
import { root } from '../runtime/paths.mjs'
import { judgeBench, readFigure } from './figure.mjs'

const SUFFIX = '.bench.ts'
const SOURCES = ['src', 'test/bench', 'test/support']
/** These benches open the built window: they need a display and the prepared Electron. */
const WINDOW = ['window', 'review', 'video']
/** Timeout of a bench at smoke size in minutes, in case it waits forever. */
const SMOKE_MINUTES = 4

/** @returns {string[]} their names in alphabetical order */
export function listBenches() {
  const files = fs.readdirSync(path.join(root, 'test/bench')).filter((file) => file.endsWith(SUFFIX))
  return files.map((file) => file.slice(0, -SUFFIX.length)).toSorted()
}

/** @param {readonly string[]} names */
export const needWindow = (names) => names.some((name) => WINDOW.includes(name))

/** Bundles all benches together. @param {readonly string[]} names @returns {string} the folder; @throws Error */
export const bundleBenches = (names) =>
  freshBundles({
    name: 'benches',
    entries: Object.fromEntries(names.map((name) => [`${name}.bench`, `test/bench/${name}${SUFFIX}`])),
    sources: SOURCES,
  })

/** @param {number | undefined} pid of a detached process @returns {boolean} true */
function killGroup(pid) {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  return true
}

/**
 * Runs one bench in its own process and prints its figures, one line of JSON each. At smoke size it only has to run and print figures; at
 * full size it also fails if a figure misses its limit, which is a ratio below 1.
 * @param {string} folder from bundleBenches @param {string} name @param {{ smoke: boolean }} options
 * @returns {Promise<string | undefined>} why it failed
 */
export async function runBench(folder, name, { smoke }) {
  const file = path.join(folder, `${name}.bench.js`)
  const command = needWindow([name]) ? ['tools/withRuntime.mjs', 'node', file] : ['--expose-gc', file]
  const env = { ...process.env, EXEMPLAR_BENCH_SMOKE: smoke ? '1' : '0' }
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env, detached: true })
  let isLate = false
  // The whole group: the bench may run under a virtual display and open windows.
  const late = setTimeout(() => (isLate = killGroup(child.pid)), SMOKE_MINUTES * 60_000)
  if (!smoke) clearTimeout(late)
  const interrupt = () => process.exit(killGroup(child.pid) ? 130 : 1) // a separate process group does not receive the terminal's signals
  process.once('SIGINT', interrupt)
  const closed = new Promise((resolve) => child.on('close', (code, signal) => resolve(code ?? signal)))
  /** @type {string[]} */
  const lines = []
  for await (const line of readline.createInterface({ input: child.stdout })) {
    if (readFigure(line)) console.log(line)
    lines.push(line)
  }
  const ended = await closed
  clearTimeout(late)
  process.off('SIGINT', interrupt)
  if (isLate) return `bench ${name} did not end within ${SMOKE_MINUTES} minutes; its last line: ${lines.at(-1) ?? 'none'}`
  const failure = judgeBench(lines, { ended, smoke })
  return failure && `bench ${name} ${failure}`
}
