// `npm run exemplar -- …`: the command line from source. Standard output is the command's alone, so that it can be piped.
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

// npm ends no more than its shell, which passes no signal on: without this, the command would go on behind it.
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
