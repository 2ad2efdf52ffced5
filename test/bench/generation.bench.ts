import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { maxAttempts } from '../../src/main/generation/run/askItem'
import { runGeneration } from '../../src/main/generation/run/runGeneration'
import { startRun } from '../../src/main/generation/run/startRun'
import { closeProject, createProject } from '../../src/main/project/project'
import { listCalls } from '../../src/main/store/runs/calls'
import { saveItem } from '../support/saveItem'
import { write } from '../../src/main/store/sql/transaction'
import { defaultGenerationSettings, defaultProviderSettings, type ProviderSettings } from '../../src/shared/domain'
import { type FaultPlan, idealMs, mixedFaults, serveFaults } from '../support/faultPlan'
import { report, sizeOf } from '../support/figures'
import { startModelServer } from '../support/modelServer'

interface Course {
  readonly name: string
  readonly items: number
  readonly concurrency: number
  readonly latencyMs: number
  readonly timeoutMs: number
  /** share of all requests */
  readonly faults: number
  readonly atLeast: number
}

const retryAfter = [1, 2]
const courses = {
  sound: {
    name: 'without faults',
    items: sizeOf(400, 16),
    concurrency: sizeOf(8, 4),
    latencyMs: 200,
    timeoutMs: 60_000,
    faults: 0,
    atLeast: 0.9,
  },
  faulty: {
    name: 'with 20 % mixed faults',
    items: sizeOf(1000, 32),
    concurrency: sizeOf(32, 8),
    latencyMs: 250,
    timeoutMs: 1_000,
    faults: 0.2,
    atLeast: 0.85,
  },
} as const satisfies Record<string, Course>

const planOf = ({ faults, latencyMs, timeoutMs }: Course): FaultPlan =>
  mixedFaults({ latencyMs, timeoutMs, faultShare: faults, retryAfter })

// The server has a thread of its own, as a real one would not share ours either.
if (isMainThread) {
  await measure('sound')
  await measure('faulty')
} else await serve(courses[workerData as keyof typeof courses])

async function serve(course: Course): Promise<void> {
  const server = await startModelServer(serveFaults(planOf(course), course.latencyMs))
  parentPort?.on('message', () => parentPort?.postMessage(server.maxAtOnce()))
  parentPort?.postMessage(server.url)
}

async function measure(key: keyof typeof courses): Promise<void> {
  const course: Course = courses[key]
  const { name, items, concurrency, timeoutMs, atLeast } = course
  const folder = fs.mkdtempSync(path.resolve('out/bench-generation-'))
  const server = new Worker(new URL(import.meta.url), { workerData: key })
  const told = async () => (await once(server, 'message'))[0] as unknown
  try {
    const baseUrl = String(await told())
    const project = createProject(path.join(folder, 'run.exemplar'), 'la')
    write(project.db, () => {
      for (let at = 0; at < items; at++)
        saveItem(project.db, { sourceId: `item-${at}`, context: { captions: [`Thing number ${at}.`] }, mediaIds: [] })
    })
    const provider: ProviderSettings = { ...defaultProviderSettings, kind: 'openai', baseUrl, model: 'bench', concurrency, timeoutMs }
    const planned = startRun(project.db, { provider, generation: defaultGenerationSettings })

    const start = performance.now()
    const { run } = await runGeneration(project, planned.id, { apiKey: 'bench' })
    const seconds = (performance.now() - start) / 1000

    server.postMessage('most at once?')
    const atOnce = await told()
    const answered = listCalls(project.db, { runId: run.id, states: ['succeeded'], after: 0, limit: 100_000 }).map(({ itemId }) => itemId)
    if (run.state !== 'finished' || run.done + run.failed !== items || atOnce !== concurrency)
      throw new Error(`the run ended ${run.state} with ${run.done} items done, ${run.failed} failed and ${String(atOnce)} calls at once`)
    if (new Set(answered).size !== answered.length) throw new Error('items were answered twice')
    const ideal = idealMs(planOf(course), items, concurrency, maxAttempts) / 1000
    report({ name: `generation of ${items} items, ${concurrency} at a time, ${name}`, value: seconds, unit: 's' })
    report({ name: `generation ${name} against the ideal schedule`, value: ideal / seconds, unit: 'of the ideal rate', atLeast })
    closeProject(project)
  } finally {
    await server.terminate()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
