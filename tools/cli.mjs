// `npm run exemplar -- …`: runs the command line from source. Only the command writes to standard output, so that it can be piped.
import { pathToFileURL } from 'node:url'
import { freshBundle } from './freshBundle.mjs'
import { isModern, restartOnModernNode } from './runtime/modernNode.mjs'

function bundle() {
  try {
    return freshBundle({ name: 'cli', entry: 'src/main/cli.ts', sources: ['src/main', 'src/shared'] })
  } catch (error) {
    console.error(`exemplar: ${error instanceof Error ? error.message : error}`)
    process.exit(1)
  }
}

// npm only ends its shell, which forwards no signals: without this, the command would continue in the background.
if (process.env.npm_lifecycle_event === 'exemplar' && process.platform !== 'win32') {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  watch.unref()
}

if (isModern) {
  process.argv[1] = bundle()
  await import(pathToFileURL(process.argv[1]).href)
} else {
  restartOnModernNode()
}
