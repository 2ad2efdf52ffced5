import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunProgress } from '../../../src/shared/contract'
import { programEnds } from '../../../src/main/generation/run/runProgress'
import type { Project } from '../../../src/main/project/project'
import { listCandidates, usedExemplars } from '../../../src/main/store/candidates/candidates'
import { decide } from '../../../src/main/store/decisions/decisions'
import { endRun, lastUnfinishedRun, requireRun } from '../../../src/main/store/runs/runs'
import { savePromptVersion } from '../../../src/main/store/project/prompts'
import { type ModelServer, type ModelServerOptions, startModelServer } from '../../support/modelServer'
import { addItems, callsOf, candidatesOf, demo, newProject, plan, type Plan, quick, removeProject, server } from './project'
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
const subjectOf = (prompt: string) => /^- (.*)$/m.exec(prompt)?.[1]
const options = { apiKey: null, backoff: quick }

describe('a run', () => {
  it('asks for every item once, in order, and stores the pairs with where they came from', async () => {
    const { url, requests } = await serve()
    addItems(project, 30)
    const run = plan(project, { provider: { ...server(url), concurrency: 1 }, generation: { pairsPerItem: 2 } })
    const result = await runGeneration(project, run.id, options)
    expect(result).toMatchObject({
      stoppedBy: null,
      run: { state: 'finished', items: 30, done: 30, failed: 0, candidates: 60, promptTokens: 3000, completionTokens: 600 },
    })
    expect(requests.map(({ prompt }) => subjectOf(prompt))).toEqual(Array.from({ length: 30 }, (_, at) => `Thing number ${at}.`))
    expect(candidatesOf(project)[2]).toMatchObject({
      itemSourceId: 'item-1',
      runId: run.id,
      provider: 'openai',
      model: 'test-model',
      state: 'pending',
      response: 'It shows this: Thing number 1.',
    })
    expect(callsOf(project, run.id).every(({ state, attempt }) => state === 'succeeded' && attempt === 1)).toBe(true)
  })

  it('keeps as many calls under way as allowed, never more, for 400 items', async () => {
    let waiting: (() => void)[] = []
    const untilEightWait = () =>
      new Promise<void>((resolve) => {
        if (waiting.push(resolve) < 8) return
        for (const release of waiting) release()
        waiting = []
      })
    const { url, requests, maxAtOnce } = await serve({ before: untilEightWait })
    addItems(project, 400)
    const run = plan(project, { provider: { ...server(url), concurrency: 8 }, generation: { pairsPerItem: 1 } })
    await runGeneration(project, run.id, options)
    expect(maxAtOnce()).toBe(8)
    expect(new Set(requests.map(({ prompt }) => subjectOf(prompt))).size).toBe(400)
    expect(requests).toHaveLength(400)
    for (const [at, { itemSourceId, response }] of candidatesOf(project).entries())
      expect([itemSourceId, response]).toEqual([`item-${at}`, `It shows this: Thing number ${at}.`])
  })

  it('tells its progress in order, and at the end that it is over', async () => {
    const { url } = await serve()
    addItems(project, 40)
    const run = plan(project, { provider: server(url) })
    const heard: RunProgress[] = []
    await runGeneration(project, run.id, { ...options, onProgress: (progress) => heard.push(progress) })
    expect(heard[0]).toMatchObject({ active: true, rate: null, remainingMs: null, run: { done: 0, state: 'running' } })
    expect(heard.at(-1)).toMatchObject({ active: false, run: { done: 40, state: 'finished' } })
    expect(heard.map((progress) => progress.run.done)).toEqual(
      heard.map((progress) => progress.run.done).toSorted((one, other) => one - other),
    )
    expect(heard.filter(({ active }) => !active)).toHaveLength(1)
  })

  it('takes what was approved while it runs into the prompts that follow', async () => {
    const [first, second, third] = addItems(project, 3)
    const { url, requests } = await serve({
      script: ({ index }) => {
        const [candidate] = candidatesOf(project)
        if (index === 1 && candidate)
          decide(project.db, {
            candidateId: candidate.id,
            verdict: 'edit',
            reviewer: 'Ada',
            pair: { instruction: 'What is edited?', response: 'This.' },
          })
        return 'good'
      },
    })
    const run = plan(project, { provider: { ...server(url), concurrency: 1 }, generation: { pairsPerItem: 1 } })
    await runGeneration(project, run.id, options)
    expect(requests.map(({ body }) => body.messages.length)).toEqual([2, 2, 4])
    expect(requests[2]?.body.messages[2]).toEqual({
      role: 'assistant',
      content: '{"pairs":[{"kind":"conversation","instruction":"What is edited?","response":"This."}]}',
    })
    const drafted = (itemId: number | undefined) => candidatesOf(project).find((candidate) => candidate.itemId === itemId)
    expect(usedExemplars(project.db, drafted(third)?.callId ?? 0)).toMatchObject([
      { candidateId: drafted(first)?.id, itemSourceId: 'item-0', instruction: 'What is edited?' },
    ])
    expect(usedExemplars(project.db, drafted(second)?.callId ?? 0)).toEqual([])
  })

  it('fails the items whose context the template cannot take, and drafts the others', async () => {
    const { url, requests } = await serve()
    savePromptVersion(project.db, {
      outputForm: 'pairs',
      systemMessage: '',
      contextTemplate: '{% for at in (1..count) %}- Thing{% endfor %}',
    })
    addItems(project, 3, (at) => ({ count: at === 1 ? 900_000_000 : 1 }))
    const run = plan(project, { provider: server(url) })
    expect((await runGeneration(project, run.id, options)).run).toMatchObject({ state: 'finished', done: 2, failed: 1 })
    expect(callsOf(project, run.id, ['failed'])).toMatchObject([
      { itemSourceId: 'item-1', error: { code: 'template', message: expect.stringContaining('line 1') } },
    ])
    expect(requests).toHaveLength(2)
  })

  it('by the demo generator needs neither key nor server and is marked as such', async () => {
    addItems(project, 3)
    const run = plan(project, { provider: demo })
    expect((await runGeneration(project, run.id, options)).run).toMatchObject({
      state: 'finished',
      done: 3,
      settings: { provider: { kind: 'demo', model: 'demo' } },
    })
    for (const candidate of candidatesOf(project)) expect(candidate).toMatchObject({ provider: 'demo', model: 'demo' })
    expect(requireRun(project.db, run.id).promptTokens).toBeGreaterThan(100)
  })
})

describe('a run that ends early', () => {
  it('by cancelling frees its connections, keeps what is stored, and goes on with exactly the rest', async () => {
    const { url, requests, underWay } = await serve({ script: ({ index }) => (index < 6 ? 'good' : 'hang') })
    addItems(project, 20)
    const run = plan(project, { provider: { ...server(url), concurrency: 4 }, generation: { pairsPerItem: 1 } })
    const controller = new AbortController()
    const ended = runGeneration(project, run.id, { ...options, signal: controller.signal })
    await expect.poll(() => requests.length).toBe(10)
    controller.abort()
    expect((await ended).run).toMatchObject({ state: 'cancelled', done: 6, failed: 0, candidates: 6 })
    await expect.poll(underWay).toBe(0)
    expect(callsOf(project, run.id, ['interrupted'])).toHaveLength(4)
    expect(callsOf(project, run.id, ['sent'])).toEqual([])
    await model?.close()

    const answered = new Set(candidatesOf(project).map(({ itemSourceId }) => itemSourceId))
    const second = await serve({ port: Number(new URL(url).port) })
    expect(lastUnfinishedRun(project.db)?.id).toBe(run.id)
    expect((await runGeneration(project, run.id, options)).run).toMatchObject({ state: 'finished', done: 20, candidates: 20 })
    const asked = second.requests.map(({ prompt }) => subjectOf(prompt)?.replace(/Thing number (\d+)\./, 'item-$1') ?? '')
    expect(asked).toHaveLength(14)
    expect(asked.filter((item) => answered.has(item))).toEqual([])
    expect(new Set(candidatesOf(project).map(({ itemSourceId }) => itemSourceId)).size).toBe(20)
  })

  it('by the end of the program is interrupted, not cancelled', async () => {
    const { url, requests } = await serve({ behaviour: 'hang' })
    addItems(project, 3)
    const run = plan(project, { provider: server(url) })
    const controller = new AbortController()
    const ended = runGeneration(project, run.id, { ...options, signal: controller.signal })
    await expect.poll(() => requests.length).toBe(3)
    controller.abort(programEnds)
    expect((await ended).run).toMatchObject({ state: 'interrupted', done: 0 })
  })

  it('before it begins asks nothing', async () => {
    const { url, requests } = await serve()
    addItems(project, 3)
    const run = plan(project, { provider: server(url) })
    expect((await runGeneration(project, run.id, { ...options, signal: AbortSignal.abort() })).run).toMatchObject({
      state: 'cancelled',
      done: 0,
    })
    expect(requests).toEqual([])
    expect(callsOf(project, run.id)).toEqual([])
  })

  it('because the disk is full says so, stays resumable and loses nothing', async () => {
    const { url } = await serve()
    addItems(project, 200, (at) => ({ captions: [`Thing number ${at}. ${'long '.repeat(400)}`] }))
    const pages = Number(project.db.pragma('page_count', { simple: true }))
    project.db.pragma(`max_page_count = ${pages + 60}`)
    const run = plan(project, { provider: server(url) })
    await expect(runGeneration(project, run.id, options)).rejects.toMatchObject({
      code: 'disk-full',
      remedy: expect.stringContaining('space'),
    })
    const stored = candidatesOf(project).length
    expect(stored).toBeGreaterThan(0)

    project.db.pragma('max_page_count = 1073741823')
    expect((await runGeneration(project, run.id, options)).run).toMatchObject({ state: 'finished', done: 200, candidates: 600 })
    expect(listCandidates(project.db, { runId: run.id }, null, 1000).candidates).toHaveLength(600)
  })
})

describe('the same run', () => {
  it('is never carried out twice at once', async () => {
    const { url, requests } = await serve({ delayMs: 30 })
    addItems(project, 4)
    const run = plan(project, { provider: server(url) })
    const first = runGeneration(project, run.id, options)
    await expect(runGeneration(project, run.id, options)).rejects.toMatchObject({ code: 'busy' })
    await first
    expect(requests).toHaveLength(4)
  })

  it('asks nothing more once it is finished', async () => {
    const { url, requests } = await serve()
    addItems(project, 4)
    const run = plan(project, { provider: server(url) })
    await runGeneration(project, run.id, options)
    expect((await runGeneration(project, run.id, options)).run).toMatchObject({ state: 'finished', done: 4 })
    expect(requests).toHaveLength(4)
  })

  it('that does not exist is a problem', async () => {
    await expect(runGeneration(project, 99, options)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('planning a run', () => {
  it('takes the items named, those without drafts, or so many', async () => {
    const ids = addItems(project, 5)
    const planned = (request: Plan) => {
      const { id, items } = plan(project, request)
      endRun(project.db, id, 'cancelled')
      return items
    }
    expect(planned({})).toBe(5)
    expect(planned({ limit: 2 })).toBe(2)
    const run = plan(project, { itemIds: [ids[3] ?? 0, ids[1] ?? 0, ids[3] ?? 0], provider: demo })
    expect(run.items).toBe(2)
    await runGeneration(project, run.id, options)
    expect(candidatesOf(project).map(({ itemSourceId }) => itemSourceId)).toEqual(expect.arrayContaining(['item-3', 'item-1']))
    expect(planned({ onlyUndrafted: true })).toBe(3)
    expect(planned({ onlyUndrafted: true, itemIds: ids.slice(0, 2) })).toBe(1)
  })

  it('is refused with a remedy where there is nothing to ask, or nothing to ask with', () => {
    expect(() => plan(project)).toThrow(expect.objectContaining({ code: 'wrong-use', remedy: 'Import items in the library first.' }))
    const [id] = addItems(project, 1)
    expect(() => plan(project, { itemIds: [77] })).toThrow(expect.objectContaining({ code: 'not-found' }))
    savePromptVersion(project.db, { outputForm: 'pairs', systemMessage: 'x', contextTemplate: '{{ broken' })
    expect(() => plan(project, { itemIds: [id ?? 0] })).toThrow(expect.objectContaining({ code: 'bad-template' }))
  })
})
