import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { previewPrompt } from '../../../src/main/generation/prompt/preparePrompt'
import { tryPrompt } from '../../../src/main/generation/prompt/tryPrompt'
import type { Project } from '../../../src/main/project/project'
import { exemplarIds } from '../../../src/main/store/candidates/candidates'
import { decide } from '../../../src/main/store/decisions/decisions'
import { defaultGenerationSettings, defaultProviderSettings, type GenerationSettings } from '../../../src/shared/domain'
import { startModelServer, type ModelServer, type ModelServerOptions } from '../../support/modelServer'
import { draftPairs, pair } from '../../support/temporaryProject'
import { addItems, callsOf, newProject, plan, quick, removeProject, server } from './project'
import { runGeneration } from '../../support/inEnglish'

/** Two kinds of things that share no word. */
const contexts = ['A kitten sleeps.', 'An automobile waits.', 'One feline runs.', 'Some lorry turns.']
const embed = (text: string) => (/kitten|feline|cat/.test(text) ? [3, 4, 0] : [0, 0.1, 2])

let project: Project
let items: number[]
let pool: number[]
let target: number
let model: ModelServer
beforeEach(() => {
  project = newProject()
  items = addItems(project, contexts.length, (at) => ({ captions: [contexts[at] ?? ''] }))
  target = addItems(project, 1, () => ({ captions: ['My cat!'] }), 'target')[0] ?? 0
  pool = draftPairs(
    project.db,
    items.map((itemId) => ({ itemId, pairs: [pair(`about ${itemId}`)] })),
  )
  for (const candidateId of pool) decide(project.db, { candidateId, verdict: 'accept', reviewer: 'Ada' })
})
afterEach(async () => {
  removeProject(project)
  await model.close()
})

const start = async (options: ModelServerOptions = { embed }) => (model = await startModelServer(options))
const similar = (fill: 'similar' | 'diverse' | 'recent' = 'similar'): GenerationSettings => ({
  ...defaultGenerationSettings,
  exemplars: { count: 2, fill, seed: 1, tokenBudget: null },
})
const provider = (embeddingModel: string | null = 'embedder') => ({ ...server(model.url), embeddingModel, concurrency: 4 })
const embeddingRequests = () => model.requests.filter(({ path }) => path.endsWith('/embeddings'))

async function draft(itemIds: number[], generation = similar(), asked = provider()) {
  const { id } = plan(project, { itemIds, generation, provider: asked })
  const { run: ended, stoppedBy } = await runGeneration(project, id, { apiKey: null, backoff: quick })
  return { ended, stoppedBy, calls: callsOf(project, id) }
}
const positions = (callId: number | undefined) => exemplarIds(project.db, callId ?? 0).map((id) => pool.indexOf(id))

describe('exemplars by an embedding model', () => {
  it('are those whose items mean the same, though they share no word; the pair decided last comes first among equals', async () => {
    await start()
    const { calls } = await draft([target])
    expect(positions(calls[0]?.id)).toEqual([2, 0])
  })

  it('are asked for many at a time and once only: a second run asks for no vector again', async () => {
    await start()
    const more = addItems(project, 100, (at) => ({ captions: [`cat ${at}`] }), 'more')
    await draft(more)
    const texts = embeddingRequests().flatMap(({ body }) => body['input'] as string[])
    expect(new Set(texts).size).toBe(texts.length)
    expect(texts).toHaveLength(104)
    expect(embeddingRequests().length).toBeLessThanOrEqual(4)
    const before = embeddingRequests().length
    await draft(more)
    expect(embeddingRequests()).toHaveLength(before)
  })

  it('are not asked for where the policy does not need them, nor where no embedding model is named', async () => {
    await start()
    await draft([target], similar('recent'))
    await draft([target], similar(), provider(null))
    expect(embeddingRequests()).toEqual([])
  })

  it('take in what was approved since', async () => {
    await start()
    await draft([target])
    const [added = 0] = addItems(project, 1, () => ({ captions: ['The cat again.'] }), 'added')
    const [candidateId = 0] = draftPairs(project.db, [{ itemId: added, pairs: [pair('newest')] }])
    decide(project.db, { candidateId, verdict: 'accept', reviewer: 'Ada' })
    const { calls } = await draft([target])
    expect(exemplarIds(project.db, calls[0]?.id ?? 0)).toContain(candidateId)
  })

  it('a shorter vector is asked for where the model can make one', async () => {
    await start()
    await draft([target], similar(), provider('text-embedding-3-small'))
    expect(embeddingRequests()[0]?.body).toMatchObject({ model: 'text-embedding-3-small', dimensions: 256, encoding_format: 'float' })
  })

  it('an address without embeddings fails with the name of the embedding model, and stops the run', async () => {
    await start({})
    const { ended, stoppedBy, calls } = await draft([target])
    expect(ended.done).toBe(0)
    expect(stoppedBy).toMatchObject({
      item: 'target-0',
      error: {
        code: 'wrong-address',
        message: expect.stringMatching(/^Embedding model embedder: There is no model API at .*\/v1\/embeddings \(404\)/),
      },
    })
    expect(calls[0]).toMatchObject({ state: 'failed', error: { code: 'wrong-address' } })
  })

  it.each([
    ['too few vectors', { data: [] }],
    ['vectors of two lengths', { data: Array.from({ length: 4 }, (_, index) => ({ index, embedding: index ? [1, 2] : [1] })) }],
    ['no numbers', { data: [{ index: 0, embedding: ['a'] }] }],
  ])('an answer with %s is named as such', async (_, body) => {
    await start({ script: ({ path }) => (path.endsWith('/embeddings') ? { status: 200, body: JSON.stringify(body) } : 'good') })
    const { calls } = await draft([target])
    expect(calls[0]?.error?.message).toContain('not with one vector per text')
  })

  it('a busy server is asked again', async () => {
    let asked = 0
    await start({
      embed,
      script: ({ path }) => (path.endsWith('/embeddings') && asked++ === 0 ? 'rate-limit' : 'good'),
    })
    const { ended } = await draft([target])
    expect(ended).toMatchObject({ done: 1, failed: 0 })
  })

  it('a trial asks for the vector too; the preview asks for nothing and says when it goes by words', async () => {
    await start()
    const request = {
      itemId: target,
      text: { systemMessage: '', contextTemplate: '{{ captions }}', outputForm: 'pairs' as const },
      settings: similar(),
    }
    const settings = { ...defaultProviderSettings, ...provider() }
    expect(await previewPrompt(project.db, request, settings)).toMatchObject({ byWords: true })
    expect(model.requests).toEqual([])
    await tryPrompt(project, request, { settings, apiKey: null })
    const preview = await previewPrompt(project.db, request, settings)
    expect(preview).toMatchObject({ byWords: false })
    expect(preview.exemplars.map(({ candidateId }) => pool.indexOf(candidateId)).toSorted()).toEqual([0, 2])
  })
})
