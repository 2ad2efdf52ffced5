import { afterEach, expect, it } from 'vitest'
import { mixedFaults, serveFaults } from '../../support/faultPlan'
import { startModelServer, type ModelServer } from '../../support/modelServer'
import { addItems, callsOf, newProject, plan, quick, removeProject, server } from './project'
import { runGeneration } from '../../support/inEnglish'

let model: ModelServer
afterEach(() => model.close())

// The figure of 1,000 items is test/bench/generation.bench.ts; how well the time is used, test/unit/generation/schedule.
it('among mixed faults every item ends in one answer or one named failure, and no wait that the server asked for is cut short', async () => {
  const faults = mixedFaults({ latencyMs: 5, timeoutMs: 1_000, faultShare: 0.3, retryAfter: [0.1, 0.3] })
  const project = newProject()
  const asked = new Map<string, { at: number; waitMs: number }[]>()
  const { script, ...rest } = serveFaults(faults, 5)
  model = await startModelServer({
    ...rest,
    script: (request) => {
      const behaviour = typeof script === 'function' ? script(request) : 'good'
      const waitMs = typeof behaviour === 'object' ? 1000 * Number(behaviour.headers?.['retry-after']) : 0
      const item = /number (\d+)\./.exec(request.prompt)?.[1]
      asked.set(`item-${item}`, [...(asked.get(`item-${item}`) ?? []), { at: performance.now(), waitMs }])
      return behaviour
    },
  })
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
  // Seen from the server: a request after a refusal that was heard comes no sooner than it was told to.
  const refused = calls.filter(({ error }) => error?.code === 'rate-limit')
  expect(refused.length).toBeGreaterThan(5)
  for (const { itemSourceId, attempt } of refused) {
    const [before, after] = (asked.get(itemSourceId) ?? []).slice(attempt - 1)
    if (before && after) expect(after.at - before.at).toBeGreaterThanOrEqual(before.waitMs)
  }
  removeProject(project)
})
