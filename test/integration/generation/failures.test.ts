import { readdirSync, readFileSync, truncateSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testProvider } from '../../../src/main/generation/run/testProvider'
import type { Project } from '../../../src/main/project/project'
import { defaultProviderSettings } from '../../../src/shared/domain'
import { startModelServer, type Behaviour, type ModelServer, type ModelServerOptions } from '../../support/modelServer'
import { addItems, addImage, callsOf, candidatesOf, newProject, plan, quick, removeProject, server } from './project'
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
const key = 'sk-test-0123456789abcdef'

async function runOne(behaviour: Behaviour, provider = {}) {
  const { url } = await serve({ behaviour })
  addItems(project, 1)
  const run = plan(project, { provider: { ...server(url), ...provider } })
  const result = await runGeneration(project, run.id, options)
  return { result, calls: callsOf(project, run.id) }
}

describe('a call that fails keeps its item, its error and its reply', () => {
  it.each([
    ['prose', 'not-json', null, 'I would be glad'],
    ['cut', 'cut-off', null, '{"pairs"'],
    ['cut-by-limit', 'cut-off', null, '{"pairs"'],
    ['wrong-shape', 'wrong-shape', null, '{"pairs"'],
    ['empty', 'empty', null, null],
    ['no-pairs', 'empty', null, '{"pairs":[]}'],
    ['refusal', 'refused', null, 'I cannot help'],
  ] as const)('%s is %s', async (behaviour, code, status, reply) => {
    const { result, calls } = await runOne(behaviour)
    expect(result).toMatchObject({ stoppedBy: null, run: { state: 'finished', done: 0, failed: 1 } })
    expect(calls).toMatchObject([{ itemSourceId: 'item-0', state: 'failed', attempt: 1, error: { code, status } }])
    if (reply === null) expect(calls[0]?.reply ?? '').toBe('')
    else expect(calls[0]?.reply).toContain(reply)
    expect(candidatesOf(project)).toEqual([])
  })

  it('with the tokens that were paid for', async () => {
    const { result, calls } = await runOne('prose')
    expect(calls[0]).toMatchObject({ promptTokens: 100, completionTokens: 20 })
    expect(result.run).toMatchObject({ promptTokens: 100, completionTokens: 20 })
  })
})

describe('a call that may pass later', () => {
  it.each(['server-error', 'drop', 'broken-body'] as const)('%s is asked four times, each on record', async (behaviour) => {
    const { result, calls } = await runOne(behaviour)
    expect(calls.map(({ attempt, state }) => [attempt, state])).toEqual([
      [1, 'retried'],
      [2, 'retried'],
      [3, 'retried'],
      [4, 'failed'],
    ])
    expect(calls[3]?.error?.code).toBe('server-error')
    expect(result.run).toMatchObject({ state: 'finished', failed: 1 })
  })

  it('hangs no longer than the time limit', async () => {
    const { calls } = await runOne('hang', { timeoutMs: 1_000 })
    expect(calls.map(({ error }) => error)).toMatchObject(
      Array.from({ length: 4 }, () => ({ code: 'timeout', message: 'No response within 1 s.' })),
    )
    await expect.poll(() => model?.underWay()).toBe(0)
  })

  it('succeeds after a rate limit that asked to wait, while others are asked', async () => {
    const times: number[] = []
    const { url, requests } = await serve({
      script: ({ index }) => {
        times.push(performance.now())
        return index === 1 ? 'rate-limit' : 'good'
      },
      retryAfter: '1',
    })
    addItems(project, 6)
    const run = plan(project, { provider: { ...server(url), concurrency: 1 } })
    expect((await runGeneration(project, run.id, options)).run).toMatchObject({ state: 'finished', done: 6, failed: 0 })
    expect(requests).toHaveLength(7)
    const [limited] = callsOf(project, run.id, ['retried'])
    expect(limited).toMatchObject({
      itemSourceId: 'item-1',
      error: { code: 'rate-limit', status: 429, message: expect.stringContaining('Rate limit reached.') },
    })
    const answered = callsOf(project, run.id, ['succeeded'])
    const second = answered.find(({ itemId }) => itemId === limited?.itemId)
    expect((times.at(-1) ?? 0) - (times[1] ?? 0)).toBeGreaterThanOrEqual(1000)
    // All four others, unless the machine stands still for a second.
    expect(answered.filter(({ id }) => id > (limited?.id ?? 0) && id < (second?.id ?? 0))).not.toEqual([])
  })
})

describe('a fault that all items share stops the run, which can be resumed', () => {
  it.each([
    ['wrong-key', 'wrong-key', 401],
    ['unknown-model', 'unknown-model', 404],
    ['spent-quota', 'rate-limit', 429],
    ['web-page', 'web-page', 200],
  ] as const)('%s', async (behaviour, code, status) => {
    const { url, requests } = await serve({ behaviour })
    addItems(project, 50)
    const run = plan(project, { provider: { ...server(url), concurrency: 2 } })
    const result = await runGeneration(project, run.id, { ...options, apiKey: key })
    expect(result).toMatchObject({
      run: { state: 'interrupted', done: 0 },
      stoppedBy: { item: expect.stringMatching(/^item-[01]$/), error: { code, status } },
    })
    expect(requests.length).toBeLessThanOrEqual(2)
    expect(callsOf(project, run.id, ['failed'])[0]).toMatchObject({ itemSourceId: expect.stringMatching(/^item-[01]$/), error: { code } })
    await model?.close()

    await serve({ port: Number(new URL(url).port) })
    expect((await runGeneration(project, run.id, options)).run).toMatchObject({ state: 'finished', done: 50, failed: 0 })
  })

  it('no server', async () => {
    // A port that no system gives to a server that asks for any; one that was free a moment ago may be another test's by now.
    const port = 2
    addItems(project, 50)
    const run = plan(project, { provider: { ...server(`http://127.0.0.1:${port}/v1`), concurrency: 2 } })
    const result = await runGeneration(project, run.id, options)
    expect(result).toMatchObject({
      run: { state: 'interrupted', done: 0 },
      stoppedBy: { error: { code: 'server-down', message: 'The server cannot be reached (ECONNREFUSED).' } },
    })
    // Four items begin at most before three failures in a row close the window; the fourth attempt on one of them stops the run.
    expect(callsOf(project, run.id).length).toBeLessThanOrEqual(13)
  })

  it('no key for OpenAI, which is asked nothing', async () => {
    addItems(project, 5)
    const run = plan(project, { provider: { kind: 'openai', concurrency: 1 } })
    const result = await runGeneration(project, run.id, options)
    expect(result).toMatchObject({ run: { state: 'interrupted' }, stoppedBy: { item: 'item-0', error: { code: 'no-key', status: null } } })
  })
})

describe('the key', () => {
  it('goes to the server and stays out of the project and of every message', async () => {
    const { url, requests } = await serve({ script: ['good', 'server-error', 'wrong-key'] })
    addItems(project, 4)
    const run = plan(project, { provider: { ...server(url), concurrency: 1 } })
    const result = await runGeneration(project, run.id, { ...options, apiKey: key })
    expect(requests.every(({ authorization }) => authorization === `Bearer ${key}`)).toBe(true)
    expect(result.stoppedBy?.error.message).toContain('Incorrect API key provided: [key]')
    expect(JSON.stringify([result, callsOf(project, run.id)])).not.toContain(key)
    const files = readdirSync(project.directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.map(({ name }) => name)).toContain('project.sqlite')
    for (const { parentPath, name } of files) expect(readFileSync(join(parentPath, name)).includes(key)).toBe(false)
  })

  it('is not asked for by other servers, which get no header', async () => {
    const { url, requests } = await serve()
    addItems(project, 1)
    await runGeneration(project, plan(project, { provider: server(url) }).id, options)
    expect(requests[0]?.authorization).toBeNull()
  })
})

describe('images', () => {
  const attach = { generation: { attachImage: true } }

  it('are read and sent when the call is', async () => {
    const { url, requests } = await serve()
    const { storedFile } = addImage(project, 'cat.jpg')
    const run = plan(project, { provider: server(url), ...attach })
    expect((await runGeneration(project, run.id, options)).run.done).toBe(1)
    const content = requests[0]?.body.messages.at(-1)?.content
    expect(content).toEqual([
      { type: 'image_url', image_url: { url: `data:image/jpeg;base64,${readFileSync(storedFile, 'base64')}` } },
      { type: 'text', text: 'Write 3 pairs about this item.' },
    ])
  })

  it('that are missing or damaged fail their item alone, by name', async () => {
    const { url, requests } = await serve()
    rmSync(addImage(project, 'cat.jpg').storedFile)
    truncateSync(addImage(project, 'coffee.jpg').storedFile, 9_000)
    addImage(project, 'rocket.jpg')
    const run = plan(project, { provider: server(url), ...attach })
    expect((await runGeneration(project, run.id, options)).run).toMatchObject({ state: 'finished', done: 1, failed: 2 })
    expect(requests).toHaveLength(1)
    expect(callsOf(project, run.id, ['failed']).toSorted((one, other) => one.itemId - other.itemId)).toMatchObject([
      { itemSourceId: 'cat.jpg', error: { code: 'media', message: expect.stringContaining('cat.jpg') } },
      { itemSourceId: 'coffee.jpg', error: { code: 'media', message: expect.stringContaining('coffee.jpg: the image cannot be decoded') } },
    ])
  })
})

describe('testing a provider', () => {
  it('gives the model and how long it took', async () => {
    const { url } = await serve()
    expect(await testProvider({ ...defaultProviderSettings, ...server(url) }, null)).toEqual({
      model: 'test-model',
      milliseconds: expect.any(Number),
    })
    expect(await testProvider(defaultProviderSettings, null)).toMatchObject({ model: 'demo' })
  })

  it.each([
    ['wrong-key', 'provider', 'Check the API key in the settings or in OPENAI_API_KEY'],
    ['unknown-model', 'provider', 'Check the model name'],
  ] as const)('says what is wrong: %s', async (behaviour, code, remedy) => {
    const { url } = await serve({ behaviour })
    await expect(testProvider({ ...defaultProviderSettings, ...server(url) }, key)).rejects.toMatchObject({
      code,
      remedy: expect.stringContaining(remedy),
    })
  })

  it('says that OpenAI needs a key', async () => {
    await expect(testProvider({ ...defaultProviderSettings, kind: 'openai' }, null)).rejects.toMatchObject({ code: 'no-key' })
  })
})
