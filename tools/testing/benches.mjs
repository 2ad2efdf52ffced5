// The benches in test/bench: which there are, and how one is run.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'
import { freshBundles } from '../freshBundle.mjs'
import { root } from '../runtime/paths.mjs'
import { judgeBench, readFigure } from './figure.mjs'

const SUFFIX = '.bench.ts'
const SOURCES = ['src', 'test/bench', 'test/support']
/** These open the built window: they need a display and the prepared Electron. */
const WINDOW = ['window', 'review', 'video']

/** @returns {string[]} their names in alphabetical order */
export function listBenches() {
  const files = fs.readdirSync(path.join(root, 'test/bench')).filter((file) => file.endsWith(SUFFIX))
  return files.map((file) => file.slice(0, -SUFFIX.length)).toSorted()
}

/** @param {readonly string[]} names */
export const needWindow = (names) => names.some((name) => WINDOW.includes(name))

/** Bundles every bench together. @param {readonly string[]} names @returns {string} the folder; @throws Error */
export const bundleBenches = (names) =>
  freshBundles({
    name: 'benches',
    entries: Object.fromEntries(names.map((name) => [`${name}.bench`, `test/bench/${name}${SUFFIX}`])),
    sources: SOURCES,
  })

/**
 * Runs one bench in a process of its own and prints its figures, one line of JSON each.
 * At smoke size it only has to run and print figures; at full size it fails too where one misses its limit, which is a ratio below 1.
 * @param {string} folder from bundleBenches @param {string} name @param {{ smoke: boolean }} options
 * @returns {Promise<string | undefined>} why it failed
 */
export async function runBench(folder, name, { smoke }) {
  const file = path.join(folder, `${name}.bench.js`)
  const command = needWindow([name]) ? ['tools/withRuntime.mjs', 'node', file] : ['--expose-gc', file]
  const env = { ...process.env, EXEMPLAR_BENCH_SMOKE: smoke ? '1' : '0' }
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env })
  const closed = new Promise((resolve) => child.on('close', (code, signal) => resolve(code ?? signal)))
  /** @type {string[]} */
  const lines = []
  for await (const line of readline.createInterface({ input: child.stdout })) {
    if (readFigure(line)) console.log(line)
    lines.push(line)
  }
  const failure = judgeBench(lines, { ended: await closed, smoke })
  return failure && `bench ${name} ${failure}`
}
