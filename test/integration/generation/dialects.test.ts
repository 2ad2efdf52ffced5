import { afterEach, expect, it } from 'vitest'
import { forgetDialects } from '../../../src/main/generation/providers/dialect'
import { createOpenAiProvider } from '../../../src/main/generation/providers/openai'
import type { CompletionRequest } from '../../../src/main/generation/providers/provider'
import { startModelServer, type Behaviour, type ChatBody, type ModelRequest, type ModelServer } from '../../support/modelServer'

let model: ModelServer | undefined
afterEach(async () => {
  forgetDialects()
  await model?.close()
})

const request: CompletionRequest = {
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Write 1 pair about this item.' }] }],
  item: { id: 1, sourceId: 'a', media: [], missing: [], context: {}, createdAt: 0 },
  model: 'test-model',
  temperature: 0.7,
  topP: 0.95,
  maxTokens: 500,
  outputForm: 'pairs',
  pairsPerItem: 1,
  readImage: () => Promise.reject(new Error('no image')),
  signal: new AbortController().signal,
  salt: '1',
}

async function provider(behaviour: Behaviour) {
  model = await startModelServer({ behaviour })
  return { ask: createOpenAiProvider({ baseUrl: model.url, timeoutMs: 5_000 }, null), requests: model.requests }
}

it('a request asks for the reply by a strict schema, with the settings of the run', async () => {
  const { ask, requests } = await provider('good')
  expect(await ask.complete(request)).toMatchObject({
    finishReason: 'stop',
    refusal: null,
    promptTokens: 100,
    completionTokens: 20,
    model: 'test-model',
  })
  expect(requests).toMatchObject([
    {
      path: '/v1/chat/completions',
      body: {
        model: 'test-model',
        messages: [{ role: 'user', content: 'Write 1 pair about this item.' }],
        temperature: 0.7,
        top_p: 0.95,
        max_tokens: 500,
        response_format: {
          type: 'json_schema',
          json_schema: { strict: true, schema: { required: ['pairs'], additionalProperties: false } },
        },
      },
    },
  ])
})

it.each([
  ['no-json-schema', 2, { response_format: { type: 'json_object' } }, []],
  ['no-response-format', 3, {}, ['response_format']],
  ['no-max-tokens', 2, { max_completion_tokens: 500 }, ['max_tokens']],
  ['no-sampling', 3, {}, ['temperature', 'top_p']],
] as const)('a server with %s is understood after %i requests, and remembered', async (behaviour, needed, kept, left) => {
  const { ask, requests } = await provider(behaviour)
  await ask.complete(request)
  expect(requests).toHaveLength(needed)
  expect(requests.at(-1)?.body).toMatchObject(kept)
  for (const parameter of left) expect(requests.at(-1)?.body).not.toHaveProperty(parameter)
  await ask.complete(request)
  expect(requests).toHaveLength(needed + 1)
})

it('calls that learn at once do not unlearn more than is needed', async () => {
  const { ask, requests } = await provider('no-json-schema')
  await Promise.all(Array.from({ length: 8 }, () => ask.complete(request)))
  await ask.complete(request)
  expect(requests.at(-1)?.body).toMatchObject({ response_format: { type: 'json_object' } })
})

const refusing = (status: number, words: string, isRefused: (body: ChatBody) => boolean) => (asked: ModelRequest) =>
  isRefused(asked.body) ? { status, body: JSON.stringify({ error: { message: words } }) } : ('good' as const)
const hasSystem = ({ messages }: ChatBody) => messages.some(({ role }) => role === 'system')
const withSystem: CompletionRequest = {
  ...request,
  messages: [{ role: 'system', content: [{ type: 'text', text: 'You write pairs.' }] }, ...request.messages],
}

it.each([
  [400, 'System role not supported'],
  [500, 'Jinja Exception: System role not supported at row 1, column 20'],
  [400, 'Conversation roles must alternate user/assistant/user/assistant/...'],
  [400, "Unsupported value: 'messages[0].role' does not support 'system' with this model."],
  [400, 'Developer instruction is not enabled for models/gemma-3-27b-it'],
  [422, "messages.0.role: 'system' is not one of ['user', 'assistant']"],
  [400, 'Unexpected role "system". The Messages API accepts a top-level parameter.'],
  [400, "This model doesn't support system messages. Try again without a system message."],
  [400, 'system_instruction is not supported by this model'],
  [422, "body.messages.0.role: Input should be 'user' or 'assistant'"],
  [400, "'messages.0' : discriminator property 'role' has invalid value"],
  [422, "invalid role in messages[0]: role must be one of ('User', 'Chatbot')"],
  [400, 'The first message must be from the user role.'],
  [400, 'A conversation must start with a user message.'],
  [400, 'Chat messages must alternate roles between user and assistant.'],
  [400, 'This model does not accept a system prompt.'],
  [400, 'Model cannot handle system messages'],
  [501, 'system prompts are not implemented'],
] as const)(
  'a model that refuses the system role (%i %s) gets its words in the first user message, from then on',
  async (status, words) => {
    model = await startModelServer({ script: refusing(status, words, hasSystem) })
    const settings = { baseUrl: model.url, timeoutMs: 5_000 }
    await createOpenAiProvider(settings, null).complete(withSystem)
    await createOpenAiProvider({ ...settings, baseUrl: `${model.url}/` }, null).complete(withSystem)
    expect(model.requests.map(({ body }) => body.messages.length)).toEqual([2, 1, 1])
    expect(model.requests.at(-1)?.body).toMatchObject({
      messages: [{ role: 'user', content: 'You write pairs.\n\nWrite 1 pair about this item.' }],
      response_format: { type: 'json_schema' },
    })
    await createOpenAiProvider(settings, null).complete({ ...withSystem, model: 'another' })
    expect(model.requests[3]?.body.messages).toHaveLength(2)
  },
)

it.each([
  [400, 'failed to parse grammar'],
  [500, 'failed to parse grammar'],
  [500, 'xgrammar: unsupported JSON schema feature in structured output'],
  [422, 'Invalid schema for response_format'],
  [400, 'Unknown name "additionalProperties" at \'generation_config.response_schema\': Cannot find field.'],
  [400, 'output_format: Extra inputs are not permitted'],
  [404, 'No endpoints found that can handle the requested parameters.'],
  [500, 'invalid JSON schema in format'],
  [400, 'Constrained decoding is not supported for this model'],
  [400, 'guided decoding backend not available'],
] as const)('a server that cannot use the schema (%i %s) is asked for less, from then on', async (status, words) => {
  model = await startModelServer({ script: refusing(status, words, (body) => 'response_format' in body) })
  const settings = { baseUrl: model.url, timeoutMs: 5_000 }
  await createOpenAiProvider(settings, null).complete(request)
  await createOpenAiProvider(settings, null).complete(request)
  expect(model.requests.map(({ body }) => (body['response_format'] as { type: string } | undefined)?.type)).toEqual([
    'json_schema',
    'json_object',
    undefined,
    undefined,
  ])
})

it('a field that the server does not know is left out, not one of those that it lists', async () => {
  const words = 'unknown field `top_p`, expected one of `model`, `max_tokens`, `response_format`'
  model = await startModelServer({ script: refusing(422, words, (body) => 'top_p' in body) })
  await createOpenAiProvider({ baseUrl: model.url, timeoutMs: 5_000 }, null).complete(request)
  expect(model.requests).toHaveLength(2)
  expect(model.requests[1]?.body).toMatchObject({ max_tokens: 500, response_format: { type: 'json_schema' } })
})

it('what does not help is not remembered', async () => {
  const words = 'The role of this key does not allow that.'
  model = await startModelServer({ script: ({ index }) => (index < 2 ? { status: 400, body: JSON.stringify({ error: words }) } : 'good') })
  const ask = createOpenAiProvider({ baseUrl: model.url, timeoutMs: 5_000 }, null)
  await expect(ask.complete(withSystem)).rejects.toMatchObject({ code: 'bad-request', message: expect.stringContaining(words) })
  await ask.complete(withSystem)
  expect(model.requests.map(({ body }) => body.messages.length)).toEqual([2, 1, 2])
})

it('a reply that failed to be JSON by chance gives the schema up for its own call alone', async () => {
  const failed = { status: 400, body: JSON.stringify({ error: { message: 'Failed to generate JSON.', code: 'json_validate_failed' } }) }
  model = await startModelServer({ script: [failed] })
  const ask = createOpenAiProvider({ baseUrl: model.url, timeoutMs: 5_000 }, null)
  await ask.complete(request)
  await ask.complete(request)
  expect(model.requests.map(({ body }) => (body['response_format'] as { type: string }).type)).toEqual([
    'json_schema',
    'json_object',
    'json_schema',
  ])
})

it('a fault of the server that only mentions a system is not taken for a refusal', async () => {
  model = await startModelServer({ script: () => ({ status: 500, body: '{"error": "The file system is full."}' }) })
  const ask = createOpenAiProvider({ baseUrl: model.url, timeoutMs: 5_000 }, null)
  await expect(ask.complete(withSystem)).rejects.toMatchObject({ code: 'server-error' })
  expect(model.requests).toHaveLength(1)
})

it('a bad request that is none of these is told in the server’s words, once', async () => {
  const words = 'This model’s maximum context length is 8192 tokens; reduce max_tokens or the messages.'
  model = await startModelServer({ script: () => ({ status: 400, body: JSON.stringify({ error: { message: words } }) }) })
  const ask = createOpenAiProvider({ baseUrl: model.url, timeoutMs: 5_000 }, null)
  await expect(ask.complete(request)).rejects.toMatchObject({
    code: 'bad-request',
    message: `The server rejected the request (400): “${words}”`,
  })
  expect(model.requests).toHaveLength(1)
})

it.each([
  ['{"error": "model not loaded"}', '“model not loaded”'],
  ['{"message": "try later"}', '“try later”'],
  ['{"detail": [{"msg": "bad"}]}', '“bad”'],
  ['<html>\n <h1>502 Bad Gateway</h1>', '“502 Bad Gateway”'],
  ['', '(no message)'],
])('the words of an error are found in %j', async (body, words) => {
  model = await startModelServer({ script: () => ({ status: 502, body }) })
  const ask = createOpenAiProvider({ baseUrl: model.url, timeoutMs: 5_000 }, null)
  await expect(ask.complete(request)).rejects.toMatchObject({
    code: 'server-error',
    message: `The server returned an error (502): ${words}`,
  })
})

it('long words are shortened', async () => {
  model = await startModelServer({ script: () => ({ status: 500, body: JSON.stringify({ error: { message: 'x'.repeat(9_000) } }) }) })
  const ask = createOpenAiProvider({ baseUrl: model.url, timeoutMs: 5_000 }, null)
  const error: unknown = await ask.complete(request).catch((thrown: unknown) => thrown)
  expect((error as Error).message.length).toBeLessThan(360)
})

it('tokens are counted here where the server does not', async () => {
  const body = JSON.stringify({ choices: [{ finish_reason: 'stop', message: { content: 'hello world' } }] })
  model = await startModelServer({ script: () => ({ status: 200, body }) })
  const ask = createOpenAiProvider({ baseUrl: model.url, timeoutMs: 5_000 }, null)
  expect(await ask.complete(request)).toMatchObject({ text: 'hello world', completionTokens: 2, promptTokens: 15, model: 'test-model' })
})

it('what an address asks besides stands behind the path, and is in no message', async () => {
  model = await startModelServer({ script: () => ({ status: 404, body: 'no' }) })
  const ask = createOpenAiProvider({ baseUrl: `${model.url}/?api-version=1&key=secret-word`, timeoutMs: 5_000 }, null)
  const error: unknown = await ask.complete(request).catch((thrown: unknown) => thrown)
  expect(model.requests[0]?.path).toBe('/v1/chat/completions?api-version=1&key=secret-word')
  expect((error as Error).message).toContain(`${model.url}/chat/completions (404)`)
  expect((error as Error).message).not.toContain('secret-word')
})
