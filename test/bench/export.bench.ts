import fs from 'node:fs'
import path from 'node:path'
import { decideCommand } from '../../src/main/commands/decide'
import { exportPairs } from '../../src/main/exchange/export'
import { closeDatabase } from '../../src/main/store/database'
import { openProject } from '../../src/main/project/project'
import { makeBigProject } from '../support/bigProject'
import { report } from '../support/figures'

// On the project's own disk: a temporary folder may be memory, where durable costs nothing.
const folder = fs.mkdtempSync(path.resolve('out/bench-export-'))

try {
  for (const pairs of (process.env.P ?? '50000').split(',').map(Number)) await measureProject(pairs)
} finally {
  fs.rmSync(folder, { recursive: true, force: true })
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  const cpu = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(cpu)
  console.error('cpu', user / 1e6, system / 1e6)
  return (performance.now() - start) / 1000
}

/** Decides on every pair of a project on the command line's way, then exports them as JSONL, which reads the set back. */
async function measureProject(pairs: number): Promise<void> {
  const directory = path.join(folder, `${pairs}.exemplar`)
  closeDatabase((await makeBigProject(directory, { items: pairs / 10, candidates: pairs })).db)
  const file = path.join(folder, `${pairs}.decisions.jsonl`)
  const lines = Array.from({ length: pairs }, (_, at) => `${JSON.stringify({ candidate: at + 1, verdict: 'accept', reviewer: 'bench' })}\n`)
  fs.writeFileSync(file, lines.join(''))
  const terminal = {
    directory: folder,
    environment: {},
    out: () => undefined,
    error: (line: string) => console.error(line),
    signal: new AbortController().signal,
  }
  const decided = await secondsOf(() => decideCommand(terminal, directory, { file }))
  report({ name: `decide --file, ${pairs} lines`, value: decided, unit: 's' })
  const project = openProject(directory, { check: false })
  const exported = await secondsOf(() => exportPairs(project, { format: 'jsonl', directory: path.join(folder, `${pairs}-out`) }))
  report({ name: `JSONL export and validation, ${pairs} pairs`, value: exported, unit: 's' })
  closeDatabase(project.db)
}
