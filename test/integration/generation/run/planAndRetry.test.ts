import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createActiveRuns } from '../../../../src/main/generation/run/activeRuns'
import { estimateRun } from '../../../../src/main/generation/run/estimateRun'
import { groupFailures } from '../../../../src/main/generation/run/failureGroups'
import type { Project } from '../../../../src/main/project/project'
import { listFailures } from '../../../../src/main/store/runs/calls'
import { requireRun } from '../../../../src/main/store/runs/runs'
import { defaultGenerationSettings, defaultProviderSettings } from '../../../../src/shared/domain'
import { runGeneration } from '../../../support/inEnglish'
import { startModelServer } from '../../../support/modelServer'
import { addItems, callsOf, demo, newProject, plan, quick, removeProject, server } from '../project'

let project: Project
beforeEach(() => {
  project = newProject()
})
afterEach(() => removeProject(project))

const options = { apiKey: null, backoff: quick }
const request = {
  provider: { ...defaultProviderSettings, model: 'gpt-4.1-mini', kind: 'openai' as const },
  generation: defaultGenerationSettings,
}

describe('the estimate of a run', () => {
  it('projects tokens and price from the prompts of a few items, and time from the latest run of the model', async () => {
    addItems(project, 20)
    const before = await estimateRun(project.db, request)
    expect(before).toMatchObject({ items: 20, taken: 0, milliseconds: null })
    expect(before.promptTokens).toBeGreaterThan(20 * 50)
    expect(before.price).toBeCloseTo((before.promptTokens * 0.4 + before.completionTokens * 1.6) / 1e6, 10)
    const half = await estimateRun(project.db, { ...request, limit: 10 })
    expect(half.promptTokens).toBeCloseTo(before.promptTokens / 2, -2)

    const run = plan(project, { provider: demo, limit: 8 })
    await runGeneration(project, run.id, options)
    const undrafted = { ...request, provider: { ...request.provider, kind: 'demo' as const }, onlyUndrafted: true }
    const after = await estimateRun(project.db, undrafted)
    expect(after).toMatchObject({ items: 12, price: 0 })
    expect(after.milliseconds).not.toBeNull()
    expect(await estimateRun(project.db, { ...undrafted, limit: 3 })).toMatchObject({ items: 3 })
  })

  it('has no price for an unknown model, and nothing for no items', async () => {
    expect(await estimateRun(project.db, request)).toEqual({
      items: 0,
      taken: 0,
      promptTokens: 0,
      completionTokens: 0,
      price: 0,
      milliseconds: 0,
    })
    addItems(project, 1)
    expect((await estimateRun(project.db, { ...request, provider: { ...request.provider, model: 'gemma' } })).price).toBeNull()
  })
})

it('a group of failures is retried alone; the others stay as they are', async () => {
  const failing = await startModelServer({ behaviour: 'prose' })
  addItems(project, 4)
  const run = plan(project, { provider: server(failing.url) })
  await runGeneration(project, run.id, options)
  const [group] = groupFailures(listFailures(project.db, run.id))
  expect(group).toMatchObject({ error: { code: 'not-json' }, items: ['item-0', 'item-1', 'item-2', 'item-3'] })
  const asked = failing.requests.length
  await runGeneration(project, run.id, { ...options, itemIds: group?.itemIds.slice(0, 1) ?? [] })
  expect(failing.requests.length - asked).toBe(1)
  expect(requireRun(project.db, run.id)).toMatchObject({ state: 'finished', failed: 4, done: 0, resumed: true })
  expect(callsOf(project, run.id).filter(({ state }) => state === 'retried')).toHaveLength(1)
  await failing.close()
})

it('a paused run is left to be resumed, and a cancelled one is cancelled', async () => {
  const hanging = await startModelServer({ behaviour: 'hang' })
  addItems(project, 2)
  const runs = createActiveRuns({ progress: () => undefined, failed: () => undefined })
  for (const [stop, state] of [
    ['pause', 'interrupted'],
    ['cancel', 'cancelled'],
  ] as const) {
    const run = plan(project, { provider: server(hanging.url) })
    runs.drive(project, run, null)
    await expect.poll(() => hanging.requests.length).toBeGreaterThan(0)
    await runs[stop](run.id)
    expect(requireRun(project.db, run.id)).toMatchObject({ state, done: 0 })
    expect(requireRun(project.db, run.id).finishedAt).not.toBeNull()
  }
  await hanging.close()
})
