import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Project } from '../../../src/main/project/project'
import { defaultGenerationSettings } from '../../../src/shared/domain'
import { startModelServer, type ModelServer } from '../../support/modelServer'
import { addItems, callsOf, candidatesOf, newProject, plan, quick, removeProject, server } from './project'
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

const repliesSchema = z.array(z.object({ body: z.unknown() }))
const bodyOf = (folder: string): string => {
  const file = join(import.meta.dirname, '../../fixtures/cases', folder, 'reply.json')
  return JSON.stringify(repliesSchema.parse(JSON.parse(readFileSync(file, 'utf8')))[0]?.body)
}
const completion = (content: string) => JSON.stringify({ choices: [{ message: { content }, finish_reason: 'stop' }] })

async function ask(body: string) {
  model = await startModelServer({ script: () => ({ status: 200, body }) })
  addItems(project, 1)
  const run = plan(project, { provider: server(model.url), generation: { ...defaultGenerationSettings, pairsPerItem: 2 } })
  const { run: finished } = await runGeneration(project, run.id, { apiKey: null, backoff: quick })
  const pairs = candidatesOf(project).map(({ instruction, response }) => [instruction, response])
  return { finished, pairs, calls: callsOf(project, run.id) }
}

const real = ['one', 'two', 'three'].map((name) => [`REAL ${name}?`, `Yes ${name}.`])

describe("a model's reply is stored with all of its pairs", () => {
  it.each([
    ['40-think-end-tag-only', real.slice(0, 2)],
    ['42-thinking-tag', real.slice(0, 2)],
    ['45-pairs-as-json-lines', real],
    ['58-number-as-response', [['How many coins?', '3'], ['Is it red?', 'true'], real[2]]],
    ['59-other-wrappers', real.slice(0, 2)],
  ])('%s', async (folder, expected) => {
    const { finished, pairs } = await ask(bodyOf(folder))
    expect(pairs.toSorted()).toEqual(expected.toSorted())
    expect(finished).toMatchObject({ done: 1, failed: 0, candidates: expected.length })
  })
})

describe('a reply that is not wholly read is kept, and none of its pairs', () => {
  const line = (number: number) => JSON.stringify({ instruction: `Question ${number}?`, response: `Answer ${number}.` })
  it.each([
    ['reasoning alone', 'cut-off', `<think>Maybe ${line(1)}`],
    ['a damaged line', 'not-json', `${line(1)}\n{"instruction": "x", "response" "y"}`],
    ['a response that is missing', 'wrong-shape', `${line(1)}\n{"instruction": "x"}`],
    ['a draft and another list', 'wrong-shape', `[${line(1)}]\nBetter, revised:\n[${line(2)}]`],
    ['more than three times the pairs asked for', 'wrong-shape', Array.from({ length: 7 }, (_, at) => line(at)).join('\n')],
  ])('%s', async (_, code, reply) => {
    const { pairs, calls } = await ask(completion(reply))
    expect(pairs).toEqual([])
    expect(calls).toMatchObject([{ state: 'failed', reply, error: { code } }])
  })
})
