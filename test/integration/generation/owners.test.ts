import { readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openProject, closeProject, type Project } from '../../../src/main/project/project'
import { failCall, finishCall, startCall } from '../../../src/main/store/runs/calls'
import { keepReplies } from '../../../src/main/store/runs/keptReplies'
import { releaseLease } from '../../../src/main/store/runs/lease'
import { claimRun, createRun, endRun, lastUnfinishedRun, listTakenItems, requireRun, touchRun } from '../../../src/main/store/runs/runs'
import { currentPromptVersion } from '../../../src/main/store/project/prompts'
import { defaultGenerationSettings, defaultProviderSettings } from '../../../src/shared/domain'
import { startModelServer, type ModelServer, type ModelServerOptions } from '../../support/modelServer'
import { addItems, callsOf, candidatesOf, newProject, plan, quick, removeProject, server } from './project'
import { inspectDatabase } from '../../support/inEnglish'
import { runGeneration } from '../../support/inEnglish'

let project: Project
let model: ModelServer | undefined
beforeEach(() => {
  project = newProject()
})
afterEach(async () => {
  await model?.close()
  model = undefined
  removeProject(project)
})

const serve = async (options: ModelServerOptions = {}) => (model = await startModelServer(options))
const options = { apiKey: null, backoff: quick }
const answer = { reply: '{}', promptTokens: 1, completionTokens: 1, pairs: [{ instruction: 'What?', response: 'This.' }] }
const failure = {
  error: { code: 'timeout', message: 'Slow.', status: null },
  reply: null,
  promptTokens: null,
  completionTokens: null,
  willRetry: false,
} as const

/** As another process would: the run gets another owner under another fence. */
const takeOver = (runId: number, owner: object = { host: 'elsewhere', pid: 1 }, touchedAt = Date.now()) =>
  project.db
    .prepare(`UPDATE run SET fence = fence + 1, state = 'running', owner = ?, touched_at = ? WHERE id = ?`)
    .run(JSON.stringify(owner), touchedAt, runId)

describe('a run that another process has taken', () => {
  it('takes no write any more: no call, no answer, no failure, no sign of life, no end', () => {
    const [itemId = 0] = addItems(project, 1)
    const { id: runId } = plan(project)
    const call = { runId, itemId, attempt: 1, messages: [], exemplarIds: [] }
    const callId = startCall(project.db, call)
    takeOver(runId)
    const before = project.db.serialize()
    for (const work of [
      () => startCall(project.db, call),
      () => finishCall(project.db, callId, answer),
      () => failCall(project.db, callId, failure),
      () => touchRun(project.db, runId),
      () => endRun(project.db, runId, 'finished'),
    ])
      expect(work).toThrow(/was taken over by another window or process/)
    expect(project.db.serialize().equals(before)).toBe(true)
  })

  it('asks and stores nothing more, gives up what is in flight, and says so', async () => {
    let taken = () => {}
    const { url, requests, underWay } = await serve({
      script: ({ index }) => {
        if (index === 5) taken()
        return index < 6 ? 'good' : 'hang'
      },
    })
    addItems(project, 40)
    const run = plan(project, { provider: { ...server(url), concurrency: 4 }, generation: { pairsPerItem: 1 } })
    taken = () => takeOver(run.id)
    await expect(runGeneration(project, run.id, options)).rejects.toMatchObject({
      code: 'busy',
      message: `Run ${run.id} was taken over by another window or process.`,
    })
    expect(requests.length).toBeLessThanOrEqual(6 + 3)
    expect(candidatesOf(project).length).toBeLessThanOrEqual(5)
    expect(requireRun(project.db, run.id)).toMatchObject({ state: 'running', done: candidatesOf(project).length })
    await expect.poll(underWay).toBe(0)
  })

  it('is not withdrawn while the other process lives, but once its time of life is old, or lies in the future', () => {
    addItems(project, 1)
    const { id } = plan(project)
    releaseLease(project.db, id)
    takeOver(id)
    expect(() => claimRun(project.db, id)).toThrow(expect.objectContaining({ code: 'busy' }))
    for (const wrong of [-3_600_000, -16_000, 16_000, 3_600_000, 86_400_000]) {
      takeOver(id, { host: 'elsewhere', pid: 1 }, Date.now() + wrong)
      expect(lastUnfinishedRun(project.db)).toMatchObject({ id, state: 'interrupted' })
    }
    claimRun(project.db, id)
    expect(requireRun(project.db, id).state).toBe('running')
  })
})

describe('items of a live run', () => {
  it('are left out of the next run, which says so; one that is named is refused, and so is a run without any', () => {
    const ids = addItems(project, 10)
    const first = plan(project, { itemIds: ids.slice(0, 6) })
    expect(plan(project, { itemIds: [ids[7] ?? 0] }).leftOut).toEqual([])
    const all = plan(project)
    expect(all).toMatchObject({
      items: 3,
      leftOut: [
        { runId: first.id, items: 6 },
        { runId: 2, items: 1 },
      ],
    })
    expect(() => plan(project, { itemIds: [ids[2] ?? 0] })).toThrow(`Item item-2 is queued in run ${first.id}, which is still running.`)
    expect(() => plan(project, { limit: 4 })).toThrow(`Run ${first.id} is already drafting pairs for all of these items.`)
    expect(() => plan(project)).toThrow(`Runs 1, 2, 3 are already drafting pairs for all of these items.`)
  })

  it('are free once they are answered or given up, and once the run has ended', () => {
    const [one = 0, two = 0, three = 0] = addItems(project, 3)
    const { id: runId } = plan(project)
    const call = (itemId: number) => startCall(project.db, { runId, itemId, attempt: 1, messages: [], exemplarIds: [] })
    finishCall(project.db, call(one), answer)
    failCall(project.db, call(two), failure)
    expect([...listTakenItems(project.db).keys()]).toEqual([three])
    endRun(project.db, runId, 'cancelled')
    expect(listTakenItems(project.db).size).toBe(0)
    claimRun(project.db, runId)
    // What failed before is asked again now.
    expect([...listTakenItems(project.db).keys()]).toEqual([two, three])
  })

  it('are not asked for by an older run that goes on beside it', async () => {
    const { url, requests } = await serve()
    const ids = addItems(project, 6)
    const old = plan(project, { provider: server(url) })
    endRun(project.db, old.id, 'cancelled')
    const live = plan(project, { itemIds: ids.slice(0, 4) })
    expect((await runGeneration(project, old.id, options)).run).toMatchObject({ state: 'interrupted', done: 2 })
    expect(requests).toHaveLength(2)
    await expect(runGeneration(project, old.id, options)).rejects.toMatchObject({
      message: `Run ${live.id} is already drafting pairs for all of these items.`,
    })
    endRun(project.db, live.id, 'cancelled')
    expect((await runGeneration(project, old.id, options)).run).toMatchObject({ state: 'finished', done: 6 })
  })
})

describe('failures in a row for the same reason', () => {
  it('pause the run with the reason, which is kept; resuming goes on with the rest', async () => {
    const { url, requests } = await serve({ script: ({ index }) => (index < 5 ? 'good' : 'prose') })
    addItems(project, 60)
    const run = plan(project, { provider: { ...server(url), concurrency: 2 }, generation: { pairsPerItem: 1 } })
    const result = await runGeneration(project, run.id, options)
    expect(requests.length).toBeLessThanOrEqual(5 + 10 + 1)
    expect(result.stoppedBy).toMatchObject({ failures: 10, error: { code: 'not-json' }, item: expect.stringMatching(/^item-/) })
    expect(requireRun(project.db, run.id)).toMatchObject({
      state: 'interrupted',
      done: 5,
      stoppedBy: { failures: 10, error: { code: 'not-json' } },
    })
    await model?.close()
    await serve({ port: Number(new URL(url).port) })
    expect((await runGeneration(project, run.id, options)).run).toMatchObject({ state: 'finished', done: 60, failed: 0, stoppedBy: null })
  })

  it('may be as many as the settings say, and answers between them count as none', async () => {
    const { url } = await serve({ script: ({ index }) => (index % 4 === 3 ? 'good' : 'prose') })
    addItems(project, 40)
    const provider = { ...server(url), concurrency: 1 }
    expect((await runGeneration(project, plan(project, { provider }).id, options)).run).toMatchObject({
      state: 'finished',
      done: 10,
      failed: 30,
    })
    const strict = plan(project, { provider: { ...provider, maxFailures: 2 } })
    expect((await runGeneration(project, strict.id, options)).run).toMatchObject({ state: 'interrupted', failed: 2 })
  })

  it.each(['server-error', 'prose'] as const)('pause a run after exactly so many requests, one at a time (%s)', async (script) => {
    const { url, requests } = await serve({ script: () => script })
    addItems(project, 20)
    const run = plan(project, { provider: { ...server(url), concurrency: 1, maxFailures: 3 } })
    expect((await runGeneration(project, run.id, options)).stoppedBy).toMatchObject({ failures: 3 })
    expect(requests).toHaveLength(3)
  })

  it('begin nothing more after the last of them', async () => {
    const failed = Promise.withResolvers<undefined>()
    const { url, requests } = await serve({
      script: () => 'prose',
      before: ({ index }) => (index < 3 ? Promise.resolve() : failed.promise),
    })
    addItems(project, 60)
    const run = plan(project, { provider: { ...server(url), concurrency: 8, maxFailures: 3 } })
    const running = runGeneration(project, run.id, options)
    await expect.poll(() => callsOf(project, run.id, ['failed']).length).toBe(3)
    failed.resolve(undefined)
    expect((await running).stoppedBy).toMatchObject({ failures: 3, error: { code: 'not-json' } })
    expect(requests.length).toBeLessThanOrEqual(8 + 2)
    expect(callsOf(project, run.id, ['sent'])).toEqual([])
  })

  it('count requests that fail together as one where the failure may pass', async () => {
    const { url } = await serve({ script: ({ index }) => (index < 8 ? 'server-error' : 'good') })
    addItems(project, 30)
    const run = plan(project, { provider: { ...server(url), concurrency: 8, maxFailures: 3 }, generation: { pairsPerItem: 1 } })
    expect((await runGeneration(project, run.id, options)).run).toMatchObject({ state: 'finished', done: 30 })
  })

  it('pause a run whose server fails for everybody, after few requests', async () => {
    const { url, requests } = await serve({ script: ({ index }) => (index < 20 ? 'good' : 'server-error') })
    addItems(project, 200)
    const run = plan(project, { provider: { ...server(url), concurrency: 8 }, generation: { pairsPerItem: 1 } })
    expect((await runGeneration(project, run.id, options)).stoppedBy).toMatchObject({ failures: 10, error: { code: 'server-error' } })
    expect(requests.length).toBeLessThanOrEqual(20 + 8 + 2 + 10)
  })
})

describe('replies that could not be stored', () => {
  const files = () => readdirSync(project.directory).filter((name) => name.startsWith('unstored'))

  it('are stored when the project is opened next, once, and are not asked for again', async () => {
    const { url, requests } = await serve()
    const [one = 0, two = 0] = addItems(project, 3)
    const { id: runId } = plan(project, { provider: server(url) })
    const call = (itemId: number) => startCall(project.db, { runId, itemId, attempt: 1, messages: [], exemplarIds: [] })
    const first = call(one)
    keepReplies(project.db, runId, [{ callId: first, answer }])
    keepReplies(project.db, runId, [
      { callId: call(two), failure },
      { callId: first, answer },
    ])
    closeProject(openProject(project.directory))
    expect(callsOf(project, runId, ['sent'])).toHaveLength(2) // their run is live: they are its driver's
    releaseLease(project.db, runId)
    closeProject(openProject(project.directory))
    expect(requireRun(project.db, runId)).toMatchObject({ done: 1, failed: 1, candidates: 1 })
    expect(files()).toEqual([])
    expect((await runGeneration(project, runId, options)).run).toMatchObject({ state: 'finished', done: 3, failed: 0 })
    expect(requests).toHaveLength(2)
    expect(inspectDatabase(project.db).findings).toEqual([])
  })

  it('are left alone where the item was answered meanwhile', () => {
    const [itemId = 0] = addItems(project, 1)
    const { id: runId } = plan(project)
    const call = () => startCall(project.db, { runId, itemId, attempt: 1, messages: [], exemplarIds: [] })
    const [late, answered] = [call(), call()]
    finishCall(project.db, answered, answer)
    keepReplies(project.db, runId, [{ callId: late, answer }])
    endRun(project.db, runId, 'interrupted')
    claimRun(project.db, runId)
    expect(requireRun(project.db, runId)).toMatchObject({ done: 1, candidates: 1 })
    expect(files()).toEqual([])
  })

  it('that cannot be read are set aside, whole, and named by the doctor', () => {
    const [itemId = 0] = addItems(project, 1)
    const { id: runId } = plan(project)
    const callId = startCall(project.db, { runId, itemId, attempt: 1, messages: [], exemplarIds: [] })
    keepReplies(project.db, runId, [{ callId, answer }, { callId } as never])
    releaseLease(project.db, runId)
    closeProject(openProject(project.directory))
    expect(requireRun(project.db, runId).done).toBe(1)
    expect(files()).toEqual([`unstored-replies-run-${runId}.jsonl.unreadable`])
    expect(inspectDatabase(project.db).findings).toMatchObject([
      { message: expect.stringContaining(`unstored-replies-run-${runId}.jsonl.unreadable`) },
    ])
  })

  it('that cannot be read do not take the place of those that were set aside before', () => {
    const [itemId = 0] = addItems(project, 1)
    const { id: runId } = plan(project)
    const callId = startCall(project.db, { runId, itemId, attempt: 1, messages: [], exemplarIds: [] })
    releaseLease(project.db, runId)
    for (let time = 0; time < 2; time++) {
      keepReplies(project.db, runId, [{ callId } as never])
      closeProject(openProject(project.directory))
    }
    const name = `unstored-replies-run-${runId}.jsonl.unreadable`
    expect(files().toSorted()).toEqual([name, `${name}-2`])
  })
})

describe('the doctor', () => {
  const settings = { provider: defaultProviderSettings, generation: defaultGenerationSettings }
  const create = (itemIds: number[]) =>
    createRun(project.db, { promptVersionId: currentPromptVersion(project.db).id, settings, itemIds }).id
  const ask = (runId: number, itemId: number) =>
    finishCall(project.db, startCall(project.db, { runId, itemId, attempt: 1, messages: [], exemplarIds: [] }), answer)

  it('names items that were answered twice in one run', () => {
    const [one = 0, two = 0] = addItems(project, 2)
    const runId = create([one, two])
    for (const itemId of [one, two, two]) ask(runId, itemId)
    endRun(project.db, runId, 'finished')
    const { healthy, findings } = inspectDatabase(project.db)
    expect(healthy).toBe(false)
    expect(findings).toMatchObject([{ message: `1 items with two replies in one run (run ${runId}: item-1)` }])
  })

  it('names runs that asked for the same items at the same time, and none that came one after the other', async () => {
    const ids = addItems(project, 3)
    const first = create(ids)
    const second = create(ids)
    await sleep(5)
    for (const itemId of ids) for (const runId of [first, second]) ask(runId, itemId)
    for (const runId of [first, second]) endRun(project.db, runId, 'finished')
    expect(inspectDatabase(project.db).findings).toMatchObject([
      { message: `1 cases of two runs that requested the same items at the same time (runs ${first} and ${second}: 3 items)` },
    ])
  })
})
