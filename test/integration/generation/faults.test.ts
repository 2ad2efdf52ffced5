import { afterEach, expect, it } from 'vitest'
import { runGeneration } from '../../../src/main/generation/runGeneration'
import { mixedFaults, serveFaults } from '../../support/faultPlan'
import { startModelServer, type ModelServer } from '../../support/modelServer'
import { addItems, callsOf, newProject, plan, quick, removeProject, server } from './project'

let model: ModelServer
afterEach(() => model.close())

// The figure of 1,000 items is test/bench/generation.bench.ts; how well the time is used, test/unit/generation/schedule.
it('among mixed faults every item ends in one answer or one named failure, and no wait that the server asked for is cut short', async () => {
  const faults = mixedFaults({ latencyMs: 5, timeoutMs: 1_000, faultShare: 0.3, retryAfter: [0.1, 0.3] })
  const project = newProject()
  model = await startModelServer(serveFaults(faults, 5))
  addItems(project, 250)
  const run = plan(project, { provider: { ...server(model.url), concurrency: 32, timeoutMs: 1_000 }, generation: { pairsPerItem: 1 } })
  const { run: ended, stoppedBy } = await runGeneration(project, run.id, { apiKey: null, backoff: quick })
  expect(stoppedBy).toBeNull()
  expect(ended.done + ended.failed).toBe(250)
  const calls = callsOf(project, run.id)
  const ends = calls.filter(({ state }) => state === 'succeeded' || state === 'failed')
  expect(new Set(ends.map(({ itemId }) => itemId)).size).toBe(250)
  expect(ends).toHaveLength(250)
  for (const { error } of calls.filter(({ state }) => state === 'failed')) expect(error?.message).not.toBe('')
  const limited = calls.filter(({ error }) => error?.code === 'rate-limit')
  expect(limited.length).toBeGreaterThan(5)
  for (const { itemId, attempt, finishedAt } of limited) {
    const next = calls.find((call) => call.itemId === itemId && call.attempt === attempt + 1)
    if (next) expect(next.startedAt - (finishedAt ?? 0)).toBeGreaterThanOrEqual(90) // stored a little after it came
  }
  removeProject(project)
})
