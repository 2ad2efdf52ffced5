import BetterSqlite3 from 'better-sqlite3'
import fs from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepSide } from '../../../../src/main/generation/compare/keepSide'
import { planComparison } from '../../../../src/main/generation/compare/planComparison'
import { runComparison } from '../../../../src/main/generation/compare/runComparison'
import { describeComparison, startComparison } from '../../../../src/main/generation/compare/startComparison'
import { forgetDialects } from '../../../../src/main/generation/providers/dialect'
import { closeProject, openProject, type Project } from '../../../../src/main/project/project'
import { listComparisons, removeComparison, requireComparison, saveVote } from '../../../../src/main/store/comparisons/comparisons'
import { thisProcess } from '../../../../src/main/store/recovery/processIdentity'
import { currentPromptVersion, savePromptVersion } from '../../../../src/main/store/project/prompts'
import { getGenerationSettings } from '../../../../src/main/store/project/project'
import { listRuns } from '../../../../src/main/store/runs/runs'
import { countVotes, sumSide } from '../../../../src/shared/comparison'
import type { ComparisonRequest } from '../../../../src/shared/contract'
import { defaultProviderSettings, type ProviderSettings } from '../../../../src/shared/domain'
import { startModelServer, type ModelServer, type ModelServerOptions } from '../../../support/modelServer'
import { addImage, addItems, callsOf, candidatesOf, newProject, quick, removeProject, server } from '../project'

let project: Project
let model: ModelServer
let itemIds: number[]
beforeEach(() => {
  project = newProject()
  forgetDialects()
  itemIds = addItems(project, 5)
  const { outputForm, systemMessage, contextTemplate } = currentPromptVersion(project.db)
  savePromptVersion(project.db, { outputForm, systemMessage: `${systemMessage} Be brief.`, contextTemplate })
})
afterEach(async () => {
  await model.close()
  removeProject(project)
})

const providerOf = (part: Partial<ProviderSettings> = {}): ProviderSettings => ({
  ...defaultProviderSettings,
  ...server(model.url),
  ...part,
})
const requestOf = (part: Partial<ComparisonRequest> = {}): ComparisonRequest => ({
  first: { versionId: 1 },
  second: { versionId: 2 },
  items: { kind: 'first', count: 3 },
  settings: { ...getGenerationSettings(project.db), pairsPerItem: 2 },
  blind: false,
  ...part,
})
const start = async (options: ModelServerOptions = {}) => {
  model = await startModelServer(options)
}
const read = (id: number) => requireComparison(project.db, id, 'Ada')
const ask = async (request = requestOf(), provider = providerOf(), options: { failed?: boolean; signal?: AbortSignal } = {}) => {
  const id = startComparison(project.db, request, provider)
  const stoppedBy = await runComparison(project, id, { apiKey: null, backoff: quick, ...options })
  return { id, stoppedBy }
}

describe('a comparison of two prompt versions', () => {
  it('asks both texts about each item once, keeps the replies, and makes no candidates', async () => {
    await start()
    expect(await planComparison(project.db, requestOf(), providerOf())).toMatchObject({ items: 3, calls: 6, kept: 0, price: null })
    const { id, stoppedBy } = await ask()
    expect(stoppedBy).toBeNull()
    const { items } = read(id)
    expect(items.map(({ sourceId }) => sourceId)).toEqual(['item-0', 'item-1', 'item-2'])
    for (const { first, second } of items) expect([first?.pairs.length, second?.pairs.length]).toEqual([2, 2])
    expect(model.requests).toHaveLength(6)
    const systems = model.requests.map(({ body }) => String(body.messages[0]?.content))
    expect(systems.filter((text) => text.includes(' Be brief.'))).toHaveLength(3)
    expect(candidatesOf(project)).toEqual([])
    expect(listRuns(project.db)).toEqual([])
    expect(listComparisons(project.db)).toMatchObject([{ id, items: 3, model: 'test-model' }])
  })

  it('pays for the same request once where two comparisons send it at the same time', async () => {
    await start({ delayMs: 50 })
    const both = await Promise.all([ask(), ask()])
    expect(model.requests).toHaveLength(6)
    for (const { id } of both)
      expect(read(id).items.every(({ first, second }) => first?.error === null && second?.error === null)).toBe(true)
    expect(project.db.prepare(`SELECT count(*) FROM trial_request`).pluck().get()).toBe(0)
  })

  it('sends what a process that has ended, or had a wrong clock, left under way', async () => {
    await start()
    await ask()
    const keys = project.db.prepare(`SELECT request_key FROM trial_reply ORDER BY id`).pluck().all()
    project.db.exec(`UPDATE comparison_item SET first_reply_id = NULL, second_reply_id = NULL; DELETE FROM trial_reply`)
    const leave = project.db.prepare(`INSERT INTO trial_request (request_key, owner, until) VALUES (?, ?, ?)`)
    const ended = JSON.stringify({ host: hostname(), pid: 2 ** 22 + 1 })
    leave.run(keys[0], ended, Date.now() + 60_000)
    leave.run(keys[1], thisProcess, Date.now() - 1)
    leave.run(keys[2], thisProcess, Date.now() + 1e12)
    await ask()
    expect(model.requests).toHaveLength(12)
  })

  it('keeps the replies that come while another program holds the write lock', async () => {
    const other = new BetterSqlite3(project.db.name)
    const waited = Promise.withResolvers<undefined>()
    await start({ before: async ({ index }) => void (index === 1 && other.exec('BEGIN IMMEDIATE')) })
    setTimeout(() => waited.resolve(undefined), 1500)
    const asked = ask(requestOf(), providerOf({ concurrency: 2 }))
    await waited.promise
    other.exec('ROLLBACK')
    other.close()
    const { id, stoppedBy } = await asked
    expect(stoppedBy).toBeNull()
    expect(read(id).items.every(({ first, second }) => first?.error === null && second?.error === null)).toBe(true)
    expect(model.requests).toHaveLength(6)
  })

  it('keeps replies in a file where they can never be stored, and who opens the project next stores them', async () => {
    const other = new BetterSqlite3(project.db.name)
    const controller = new AbortController()
    const files = () => fs.readdirSync(project.directory).filter((name) => name.startsWith('unstored'))
    await start({ before: async ({ index }) => void (index === 1 && other.exec('BEGIN IMMEDIATE')) })
    const id = startComparison(project.db, requestOf(), providerOf({ concurrency: 2 }))
    const asked = runComparison(project, id, { apiKey: null, signal: controller.signal })
    const file = join(project.directory, `unstored-replies-comparison-${id}-${process.pid}.jsonl`)
    await expect.poll(() => fs.existsSync(file) && fs.readFileSync(file, 'utf8').split('\n').length).toBe(3)
    closeProject(openProject(project.directory))
    expect(files()).toHaveLength(1) // whoever asked for them still waits
    controller.abort('cancelled')
    await expect(asked).rejects.toMatchObject({ code: 'busy', item: expect.stringContaining('unstored-replies-comparison') })
    other.exec('ROLLBACK')
    other.close()
    closeProject(openProject(project.directory))
    expect(files()).toEqual([])
    const stored = read(id).items.flatMap(({ first, second }) => [first, second].filter((reply) => reply?.error === null))
    expect(stored).toHaveLength(2)
    await runComparison(project, id, { apiKey: null })
    expect(read(id).items.every(({ first, second }) => first?.error === null && second?.error === null)).toBe(true)
    expect(model.requests).toHaveLength(6)
  })

  it('stores what an ended process left before it asks, sets unreadable lines aside, and leaves those of a live one', async () => {
    await start()
    const { id } = await ask()
    const name = (pid: number) => join(project.directory, `unstored-replies-comparison-${id}-${pid}.jsonl`)
    const lineOf = (key: unknown) => {
      const { itemId, first } = read(id).items[0] ?? {}
      return JSON.stringify({
        place: { comparisonId: id, itemId, side: 'first' },
        key,
        sent: { messages: [], exemplarIds: [] },
        reply: first,
      })
    }
    const [key] = project.db.prepare(`SELECT request_key FROM trial_reply ORDER BY id`).pluck().all()
    fs.writeFileSync(name(1), `${lineOf(key)}\n`)
    fs.writeFileSync(name(2), `${lineOf('being sent')}\n`)
    fs.writeFileSync(name(3), `${lineOf(key)}\nnonsense\n`)
    project.db.exec(
      `UPDATE comparison_item SET first_reply_id = NULL WHERE position = 0; DELETE FROM trial_reply WHERE request_key = '${key}'`,
    )
    project.db
      .prepare(`INSERT INTO trial_request (request_key, owner, until) VALUES ('being sent', ?, ?)`)
      .run(JSON.stringify({ host: 'elsewhere', pid: 1 }), Date.now() + 60_000)
    await runComparison(project, id, { apiKey: null })
    expect(model.requests).toHaveLength(6)
    expect(read(id).items[0]?.first?.error).toBeNull()
    expect([1, 2, 3].map((pid) => fs.existsSync(name(pid)))).toEqual([false, true, false])
    expect(fs.existsSync(`${name(3)}.unreadable`)).toBe(true)
  })

  it('pays for the same request once: a second comparison sends only what is new', async () => {
    await start()
    await ask()
    const wider = requestOf({ items: { kind: 'first', count: 5 } })
    expect(await planComparison(project.db, wider, providerOf())).toMatchObject({ items: 5, calls: 4, kept: 6 })
    const { id } = await ask(wider)
    expect(model.requests).toHaveLength(10)
    expect(read(id).items.every(({ first, second }) => first && second)).toBe(true)
    // Another model, another temperature and another text are other requests.
    const others = [providerOf({ model: 'other' })]
    for (const provider of others) expect(await planComparison(project.db, wider, provider)).toMatchObject({ calls: 10, kept: 0 })
    const warmer = requestOf({ settings: { ...requestOf().settings, temperature: 1 } })
    expect(await planComparison(project.db, warmer, providerOf())).toMatchObject({ calls: 6 })
  })

  it('sends what both texts have in common once', async () => {
    await start()
    const { outputForm, systemMessage, contextTemplate } = currentPromptVersion(project.db)
    savePromptVersion(project.db, {
      outputForm,
      systemMessage,
      contextTemplate: `{% if captions.size > 1 %}More.{% endif %}${contextTemplate}`,
    })
    const request = requestOf({ first: { versionId: 2 }, second: { versionId: 3 } })
    expect(await planComparison(project.db, request, providerOf())).toMatchObject({ calls: 3, kept: 3 })
    const { id } = await ask(request)
    expect(model.requests).toHaveLength(3)
    expect(read(id).items.every(({ first, second }) => JSON.stringify(first) === JSON.stringify(second) && first !== null)).toBe(true)
  })

  it('tells the price before it starts, by the prices of the provider', async () => {
    await start()
    const priced = providerOf({ prices: { input: 2, output: 10 } })
    const plan = await planComparison(project.db, requestOf(), priced)
    expect(plan.price).toBeCloseTo((plan.promptTokens * 2 + plan.completionTokens * 10) / 1e6, 12)
    const { id } = await ask(requestOf(), priced)
    expect(describeComparison(read(id), false).cost).toEqual({ first: (300 * 2 + 60 * 10) / 1e6, second: (300 * 2 + 60 * 10) / 1e6 })
    expect(await planComparison(project.db, requestOf(), { ...priced, kind: 'demo' })).toMatchObject({ price: 0 })
  })

  it('asks again where a failure may pass, names what failed, and retries it only when asked to', async () => {
    let broken = true
    await start({
      script: ({ index, prompt }) => {
        if (index === 0) return 'rate-limit'
        return broken && prompt.includes('Thing number 1') ? 'prose' : 'good'
      },
    })
    const { id } = await ask(requestOf(), providerOf({ concurrency: 1 }))
    const failed = () =>
      read(id)
        .items.flatMap(({ first, second }) => [first, second])
        .filter((reply) => reply?.error)
    expect(failed().map((reply) => [reply?.error?.code, reply?.promptTokens])).toEqual([
      ['not-json', 100],
      ['not-json', 100],
    ])
    expect(model.requests).toHaveLength(7)
    // A reply that was paid for is not asked for again by itself.
    broken = false
    await runComparison(project, id, { apiKey: null })
    await ask(requestOf())
    expect(model.requests).toHaveLength(7)
    await runComparison(project, id, { apiKey: null, failed: true })
    expect(model.requests).toHaveLength(9)
    expect(failed()).toEqual([])
  })

  it('stops where every request would fail, and goes on from there', async () => {
    let key = false
    await start({ script: () => (key ? 'good' : 'wrong-key') })
    const { id, stoppedBy } = await ask(requestOf(), providerOf({ concurrency: 1 }))
    expect(stoppedBy?.code).toBe('wrong-key')
    expect(model.requests).toHaveLength(1)
    key = true
    await runComparison(project, id, { apiKey: null, failed: true })
    expect(read(id).items.every(({ first, second }) => first?.error === null && second?.error === null)).toBe(true)
    expect(model.requests).toHaveLength(7)
  })

  it('sends as many requests as may fail in a row, and no more', async () => {
    await start({ script: () => 'server-error' })
    const { stoppedBy } = await ask(requestOf(), providerOf({ concurrency: 1, maxFailures: 3 }))
    expect(stoppedBy?.code).toBe('server-error')
    expect(model.requests).toHaveLength(3)
  })

  it('keeps to the concurrency, and ends when it is cancelled with what was answered', async () => {
    const controller = new AbortController()
    await start({
      delayMs: 5,
      before: async ({ index }) => {
        if (index === 4) controller.abort('cancelled')
        await Promise.resolve()
      },
    })
    const { id } = await ask(requestOf({ items: { kind: 'first', count: 5 } }), providerOf({ concurrency: 2 }), {
      signal: controller.signal,
    })
    expect(model.maxAtOnce()).toBeLessThanOrEqual(2)
    const done = read(id)
      .items.flatMap(({ first, second }) => [first, second])
      .filter((reply) => reply !== null)
    expect(done.length).toBeGreaterThan(0)
    expect(done.length).toBeLessThan(10)
    await runComparison(project, id, { apiKey: null })
    expect(read(id).items.every(({ first, second }) => first && second)).toBe(true)
  })

  it('compares an unsaved text, on random or named items, the same ones for the same seed', async () => {
    await start()
    const text = { outputForm: 'pairs' as const, systemMessage: 'A draft.', contextTemplate: '{{ captions }}' }
    const random = requestOf({ second: { text }, items: { kind: 'random', count: 2, seed: 7 } })
    const chosen = [await ask(random), await ask(random)].map(({ id }) => read(id).items.map(({ itemId }) => itemId))
    expect(chosen[0]).toHaveLength(2)
    expect(chosen[1]).toEqual(chosen[0])
    expect(model.requests).toHaveLength(4)
    const { id } = await ask(requestOf({ second: { text }, items: { kind: 'picked', itemIds: [itemIds[4] ?? 0, itemIds[1] ?? 0] } }))
    expect(read(id).items.map(({ sourceId }) => sourceId)).toEqual(['item-4', 'item-1'])
    expect(read(id).second).toMatchObject({ versionId: null, systemMessage: 'A draft.' })
  })

  it('refuses two equal texts, an unknown version, an unknown item, a bad template and a library without items', async () => {
    await start()
    const refused = (part: Partial<ComparisonRequest>) => () => startComparison(project.db, requestOf(part), providerOf())
    expect(refused({ second: { versionId: 1 } })).toThrow('same text')
    expect(refused({ second: { versionId: 9 } })).toThrow('Prompt version 9 does not exist')
    expect(refused({ items: { kind: 'picked', itemIds: [99] } })).toThrow('99')
    const text = { outputForm: 'pairs' as const, systemMessage: '', contextTemplate: '{% if %}' }
    expect(refused({ second: { text } })).toThrow()
    expect(listComparisons(project.db)).toEqual([])
  })

  it('sends an image as it is in the project: another image is another request', async () => {
    await start()
    const { itemId } = addImage(project, 'coffee.jpg')
    const request = requestOf({ items: { kind: 'picked', itemIds: [itemId] }, settings: { ...requestOf().settings, attachImage: true } })
    await ask(request)
    expect(JSON.stringify(model.requests[0]?.body)).toContain('data:image/jpeg;base64,')
    expect(await planComparison(project.db, request, providerOf())).toMatchObject({ calls: 0, kept: 2 })
    const other = addImage(project, 'rocket.jpg').itemId
    expect(await planComparison(project.db, { ...request, items: { kind: 'picked', itemIds: [other] } }, providerOf())).toMatchObject({
      calls: 2,
    })
  })

  it('keeps the votes of each reviewer, and adds them up', async () => {
    await start()
    const { id } = await ask()
    saveVote(project.db, { id, itemId: itemIds[0] ?? 0, reviewer: 'Ada', vote: 'first' })
    saveVote(project.db, { id, itemId: itemIds[1] ?? 0, reviewer: 'Ada', vote: 'equal' })
    saveVote(project.db, { id, itemId: itemIds[1] ?? 0, reviewer: 'Bo', vote: 'second' })
    expect(countVotes(read(id).items)).toEqual({ first: 1, second: 0, equal: 1, open: 1 })
    saveVote(project.db, { id, itemId: itemIds[0] ?? 0, reviewer: 'Ada', vote: null })
    expect(countVotes(read(id).items)).toEqual({ first: 0, second: 0, equal: 1, open: 2 })
    expect(() => saveVote(project.db, { id: 99, itemId: 1, reviewer: 'Ada', vote: 'equal' })).toThrow('Comparison 99')
  })

  it('adds up what each side brought', async () => {
    await start({ script: ({ prompt }) => (prompt.includes('Thing number 2') ? 'refusal' : 'good') })
    const { id } = await ask()
    const totals = sumSide(read(id).items, 'first')
    expect(totals).toMatchObject({ pairs: 4, failures: 1, answered: 3, completionTokens: 60 })
    const pairs = read(id).items.flatMap(({ first }) => first?.pairs ?? [])
    expect(totals.responseLength).toBe(Math.round(pairs.reduce((sum, { response }) => sum + response.length, 0) / pairs.length))
  })

  it('becomes candidates of a finished run only when that is asked for; an unsaved text becomes a version then', async () => {
    await start()
    const { id } = await ask()
    expect(keepSide(project.db, id, 'second')).toEqual({ runId: 1, pairs: 6 })
    const [run] = listRuns(project.db)
    expect(run).toMatchObject({ state: 'finished', promptVersionId: 2, items: 3, done: 3, candidates: 6, promptTokens: 300 })
    expect(callsOf(project, 1)).toHaveLength(3)
    expect(candidatesOf(project).map(({ state, promptVersionId }) => [state, promptVersionId])).toEqual(
      Array.from({ length: 6 }, () => ['pending', 2]),
    )
    const text = { outputForm: 'pairs' as const, systemMessage: 'A draft.', contextTemplate: '{{ captions }}' }
    const draft = await ask(requestOf({ second: { text } }))
    keepSide(project.db, draft.id, 'second')
    expect(currentPromptVersion(project.db)).toMatchObject({ id: 3, systemMessage: 'A draft.' })
    expect(listRuns(project.db)[0]).toMatchObject({ promptVersionId: 3 })
  })

  it('is removed with its votes, and its replies stay paid for', async () => {
    await start()
    const { id } = await ask()
    saveVote(project.db, { id, itemId: itemIds[0] ?? 0, reviewer: 'Ada', vote: 'first' })
    removeComparison(project.db, id)
    expect(listComparisons(project.db)).toEqual([])
    expect(await planComparison(project.db, requestOf(), providerOf())).toMatchObject({ calls: 0, kept: 6 })
  })
})
