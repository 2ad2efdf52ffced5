// The Node.js that scripts and the command line use: the devDependency `node` if the system's own is too old.
import { spawn } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { require } from './paths.mjs'

/** better-sqlite3's prebuild needs Node-API 10 (Node 22.14); on older versions it crashes without a message. */
export const isModern = Number(process.versions.napi) >= 10

const executable = () =>
  path.join(path.dirname(require.resolve('node/package.json')), 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** Restarts this program on a modern Node, and exits with the same exit code or signal. */
export function restartOnModernNode() {
  const child = spawn(executable(), process.argv.slice(1), { stdio: 'inherit' })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(`${error.message}. Run \`npm install\` first.`)
    process.exit(1)
  })
  child.on('close', (code, signal) => process.exit(code ?? 128 + (signal ? os.constants.signals[signal] : 0)))
}
