// Runs a program with the prepared Electron: `node tools/withRuntime.mjs electron . [args]`, `... playwright test`, `... electron-vite
// dev`. Without a display it uses xvfb-run.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { requireRuntime, root, runtimeEnv, sandboxArgs } from './runtime/paths.mjs'
import { hasDisplay } from './runtime/system.mjs'

const [program, ...args] = process.argv.slice(2)
const runtime = requireRuntime()
const command = program === 'electron' ? [runtime.exe, ...sandboxArgs, ...args] : [program, ...args]
const virtual = !hasDisplay() && !args.includes('--cli') // the command line needs no display
if (virtual) {
  if (program === 'electron') console.warn('No display: the window opens under xvfb-run, where nobody sees it.')
  command.unshift('xvfb-run', '-a', '-s', '-screen 0 1280x800x24')
}
const env = runtimeEnv(runtime)
if (virtual) env.EXEMPLAR_VIRTUAL_DISPLAY = '1' // tests may start more of them
env.PATH = path.join(root, 'node_modules/.bin') + path.delimiter + (env.PATH ?? '')
const child = spawn(command[0], command.slice(1), {
  stdio: 'inherit',
  env,
  detached: virtual, // xvfb-run forwards no signals: they are sent to its whole process group
  shell: process.platform === 'win32' && program !== 'electron', // .cmd files
})
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => {
    if (virtual && child.pid) process.kill(-child.pid, signal)
    else if (signal !== 'SIGINT') child.kill(signal) // the terminal has already sent its Ctrl-C to it
  })
child.on('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
child.on('close', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
