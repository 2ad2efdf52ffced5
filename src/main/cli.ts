import { runCommandLine } from './commands/run'

// A closed pipe (`… | head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  console.error(`error: standard output cannot be written (${error.code}). → Free some space, or write elsewhere.`)
  process.exit(1)
})
process.stderr.on('error', () => undefined)
const code = await runCommandLine(process.argv.slice(2))
for (const stream of [process.stdout, process.stderr]) await new Promise<void>((done) => stream.write('', () => done()))
// A pending connection, or an image that is no longer needed, would keep the process alive.
process.exit(code)
