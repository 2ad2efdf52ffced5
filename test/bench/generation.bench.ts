import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { runGeneration } from '../../src/main/generation/runGeneration'
import { startRun } from '../../src/main/generation/startRun'
import { closeProject } from '../../src/main/project/project'
import { defaultGenerationSettings, defaultProviderSettings, type ProviderSettings } from '../../src/shared/domain'
import { makeBigProject } from '../support/bigProject'
import { report } from '../support/figures'
import { startModelServer } from '../support/modelServer'

const [items, concurrency, delayMs] = [400, 8, 200]

// The server has a thread of its own, as a real one would not share ours either.
if (isMainThread) await measure()
else await serve()

async function serve(): Promise<void> {
  const server = await startModelServer({ delayMs })
  parentPort?.on('message', () => parentPort?.postMessage(server.mostAtOnce()))
  parentPort?.postMessage(server.url)
}

/** A run over 400 items against a server that takes 200 ms a call, 8 at a time: ideally 10 seconds. */
async function measure(): Promise<void> {
  const folder = fs.mkdtempSync(path.resolve('out/bench-generation-'))
  const server = new Worker(new URL(import.meta.url))
  const told = async () => (await once(server, 'message'))[0] as unknown
  try {
    const baseUrl = String(await told())
    const project = await makeBigProject(path.join(folder, 'run.exemplar'), { items, candidates: 0 })
    const provider: ProviderSettings = { ...defaultProviderSettings, kind: 'openai', baseUrl, model: 'bench', concurrency }
    const planned = startRun(project.db, { provider, generation: defaultGenerationSettings })

    const start = performance.now()
    const { run } = await runGeneration(project, planned.id, { apiKey: 'bench' })
    const seconds = (performance.now() - start) / 1000

    server.postMessage('most at once?')
    const atOnce = await told()
    if (run.state !== 'finished' || run.done !== items || atOnce !== concurrency)
      throw new Error(`the run ended ${run.state} with ${run.done} items done and ${String(atOnce)} calls at once`)
    const ideal = ((items / concurrency) * delayMs) / 1000
    report({ name: 'generation of 400 items, 8 at a time, 200 ms a call', value: seconds, unit: 's' })
    report({ name: 'generation against the ideal schedule', value: ideal / seconds, unit: 'of the ideal rate', atLeast: 0.9 })
    closeProject(project)
  } finally {
    await server.terminate()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
