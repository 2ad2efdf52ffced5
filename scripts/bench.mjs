// `npm run bench [-- name …]`: runs test/bench/*.bench.ts, each bundled and in a process of its own. Prints only figures,
// one line of JSON each; a figure misses its limit where its ratio is below 1, and then the exit code is 1.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'
import { freshBundle } from './freshBundle.mjs'
import { root } from './runtime/paths.mjs'
import { readFigure } from './testing/figure.mjs'

const SOURCES = ['src', 'test/bench', 'test/support']
const suffix = '.bench.ts'

/** Runs one bench and passes its figures on. @param {string} name @returns {Promise<boolean>} whether it ran and met every limit */
async function runBench(name) {
  const file = freshBundle({ name: `bench-${name}`, entry: `test/bench/${name}${suffix}`, sources: SOURCES })
  // These open the window: they need a display and the prepared Electron.
  const command = ['window', 'review', 'video'].includes(name) ? ['scripts/withRuntime.mjs', 'node', file] : ['--expose-gc', file]
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = new Promise((resolve) => child.on('close', resolve))
  let [figures, met] = [0, true]
  for await (const line of readline.createInterface({ input: child.stdout })) {
    const figure = readFigure(line)
    if (!figure) continue
    console.log(line)
    figures += 1
    met &&= figure.ratio === null || figure.ratio >= 1
  }
  const code = await closed
  if (code !== 0 || figures === 0) console.error(`bench ${name}: ${figures} figures, exit code ${code}`)
  return code === 0 && figures > 0 && met
}

const present = fs.readdirSync(path.join(root, 'test/bench')).filter((file) => file.endsWith(suffix))
const names = present.map((file) => file.slice(0, -suffix.length)).toSorted()
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`bench: no ${unknown.join(', ')}. There are ${names.join(', ')}.`)
  process.exit(2)
}
for (const name of wanted.length > 0 ? wanted : names) if (!(await runBench(name))) process.exitCode = 1
