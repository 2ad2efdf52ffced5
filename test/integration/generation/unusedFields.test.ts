import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readOrigin } from '../../../src/main/store/candidates/candidateOrigin'
import { claimRun, requireRun } from '../../../src/main/store/runs/runs'
import { finishCall, recoverCall, startCall } from '../../../src/main/store/runs/calls'
import { inspectForms } from '../../../src/main/store/recovery/inspectForms'
import type { Project } from '../../../src/main/project/project'
import type { UnusedField } from '../../../src/shared/domain'
import { runGeneration } from '../../support/inEnglish'
import { startModelServer, type ModelServer } from '../../support/modelServer'
import { temporaryDirectory } from '../../support/temporaryProject'
import { cocoArgs, run as runCommand } from '../../support/terminal'
import { addItems, candidatesOf, newProject, plan, quick, removeProject, server } from './project'

let project: Project
let model: ModelServer
const contents = [
  { passage: 'Cat on a sofa.', pairs: [{ instruction: 'What?', response: 'A cat.', quality: 'bad' }] },
  { passage: 'Dog.', pairs: [{ instruction: 'Which?', response: 'A dog.' }] },
  { pairs: [{ instruction: 'Who?', response: 'Kim.' }] },
]
let asked = 0
const body = () =>
  JSON.stringify({ choices: [{ message: { content: JSON.stringify(contents[asked++ % contents.length]) }, finish_reason: 'stop' }] })
beforeEach(async () => {
  asked = 0
  project = newProject()
  model = await startModelServer({ script: () => ({ status: 200, body: body() }) })
})
afterEach(async () => {
  await model.close()
  removeProject(project)
})

const unused = {
  replies: 2,
  fields: [
    { name: 'passage', count: 2 },
    { name: 'quality', count: 1 },
  ],
}

describe('fields of replies that are not used', () => {
  it('are stored with the reply and counted for the run', async () => {
    addItems(project, 3)
    const { id } = plan(project, { provider: { ...server(model.url), concurrency: 1 } })
    const { run } = await runGeneration(project, id, { apiKey: null, backoff: quick })
    expect(run).toMatchObject({ done: 3, failed: 0, unused })
    const fields = candidatesOf(project).map((candidate) => [candidate.response, readOrigin(project.db, candidate).call?.unusedFields])
    expect(Object.fromEntries(fields)).toEqual({
      'A cat.': [
        { name: 'passage', count: 1, value: 'Cat on a sofa.' },
        { name: 'quality', count: 1, value: 'bad' },
      ],
      'A dog.': [{ name: 'passage', count: 1, value: 'Dog.' }],
      'Kim.': [],
    })
    expect(inspectForms(project.db)).toEqual([])
  })

  it('are stored with a reply that was kept in a file', () => {
    const [itemId = 0] = addItems(project, 1)
    const { id } = plan(project)
    const callId = startCall(project.db, { runId: id, itemId, attempt: 1, messages: [], exemplarIds: [] })
    const unusedFields = [{ name: 'passage', count: 3, value: 'Cat.' }]
    const pairs = [{ instruction: 'What?', response: 'A cat.' }]
    recoverCall(project.db, callId, { reply: '{}', promptTokens: 1, completionTokens: 1, pairs, unusedFields })
    expect(requireRun(project.db, id).unused).toEqual({ replies: 1, fields: [{ name: 'passage', count: 3 }] })
  })

  it('have thirty names for a run; the others count together', () => {
    const [itemId = 0] = addItems(project, 1)
    const { id } = plan(project)
    claimRun(project.db, id)
    const finish = (unusedFields: UnusedField[]) =>
      finishCall(project.db, startCall(project.db, { runId: id, itemId, attempt: 1, messages: [], exemplarIds: [] }), {
        ...{ reply: '{}', promptTokens: 1, completionTokens: 1, pairs: [], unusedFields },
      })
    for (let at = 0; at < 40; at++) finish([{ name: `field${at}`, count: 2, value: 'x' }])
    const { replies, fields } = requireRun(project.db, id).unused
    expect([replies, fields.length, fields.at(-1)]).toEqual([40, 31, { name: '…', count: 20 }])
  })

  it('are printed by the command line', async () => {
    const directory = temporaryDirectory()
    await runCommand(directory, ['new', 'p', '--recipe', 'la'])
    await runCommand(directory, ['import', 'p', ...cocoArgs])
    const options = ['--provider', 'openai', '--base-url', model.url, '--model', 'gemma', '--limit', '3']
    const { code, errors } = await runCommand(directory, ['generate', 'p', ...options], { OPENAI_API_KEY: 'sk-test' })
    expect(code).toBe(0)
    expect(errors.join('\n')).toContain('2 replies had fields that are not used: passage (2), quality (1)')
  })
})
