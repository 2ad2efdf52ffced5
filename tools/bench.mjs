// `npm run bench [-- name …]`: runs test/bench/*.bench.ts, each in its own process. Prints only figures, one line of JSON each; if the
// ratio of a figure is below 1, it misses its limit and the exit code is 1. `--smoke` runs them at a small size, in seconds, only to check
// that they run; limits do not apply.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { root } from './runtime/paths.mjs'
import { bundleBenches, listBenches, needWindow, runBench } from './testing/benches.mjs'

const { values, positionals } = parseArgs({ options: { smoke: { type: 'boolean', default: false } }, allowPositionals: true })
const names = listBenches()
const unknown = positionals.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`bench: no ${unknown.join(', ')}. There are ${names.join(', ')}.`)
  process.exit(2)
}
const wanted = positionals.length > 0 ? positionals : names
if (needWindow(wanted)) {
  const build = ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn']
  const { status } = spawnSync(process.execPath, build, { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0) {
    console.error('bench: the window does not build, see above')
    process.exit(1)
  }
}
const folder = bundleBenches(names)
for (const name of wanted) {
  const failure = await runBench(folder, name, values)
  if (failure === undefined) continue
  console.error(failure)
  process.exitCode = 1
}
