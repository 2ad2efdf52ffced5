import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeForm } from '../../../src/main/generation/prompt/outputForms'
import { createProject, type Project } from '../../../src/main/project/project'
import type { OutputForm, RecipeId } from '../../../src/shared/domain'
import { startModelServer, type ModelRequest, type ModelServer, type RawAnswer } from '../../support/modelServer'
import { temporaryDirectory } from '../../support/temporaryProject'
import { addItems, callsOf, candidatesOf, plan, quick, removeProject, server } from './project'
import { runGeneration } from '../../support/inEnglish'

let project: Project
let model: ModelServer | undefined
beforeEach(() => {
  model = undefined
})
afterEach(async () => {
  await model?.close()
  removeProject(project)
})

const saying = (value: unknown): RawAnswer => ({
  status: 200,
  body: JSON.stringify({
    model: 'test-model',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: JSON.stringify(value) } }],
    usage: { prompt_tokens: 100, completion_tokens: 20 },
  }),
})

/** A run over one item of a project of this recipe, whose model answers so. */
async function draft(recipe: RecipeId, answer: (request: ModelRequest) => RawAnswer) {
  project = createProject(`${temporaryDirectory()}/test`, recipe)
  addItems(project, 1, () => ({ captions: ['A bench.'], objects: ['bench'], activities: ['Sweep the floor.'] }), 'room')
  model = await startModelServer({ script: answer })
  const run = plan(project, { provider: server(model.url) })
  const result = await runGeneration(project, run.id, { apiKey: null, backoff: quick })
  return { result, calls: callsOf(project, run.id), drafts: candidatesOf(project), requests: model.requests }
}

const schemaSent = (form: OutputForm) => ({
  response_format: { type: 'json_schema', json_schema: { strict: true, schema: describeForm(form).schema } },
})

const pairs = [
  { kind: 'conversation', instruction: 'What is it?', response: 'A bench.' },
  { kind: 'detail', instruction: 'Describe it.', response: 'A bench stands there.' },
  { kind: 'reasoning', instruction: 'Why is it there?', response: 'People sit on it.' },
]
const round = (name: string) => ({ instruction: `Where is ${name}?`, response: `${name} is left.`, reason: `${name} was seen.` })
const conversation = (name: string) => ({ rounds: [round(`${name}1`), round(`${name}2`), round(`${name}3`)] })
const conversations = ['a', 'b', 'c'].map(conversation)

describe('a recipe with kinds of pairs (la)', () => {
  it('asks for them by schema and in words, and keeps the kind of each', async () => {
    const { requests, drafts } = await draft('la', () => saying({ pairs }))
    expect(requests).toHaveLength(1)
    expect(requests[0]?.body).toMatchObject(schemaSent('kinds'))
    expect(String(requests[0]?.body.messages[0]?.content)).toContain('"kind" is "conversation", "detail" or "reasoning"')
    expect(drafts.map(({ kind, instruction, response }) => ({ kind, instruction, response }))).toEqual(pairs)
  })

  it.each([
    [
      'a pair without a kind',
      [pairs[0], { instruction: 'What?', response: 'That.' }],
      'pair 2 has no valid “kind”; it must be conversation',
    ],
    ['a kind that there is not', [{ ...pairs[0], kind: 'poem' }, pairs[1]], 'pair 1 has no valid “kind”'],
    ['a pair without a response', [{ kind: 'detail', instruction: 'What?', response: ' ' }], 'pair 1 has no response'],
  ])('fails for %s, with the item and the reply', async (_, sent, message) => {
    const { result, calls, drafts } = await draft('la', () => saying({ pairs: sent }))
    expect(result.run).toMatchObject({ state: 'finished', done: 0, failed: 1 })
    expect(calls).toMatchObject([
      {
        itemSourceId: 'room-0',
        state: 'failed',
        error: { code: 'wrong-shape', message: expect.stringContaining(message) },
        reply: JSON.stringify({ pairs: sent }),
      },
    ])
    expect(drafts).toEqual([])
  })
})

describe('a recipe with conversations (sn)', () => {
  it('asks for three of three rounds by schema and in words, and keeps the place and the reason of each', async () => {
    const { requests, drafts } = await draft('sn', () => saying({ conversations }))
    expect(requests[0]?.body).toMatchObject(schemaSent('conversations'))
    expect(requests[0]?.prompt).toContain('Write 3 conversations of 3 rounds each')
    expect(drafts).toHaveLength(9)
    expect(drafts.map((each) => [each.conversation, each.turn])).toEqual([0, 1, 2].flatMap((at) => [0, 1, 2].map((turn) => [at, turn])))
    expect(drafts[5]).toMatchObject({ instruction: 'Where is b3?', response: 'b3 is left.', rationale: 'b3 was seen.', kind: null })
  })

  const [first, second, third] = conversations
  it('takes fewer conversations than were asked for, where each is whole', async () => {
    const { drafts } = await draft('sn', () => saying({ conversations: [first, second] }))
    expect(drafts.map((each) => [each.conversation, each.turn])).toEqual([0, 1].flatMap((at) => [0, 1, 2].map((turn) => [at, turn])))
  })

  it.each([
    ['two rounds', [first, { rounds: [round('x'), round('y')] }, third], 'conversation 2 has 2 turns, but 3 were requested.'],
    [
      'an empty reason',
      [first, { rounds: [round('x'), { ...round('y'), reason: '  ' }, round('z')] }, third],
      'turn 2 of conversation 2 has no “reason”.',
    ],
    ['a round without a response', [first, second, { rounds: [{ instruction: 'What?', reason: 'So.' }] }], 'pair 7 has no response.'],
  ])('fails for %s, with the item and the reply', async (_, sent, message) => {
    const { calls, drafts } = await draft('sn', () => saying({ conversations: sent }))
    expect(calls).toMatchObject([
      { itemSourceId: 'room-0', state: 'failed', error: { code: 'wrong-shape', message: expect.stringContaining(message) } },
    ])
    expect(drafts).toEqual([])
  })
})

it.each(['la', 'sn'] as const)('plain pairs of a model that knows no other form are taken, without kind and place (%s)', async (recipe) => {
  const { drafts } = await draft(recipe, () => saying({ pairs: [{ instruction: 'What is it?', response: 'A bench.' }] }))
  expect(drafts).toMatchObject([{ instruction: 'What is it?', kind: null, conversation: null, turn: null, rationale: null }])
})

describe('a server that refuses the schema', () => {
  const refusing = (value: unknown, words: string) => (request: ModelRequest) =>
    'response_format' in request.body ? { status: 400, body: JSON.stringify({ error: { message: words } }) } : saying(value)

  it.each([
    ['la', { pairs }, 3],
    ['sn', { conversations }, 9],
  ] as const)('is asked again without it, since the prompt says the form in words (%s)', async (recipe, value, count) => {
    const { drafts, requests } = await draft(recipe, refusing(value, 'response_format is not supported by this model'))
    expect(requests.map(({ body }) => (body['response_format'] as { type: string } | undefined)?.type ?? null)).toEqual([
      'json_schema',
      'json_object',
      null,
    ])
    expect(String(requests.at(-1)?.body.messages[0]?.content)).toContain('Reply with JSON alone, in this form')
    expect(drafts).toHaveLength(count)
  })

  it('for a reason that is not the schema is told in its own words', async () => {
    const { calls, requests } = await draft('la', refusing({ pairs }, 'This account is not activated.'))
    expect(requests).toHaveLength(1)
    expect(calls[0]?.error).toMatchObject({
      code: 'bad-request',
      status: 400,
      message: expect.stringContaining('This account is not activated.'),
    })
  })
})
