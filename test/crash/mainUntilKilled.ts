import readline from 'node:readline'
import { createActiveRuns } from '../../src/main/generation/run/activeRuns'
import type { Desktop } from '../../src/main/calls/parts'
import { createHandlers } from '../../src/main/calls/handlers'
import { createSession } from '../../src/main/project/session'
import { type CallName, contract } from '../../src/shared/contract'
import { toProblem } from '../../src/shared/problem'

// The window's main process without its window: the same session and handlers, called by lines on standard input and answering by
// lines on standard output, until it is killed.
const [userData = ''] = process.argv.slice(2)

const refuse = (): never => {
  throw new Error('There is no desktop here.')
}
const desktop: Desktop = {
  userData,
  documents: userData,
  version: '0',
  sampleDirectory: userData,
  chooseFolder: (title) => Promise.resolve(title), // what a person would choose
  chooseFile: refuse,
  chooseSaveFile: refuse,
  showFolder: refuse,
  keyStatus: refuse,
  saveKey: refuse,
  forgetKey: refuse,
  savedKey: () => null,
  readKey: () => null,
  readKeyForProject: () => null,
  themeChanged: () => undefined,
  languageChanged: () => undefined,
  runJob: refuse,
  dataChanged: () => undefined,
}
const session = createSession({
  findDamage: () => Promise.resolve(null),
  backUp: () => Promise.resolve(),
  beforeClose: () => Promise.resolve(),
  opened: () => undefined,
  failed: (problem) => process.stderr.write(`${problem.message}\n`),
})
const runs = createActiveRuns({ progress: () => undefined, failed: () => undefined })
const handlers = createHandlers(desktop, session, runs)

async function answer(name: CallName, input: unknown): Promise<unknown> {
  const handler = handlers[name] as (input: unknown) => unknown
  try {
    return { ok: true, value: await handler(contract[name].input.parse(input)) }
  } catch (error) {
    return { ok: false, problem: toProblem(error).toData() }
  }
}

const say = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`)
// Calls are begun as they come; what was answered is told in their order.
let told = Promise.resolve()
readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, name, input } = JSON.parse(line) as { id: number; name: CallName; input: unknown }
  const answered = answer(name, input)
  told = told.then(async () => void say({ id, answer: await answered }))
})
say({ id: 0, answer: { ok: true, value: 'loaded' } })
