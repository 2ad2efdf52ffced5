import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { remedyFor } from '../../../src/main/generation/run/callFailure'
import { forgetDialects } from '../../../src/main/generation/providers/dialect'
import type { Project } from '../../../src/main/project/project'
import { readOrigin } from '../../../src/main/store/candidates/candidateOrigin'
import type { CallErrorCode } from '../../../src/shared/domain'
import { toEnglish } from '../../../src/shared/messages/translate'
import { answer, cutBody, drip, endlessBody, endlessHead, message, noHttp, replayCase } from '../../support/misbehaviours'
import { startModelServer, type Answering, type ModelServer, type ModelServerOptions } from '../../support/modelServer'
import { addItems, callsOf, candidatesOf, newProject, plan, quick, removeProject, server } from './project'
import { runGeneration } from '../../support/inEnglish'

let project: Project
let model: ModelServer | undefined
beforeEach(() => {
  project = newProject()
  forgetDialects()
})
afterEach(async () => {
  await model?.close()
  model = undefined
  removeProject(project)
})

async function runOne(options: ModelServerOptions, provider = {}) {
  model = await startModelServer(options)
  addItems(project, 1)
  const run = plan(project, { provider: { ...server(model.url), ...provider } })
  const { run: ended, stoppedBy } = await runGeneration(project, run.id, { apiKey: null, backoff: quick })
  const calls = callsOf(project, run.id)
  return { ended, stoppedBy, requests: model.requests.length, error: calls.at(-1)?.error, calls }
}

const choice = (fields: object) => always(answer({ choices: [fields] }))
const finished = (reason: string) => always(message({}, { finish_reason: reason }))
const toolCalls = (json: string) => [{ function: { arguments: json } }]
const half = (text: string) => `{"instruction": "${text}?", "response": "Yes."}`

describe('what comes beside the pairs', () => {
  const pairs = (text: string) => JSON.stringify({ pairs: [{ instruction: 'What?', response: text }] })
  const content = pairs('A cat.')
  const rows: readonly [name: string, answer: Answering, fields: readonly string[]][] = [
    ['nothing', message({ content, tool_calls: [{ function: { name: 'f', arguments: content } }] }, { finish_reason: 'end_turn' }), []],
    [
      'a warning',
      answer({ choices: [{ message: { content } }], warnings: ['Images were ignored.'] }),
      ['warnings: ["Images were ignored."]'],
    ],
    ['a message that is cut', message({ content, truncated: true }), ['truncated: true']],
    ['another choice', answer({ choices: [{ message: { content } }, { text: 'x' }, {}] }), ['choices: {"text":"x"}']],
    ['other parsed JSON', message({ content, parsed: { pairs: [] } }), ['parsed: {"pairs":[]}']],
    ['the same as parsed JSON', message({ content, parsed: JSON.parse(content) }), []],
    ['an end of its own', message({ content }, { finish_reason: 'odd' }), ['finish_reason: odd']],
    [
      'a filter',
      message({ content }, { content_filter_results: { hate: { filtered: true }, self_harm: { filtered: false } } }),
      ['content_filter_results: hate'],
    ],
    [
      'a call of another tool',
      message({ content, tool_calls: [{ function: { name: 'search', arguments: '{"q":"cats"}' } }] }),
      ['tool_calls: {"q":"cats"}'],
    ],
    [
      'a part that is no text',
      message({
        content: [
          { type: 'text', text: content },
          { type: 'image_url', image_url: 'x' },
        ],
      }),
      ['type: image_url', 'image_url: x'],
    ],
    ['a warning by another name', answer({ choices: [{ message: { content } }], x_warning: 'Cut.' }), ['x_warning: Cut.']],
    ['images that the model made', message({ content, images: [{ url: 'x' }] }), ['images: [{"url":"x"}]']],
    ['pages that it found', message({ content, annotations: [{ url: 'x' }] }), ['annotations: [{"url":"x"}]']],
    ['no pages', message({ content, annotations: [], images: null }), []],
  ]
  it.each(rows)('is named: %s', async (_, script, fields) => {
    await runOne({ script: [script] })
    const [candidate] = candidatesOf(project)
    const unused = candidate && readOrigin(project.db, candidate).call?.unusedFields
    expect(unused?.map(({ name, value }) => `${name}: ${value}`)).toEqual(fields)
  })

  it('makes a reply that was cut off no whole one, by the word of the model itself', async () => {
    const { error } = await runOne({ script: [message({ content }, { native_finish_reason: 'MAX_TOKENS' })] })
    expect(error?.code).toBe('cut-off')
  })

  it('may be pairs in a part of another type', async () => {
    const part = { type: 'tool_use', input: { pairs: [{ instruction: 'Who?', response: 'Kim.' }] } }
    await runOne({ script: [message({ content: [{ type: 'text', text: content }, part] })] })
    expect(candidatesOf(project).map(({ instruction }) => instruction)).toEqual(['What?', 'Who?'])
  })
})

describe('an answer that is not as Chat Completions says, but holds the pairs', () => {
  const inThoughts = 'Let me see. {"pairs": []} is no good.\n```json\n{"pairs": [{"question": "What?", "answer": "A cat."}]}\n```\n'
  const rows: [string, Answering | ReturnType<typeof replayCase>, number][] = [
    ['case 47: a list of parts', replayCase('47-content-is-a-list'), 1],
    ['case 48: an error in a 200, then an answer', replayCase('48-error-in-http-200'), 2],
    ['case 50: the answer in the reasoning', replayCase('50-answer-in-reasoning'), 1],
    ['case 51: the answer as a tool call', replayCase('51-tool-call-reply'), 1],
    ['case 52: json_validate_failed, then an answer', replayCase('52-groq-json-validate-failed'), 2],
    ['case 53: a schema refused with a 500', replayCase('53-schema-refused-with-500'), 3],
    ['case 56: a system message refused', replayCase('56-system-role-refused'), 2],
  ]
  it.each(rows)('%s', async (_, script, requests) => {
    const result = await runOne({ script: typeof script === 'function' ? (script as ReturnType<typeof replayCase>) : [script] })
    expect(result).toMatchObject({ ended: { state: 'finished', done: 1 }, requests })
    expect(candidatesOf(project).map(({ instruction }) => instruction)).toEqual(['REAL one?', 'REAL two?'])
  })

  it.each([
    [
      'parts of text',
      message({
        content: [
          { type: 'text', text: '{"pairs": [' },
          { type: 'text', text: `${half('A')}]}` },
        ],
      }),
      ['A?'],
    ],
    ['a text as the content of a part', message({ content: [{ type: 'text', content: half('A') }] }), ['A?']],
    ['pairs as parts', message({ content: [JSON.parse(half('A')), JSON.parse(half('B'))] }), ['A?', 'B?']],
    ['a list of parts in a part', message({ content: [[{ type: 'text', text: half('A') }], null] }), ['A?']],
    ['parts that are texts', message({ content: ['{"pairs": [', `${half('A')}]}`] }), ['A?']],
    ['JSON that the server has parsed', message({ content: { pairs: [{ instruction: 'A?', response: 'B.' }] } }), ['A?']],
    ['thoughts that end with the JSON', message({ content: null, reasoning: inThoughts }), ['What?']],
    [
      'thoughts as a part',
      message({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: `{"pairs": [${half('A')}]}` }] }] }),
      ['A?'],
    ],
    ['arguments as an object', message({ content: '', tool_calls: [{ function: { arguments: JSON.parse(half('A')) } }] }), ['A?']],
    [
      'two tool calls',
      message({ content: null, tool_calls: ['A', 'B'].map((text) => ({ function: { arguments: half(text) } })) }),
      ['A?', 'B?'],
    ],
    [
      'two equal tool calls',
      message({ content: null, tool_calls: ['A', 'A'].map((text) => ({ function: { arguments: half(text) } })) }),
      ['A?'],
    ],
    ['a tool call with the pairs of the content', message({ content: half('A'), tool_calls: toolCalls(`[${half('A')}]`) }), ['A?']],
    ['a tool call for something else', message({ content: half('A'), tool_calls: toolCalls('{"query": "cats"}') }), ['A?']],
    ['a tool call beside words with brackets', message({ content: 'I call [write].', tool_calls: toolCalls(half('A')) }), ['A?']],
    ['a tool call beside an empty object', message({ content: '{}', tool_calls: toolCalls(half('A')) }), ['A?']],
    ['thoughts that end with lines of JSON', message({ content: '', reasoning: `So:\n${half('A')}\n${half('B')}` }), ['A?', 'B?']],
    ['thoughts as a list', message({ content: '', reasoning_content: [{ type: 'text', text: half('A') }] }), ['A?']],
    ['thoughts as an object', message({ content: '', reasoning: { content: half('A') } }), ['A?']],
    ['comments of a stream before it', answer(`: PROCESSING\n\n: PROCESSING\n\n${message({ content: half('A') }).body}`), ['A?']],
    [
      'an error without anything in it',
      answer({ ...JSON.parse(String(message({}).body)), error: { code: 0, message: '' } }),
      ['What is it?'],
    ],
    ['a custom tool call', message({ content: null, tool_calls: [{ type: 'custom', custom: { input: half('A') } }] }), ['A?']],
    [
      'a tool call that words announce',
      message({ content: 'Let me see.', tool_calls: [{ function: { arguments: half('A') } }] }, { finish_reason: 'tool_calls' }),
      ['A?'],
    ],
    ['details of thoughts', message({ content: '', reasoning_details: [{ type: 'reasoning.text', text: half('A') }] }), ['A?']],
    ['a part that is JSON', message({ content: [{ type: 'json', json: JSON.parse(half('A')) as unknown }] }), ['A?']],
    ['JSON beside an empty text', message({ content: null, parsed: JSON.parse(half('A')) as unknown }), ['A?']],
    ['an old function call', message({ content: null, function_call: { name: 'f', arguments: half('A') } }), ['A?']],
    ['a byte order mark', answer(`\uFEFF${message({}).body}`), ['What is it?']],
    [
      'NaN among the log probabilities',
      answer(String(message({ content: half('Is NaN a number') }).body).replace('{', '{"logprobs": [NaN, -Infinity],')),
      ['Is NaN a number?'],
    ],
    ['white space before', answer(`\n\n  ${message({}).body}`), ['What is it?']],
    ['JSON that calls itself HTML', answer(String(message({}).body), 200, { 'content-type': 'text/html' }), ['What is it?']],
    ['an error that is null', answer({ ...JSON.parse(String(message({}).body)), error: null }), ['What is it?']],
  ] as const)('%s', async (_, script, instructions) => {
    const { ended } = await runOne({ script: [script] })
    expect(ended).toMatchObject({ state: 'finished', done: 1 })
    expect(candidatesOf(project).map(({ instruction }) => instruction)).toEqual(instructions)
  })
})

describe('an answer that is not in UTF-8', () => {
  const said = message({ content: half('Où est le café') }).body as string
  it.each([
    ['Latin-1, as it says', Buffer.from(said, 'latin1'), 'application/json; charset=ISO-8859-1'],
    ['UTF-16, as it says', Buffer.from(`\uFEFF${said}`, 'utf16le'), 'application/json; charset="utf-16"'],
    ['UTF-8 that says it is Latin-1', Buffer.from(said), 'application/json;charset=iso-8859-1'],
    ['UTF-8 that says what nobody knows', Buffer.from(said), 'application/json; charset=x-own'],
  ])('is read: %s', async (_, body, type) => {
    await runOne({ script: [{ status: 200, headers: { 'content-type': type }, body }] })
    expect(candidatesOf(project).map(({ instruction }) => instruction)).toEqual(['Où est le café?'])
  })

  it.each([
    ['no encoding', 'application/json'],
    ['one that nobody knows', 'application/json; charset=x-own'],
  ])('is a failure where it names %s', async (_, type) => {
    const { ended, error } = await runOne({
      script: () => ({ status: 200, headers: { 'content-type': type }, body: Buffer.from(said, 'latin1') }),
    })
    expect(ended).toMatchObject({ done: 0, failed: 1 })
    expect(error).toMatchObject({ code: 'server-error', message: expect.stringContaining('not UTF-8') })
    expect(candidatesOf(project)).toEqual([])
  })
})

const html = { 'content-type': 'text/html' }
const stream = { 'content-type': 'text/event-stream' }
const page = (title: string) => `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body>…</body></html>`
const error = (fields: object, status = 400) => answer({ error: { message: 'Words.', ...fields } }, status)

/** What comes back → code of the failure, words of its message, requests, and whether the run stops. */
type Row = [string, ModelServerOptions['script'], CallErrorCode, RegExp, number, 'stops' | 'goes on']
const always = (one: Answering) => () => one

describe('an answer without pairs is named, with a remedy', () => {
  const rows: Row[] = [
    // by status
    [
      'case 54: 429 as a list',
      [error({}, 429), answer([{ error: { code: 429, message: 'Slow down.', details: [{ retryDelay: '0.01s' }] } }], 429), 'spent-quota'],
      'rate-limit',
      /quota of the account is used up \(429\): “You exceeded/,
      3,
      'stops',
    ],
    [
      'a spent quota in the words of OpenAI alone',
      always(error({ message: 'You exceeded your current quota, please check your plan and billing details.' }, 429)),
      'rate-limit',
      /quota of the account is used up/,
      1,
      'stops',
    ],
    [
      'a limit of Google in the same words, with a wait',
      always(error({ message: 'You exceeded your current quota.', details: [{ retryDelay: '0.01s' }] }, 429)),
      'rate-limit',
      /no more requests for now/,
      8,
      'goes on',
    ],
    [
      'an account that Volcano suspends',
      always(error({ code: 'AccountOverdueError', message: 'Your account has an overdue balance.' }, 403)),
      'rate-limit',
      /quota .*overdue balance/,
      1,
      'stops',
    ],
    ['a quota that Moonshot has spent', always(error({ type: 'exceeded_current_quota_error' }, 429)), 'rate-limit', /quota of/, 1, 'stops'],
    [
      'spent credit of Zhipu',
      always(error({ code: '1113', message: '余额不足或无可用资源包,请充值。' }, 429)),
      'rate-limit',
      /quota .*余额不足/,
      1,
      'stops',
    ],
    [
      'a wrong request of Zhipu in a 200',
      always(answer({ code: 1214, msg: 'messages 参数非法。请检查文档。', success: false })),
      'bad-request',
      /“messages 参数非法。请检查文档。”/,
      1,
      'goes on',
    ],
    [
      'a filter of Zhipu',
      always(error({ code: '1301', message: '输入或生成内容可能包含不安全或敏感内容。' })),
      'refused',
      /敏感内容/,
      1,
      'goes on',
    ],
    [
      'a wrong request of Baidu in a 200',
      always(answer({ error_code: 336006, error_msg: 'the length of messages must be an odd number', id: 'as-1' })),
      'bad-request',
      /“the length of messages must be an odd number”/,
      1,
      'goes on',
    ],
    [
      'an error of Baidu that no word explains',
      always(answer({ error_code: 336100, error_msg: 'try again' })),
      'server-error',
      /“try again”/,
      4,
      'goes on',
    ],
    [
      'a passing error of Cloudflare in a 200',
      always(answer({ result: null, success: false, errors: [{ code: 3040, message: 'Capacity temporarily exceeded' }], messages: [] })),
      'server-error',
      /“Capacity temporarily exceeded”/,
      4,
      'goes on',
    ],
    [
      'a key of Baidu',
      always(answer({ error_code: 110, error_msg: 'Access token invalid or no longer valid' })),
      'wrong-key',
      /“Access token invalid/,
      1,
      'stops',
    ],
    ['a spent quota in words', always(error({ code: 'billing_hard_limit_reached' }, 400)), 'rate-limit', /quota .*“Words\.”/, 1, 'stops'],
    [
      'case 55: Azure’s filter',
      replayCase('55-azure-content-filter'),
      'refused',
      /content filter rejected the request \(400\): “The response was filtered/,
      1,
      'goes on',
    ],
    [
      'Azure’s inner error',
      always(error({ code: 'BadRequest', innererror: { code: 'ResponsibleAIPolicyViolation' } })),
      'refused',
      /filter/,
      1,
      'goes on',
    ],
    [
      'moderation of OpenRouter',
      always(
        error({ code: 403, metadata: { reasons: ['violence'], flagged_input: 'x' }, message: 'Your input was flagged for violence' }, 403),
      ),
      'refused',
      /flagged/,
      1,
      'goes on',
    ],
    ['OpenRouter’s moderation, in short', always(error({ code: 403, message: 'Input flagged' }, 403)), 'refused', /flagged/, 1, 'goes on'],
    [
      'a guardrail',
      always(answer({ object: 'error', message: 'moderation', type: 'guardrail' }, 403)),
      'refused',
      /moderation/,
      1,
      'goes on',
    ],
    ['a number as the content', always(message({ content: 42 })), 'not-json', /42/, 1, 'goes on'],
    ['DashScope’s inspection', always(error({ code: 'data_inspection_failed' })), 'refused', /filter/, 1, 'goes on'],
    ['a reply far too long', always(message({ content: 'x'.repeat(1_000_001) })), 'wrong-shape', /1,000,001 characters/, 1, 'goes on'],
    [
      'long thoughts of brackets', // that took half a minute
      always(message({ content: '', reasoning: '[1,'.repeat(330_000) })),
      'in-reasoning',
      /reasoning/,
      1,
      'goes on',
    ],
    [
      'other pairs in a tool call',
      always(message({ content: half('A'), tool_calls: toolCalls(half('B')) })),
      'wrong-shape',
      /tool call of the same message contains others/,
      1,
      'goes on',
    ],
    [
      'damaged pairs in a tool call',
      always(message({ content: half('A'), tool_calls: toolCalls(half('A').slice(0, -4)) })),
      'wrong-shape',
      /tool call of the same message/,
      1,
      'goes on',
    ],
    [
      'damaged pairs beside a tool call',
      always(message({ content: half('A').slice(0, -4), tool_calls: toolCalls(half('A')) })),
      'cut-off',
      /incomplete/,
      1,
      'goes on',
    ],
    [
      'a line of thoughts that begins with a draft',
      always(message({ content: '', reasoning: `Maybe ${half('A')}\n${half('B')}` })),
      'in-reasoning',
      /returned everything as reasoning/,
      1,
      'goes on',
    ],
    ['a broken tool call of Google', finished('MALFORMED_FUNCTION_CALL'), 'tool-call', /called a tool/, 1, 'goes on'],
    ['a guardrail of Bedrock', finished('guardrail_intervened'), 'refused', /guardrail_intervened/, 1, 'goes on'],
    ['an image that Google withholds', finished('IMAGE_SAFETY'), 'refused', /IMAGE_SAFETY/, 1, 'goes on'],
    [
      'Azure’s filter without choices',
      always(answer({ choices: [], prompt_filter_results: [{ content_filter_results: { hate: { filtered: true } } }] })),
      'refused',
      /\(hate\)/,
      1,
      'goes on',
    ],
    [
      'an error in the message',
      choice({ message: { content: '', error: { code: 429, message: 'Busy.' } } }),
      'rate-limit',
      /“Busy\.”/,
      4,
      'goes on',
    ],
    [
      'a wrong key in words',
      always(answer({ success: false, errors: [{ code: 10000, message: 'Authentication error' }] })),
      'wrong-key',
      /“Authentication error”/,
      1,
      'stops',
    ],
    [
      'a wrong path of LM Studio',
      always(answer({ error: 'Unexpected endpoint or method. (POST /chat/completions)' })),
      'wrong-address',
      /Unexpected endpoint/,
      1,
      'stops',
    ],
    ['a page that is XML', always(answer(`<?xml version="1.0"?>${page('Log in')}`)), 'web-page', /“Log in”/, 1, 'stops'],
    ['a page of a script alone', always(answer('<script>location = "/login"</script>', 200, html)), 'web-page', /web page/, 1, 'stops'],
    [
      'credits of Anthropic',
      always(error({ message: 'Your credit balance is too low to access the Anthropic API.' })),
      'rate-limit',
      /quota .*too low/,
      1,
      'stops',
    ],
    ['the budget of LiteLLM', always(error({ type: 'budget_exceeded' })), 'rate-limit', /quota/, 1, 'stops'],
    [
      'a key that Google misses',
      always(error({ message: 'Missing or invalid Authorization header.' })),
      'wrong-key',
      /API key \(400\)/,
      1,
      'stops',
    ],
    [
      'a model that the project may not use',
      always(error({ code: 'model_not_found' }, 403)),
      'unknown-model',
      /not know the model \(403\)/,
      1,
      'stops',
    ],
    ['a model that is no more', always(error({ code: 'model_decommissioned' })), 'unknown-model', /\(400\)/, 1, 'stops'],
    [
      'a model that Google lacks',
      always(answer([{ error: { code: 404, message: 'models/m is not found for API version v1beta' } }], 404)),
      'unknown-model',
      /\(404\)/,
      1,
      'stops',
    ],
    ['a model that does not chat', always(error({ message: 'This is not a chat model' }, 404)), 'unknown-model', /\(404\)/, 1, 'stops'],
    ['a model that Together lacks', always(error({ message: 'Unable to access model m.' }, 404)), 'unknown-model', /\(404\)/, 1, 'stops'],
    [
      'a model that Bedrock lacks',
      always(answer({ message: 'The provided model identifier is invalid.' }, 400)),
      'unknown-model',
      /\(400\)/,
      1,
      'stops',
    ],
    [
      'a crash in LM Studio',
      always(answer({ error: 'The model has crashed without additional information.' }, 400)),
      'server-error',
      /\(400\)/,
      4,
      'goes on',
    ],
    [
      'a request above the limit for a minute',
      always(error({ message: 'Request too large for m on tokens per min (TPM): Limit 9, Requested 10.' }, 429)),
      'bad-request',
      /too large/,
      1,
      'goes on',
    ],
    ['a tool call refused', always(error({ code: 'tool_use_failed' })), 'tool-call', /called a tool/, 1, 'goes on'],
    [
      'case 60: 404 of another program',
      replayCase('60-wrong-address-404'),
      'wrong-address',
      /http:\/\/127\.0\.0\.1:\d+\/v1\/chat\/completions \(404\): “404 page not found”/,
      1,
      'stops',
    ],
    ['404 of FastAPI', always(answer({ detail: 'Not Found' }, 404)), 'wrong-address', /“Not Found”/, 1, 'stops'],
    ['405', always(answer({ detail: 'Method Not Allowed' }, 405)), 'wrong-address', /\(405\)/, 1, 'stops'],
    [
      'a model that Ollama lacks',
      always(error({ message: 'model "m" not found, try pulling it first' }, 404)),
      'unknown-model',
      /not know the model \(404\)/,
      1,
      'stops',
    ],
    [
      'a model that OpenRouter lacks',
      always(error({ message: 'm is not a valid model ID' }, 400)),
      'unknown-model',
      /not a valid model ID/,
      1,
      'stops',
    ],
    [
      'a redirect',
      always(answer('', 301, { location: 'https://example.invalid/login' })),
      'wrong-address',
      /redirects requests to another URL \(301\): “https:\/\/example\.invalid\/login”/,
      1,
      'stops',
    ],
    [
      'plain http at an https port',
      always(answer('Client sent an HTTP request to an HTTPS server.', 400, {})),
      'wrong-protocol',
      /uses https/,
      1,
      'stops',
    ],
    [
      'a page of a bad gateway',
      always(answer(page('502 Bad Gateway'), 502, html)),
      'server-error',
      /\(502\): “502 Bad Gateway”/,
      4,
      'goes on',
    ],
    [
      'a check for robots',
      always(answer(page('Just a moment...'), 403, html)),
      'web-page',
      /web page \(403\).*“Just a moment\.\.\.”/,
      1,
      'stops',
    ],
    [
      'fields without words',
      always(answer([{ a: [1, 2] }], 500)),
      'server-error',
      /The server returned an error \(500\): \(no message\)/,
      4,
      'goes on',
    ],
    [
      'validation of FastAPI',
      always(answer({ detail: [{ loc: ['body', 'n'], msg: 'field required' }] }, 400)),
      'bad-request',
      /“body\.n: field required”/,
      1,
      'goes on',
    ],
    // in a 200
    ['an error in a 200 by number', always(error({ code: 401 }, 200)), 'wrong-key', /\(401\): “Words\.”/, 1, 'stops'],
    ['by a number as text', always(error({ code: '502' }, 200)), 'server-error', /\(502\)/, 4, 'goes on'],
    ['by name', always(error({ code: 'invalid_api_key' }, 200)), 'wrong-key', /key/, 1, 'stops'],
    ['by name: a quota', always(error({ type: 'insufficient_quota' }, 200)), 'rate-limit', /quota of the account is used up/, 1, 'stops'],
    ['by type: overloaded', always(error({ type: 'overloaded_error' }, 200)), 'server-error', /“Words\.”/, 4, 'goes on'],
    ['by Google’s status', always(error({ status: 'INVALID_ARGUMENT' }, 200)), 'bad-request', /“Words\.”/, 1, 'goes on'],
    ['by nothing', always(answer({ error: 'model runner has crashed' })), 'server-error', /“model runner has crashed”/, 4, 'goes on'],
    [
      'with what the other server said',
      always(error({ code: 400, message: 'Provider returned error', metadata: { raw: '{"error": {"message": "Bad image."}}' } }, 200)),
      'bad-request',
      /“Provider returned error: Bad image\.”/,
      1,
      'goes on',
    ],
    [
      'vLLM’s error object',
      always(answer({ object: 'error', message: 'Too long.', code: 400 })),
      'bad-request',
      /“Too long\.”/,
      1,
      'goes on',
    ],
    [
      'an error in a choice',
      always(message({}, { finish_reason: 'error', error: { code: 429, message: 'Busy.' } })),
      'rate-limit',
      /no more requests for now \(429\): “Busy\.”/,
      4,
      'goes on',
    ],
    [
      'finish_reason error alone',
      always(message({ content: '' }, { finish_reason: 'error' })),
      'server-error',
      /finish_reason: error/,
      4,
      'goes on',
    ],
    ['no choices', always(answer({ choices: [] })), 'server-error', /list of choices is empty/, 4, 'goes on'],
    [
      'no message',
      always(answer({ choices: [{ finish_reason: 'stop', message: null }] })),
      'server-error',
      /message is empty/,
      4,
      'goes on',
    ],
    [
      'a filter without a message',
      always(answer({ choices: [{ finish_reason: 'content_filter', message: null }] })),
      'refused',
      /blocked the reply \(content_filter\)/,
      1,
      'goes on',
    ],
    [
      'Gemini’s block',
      always(answer({ promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } })),
      'refused',
      /PROHIBITED_CONTENT/,
      1,
      'goes on',
    ],
    ['Gemini’s finish', always(message({ content: null }, { finish_reason: 'content_filter: SAFETY' })), 'refused', /SAFETY/, 1, 'goes on'],
    ['a refusal', always(message({ content: null, refusal: 'I cannot.' })), 'refused', /I cannot/, 1, 'goes on'],
    ['a refusal as a part', always(message({ content: [{ type: 'refusal', refusal: 'I cannot.' }] })), 'refused', /I cannot/, 1, 'goes on'],
    [
      'a tool called instead',
      always(message({ content: null, tool_calls: [{ function: { name: 'search', arguments: '{"q": "cats"}' } }] })),
      'tool-call',
      /called a tool instead/,
      1,
      'goes on',
    ],
    [
      'thoughts without an end',
      always(message({ content: '', reasoning_content: 'The user wants {"pairs": []} but' })),
      'in-reasoning',
      /returned everything as reasoning/,
      1,
      'goes on',
    ],
    [
      'thoughts cut off by the limit',
      always(message({ content: '', reasoning: 'Hm' }, { finish_reason: 'length' })),
      'cut-off',
      /cut off/,
      1,
      'goes on',
    ],
    ['another program', always(answer({ status: 'ok' })), 'wrong-address', /not a Chat Completions server/, 1, 'stops'],
    [
      'what another program says',
      always(answer({ success: false, message: 'Too old' })),
      'wrong-address',
      /It says: “Too old”/,
      1,
      'stops',
    ],
    ['JSON that is damaged', always(answer('{"choices": [{"message": oops}]}')), 'server-error', /not valid JSON\./, 4, 'goes on'],
    [
      'Azure’s filter with an ordinary finish',
      always(message({ content: '' }, { content_filter_results: { hate: { filtered: false }, violence: { filtered: true } } })),
      'refused',
      /\(violence\)/,
      1,
      'goes on',
    ],
    ['text', always(answer('Ollama is running', 200, {})), 'wrong-address', /not JSON: “Ollama is running”/, 1, 'stops'],
    ['nothing', always(answer('')), 'server-error', /response is empty \(200\)/, 4, 'goes on'],
    ['204', always(answer('', 204)), 'server-error', /response is empty \(204\)/, 4, 'goes on'],
    [
      'a redirect in a circle',
      always(answer('', 307, { location: '#' })),
      'wrong-address',
      /redirects requests too many times \(307\)/,
      6,
      'stops',
    ],
    ['a server that completes texts', choice({ text: 'x', index: 0 }), 'wrong-address', /completes texts/, 1, 'stops'],
    ['a piece of a stream', choice({ delta: { content: '{' } }), 'event-stream', /streams/, 1, 'stops'],
    ['a stream of JSON lines', always(answer('{"message": {"content": "{"}}\n{"done": true}\n')), 'event-stream', /streams/, 1, 'stops'],
    ['an answer cut off in Google’s words', finished('MAX_TOKENS'), 'cut-off', /maximum number of tokens/, 1, 'goes on'],
    ['an answer withheld in Zhipu’s words', finished('sensitive'), 'refused', /sensitive/, 1, 'goes on'],
    ['an answer broken off in DeepSeek’s words', finished('insufficient_system_resource'), 'server-error', /system_resource/, 4, 'goes on'],
    ['an answer broken off in vLLM’s words', finished('abort'), 'server-error', /abort/, 4, 'goes on'],
    ['an answer cut off since it repeats itself', finished('repetition_truncation'), 'cut-off', /maximum number of tokens/, 1, 'goes on'],
    [
      'an image that llama.cpp cannot read',
      always(error({ message: 'image input is not supported' }, 500)),
      'bad-request',
      /500/,
      1,
      'goes on',
    ],
    [
      'an error without a name of Zhipu',
      always(answer({ code: 1302, msg: 'rate limit reached' })),
      'rate-limit',
      /“rate limit reached”/,
      4,
      'goes on',
    ],
    [
      'the same in Chinese',
      always(answer({ code: 1302, msg: '您的账户已达到速率限制' })),
      'rate-limit',
      /“您的账户已达到速率限制”/,
      4,
      'goes on',
    ],
    [
      'an error without a name of MiniMax',
      always(answer({ base_resp: { status_code: 1008, status_msg: 'insufficient balance' }, choices: null })),
      'rate-limit',
      /quota .*“insufficient balance”/,
      1,
      'stops',
    ],
    ['an error without a name of FastAPI', always(answer({ detail: 'Not authenticated' })), 'wrong-key', /“Not authenticated”/, 1, 'stops'],
    [
      'the greeting of another program',
      always(answer({ message: 'Welcome!' })),
      'wrong-address',
      /not a Chat Completions server/,
      1,
      'stops',
    ],
    ['case 61: a page', replayCase('61-proxy-page'), 'web-page', /web page .*“Sign in to the proxy”/, 1, 'stops'],
    ['a page that calls itself JSON', always(answer(page('Log in'))), 'web-page', /“Log in”/, 1, 'stops'],
    [
      'a stream',
      always(answer('data: {"choices": [{"delta": {"content": "{"}}]}\n\n', 200, stream)),
      'event-stream',
      /streams/,
      1,
      'stops',
    ],
    ['a stream that calls itself JSON', always(answer(': ping\n\ndata: {}\n\n')), 'event-stream', /streams/, 1, 'stops'],
    [
      'an error in a stream',
      always(answer('data: {"error": {"code": 503, "message": "Full."}}\n\n', 200, stream)),
      'server-error',
      /\(503\): “Full\.”/,
      4,
      'goes on',
    ],
    // of the connection
    [
      'case 57: cut off',
      replayCase('57-connection-cut-in-reply'),
      'server-error',
      /closed the connection before its response was complete/,
      4,
      'goes on',
    ],
    [
      'cut off without a length',
      always(cutBody(false)),
      'server-error',
      /closed the connection before its response was complete|incomplete JSON/,
      4,
      'goes on',
    ],
    [
      'an answer nested too deeply',
      always(answer('['.repeat(1_000) + ']'.repeat(1_000))),
      'server-error',
      /nested too deeply/,
      4,
      'goes on',
    ],
    [
      'an error that is cut off',
      always(answer('[{"error": {"message": "Full up.", "x": [', 503)),
      'server-error',
      /“Full up\.”/,
      4,
      'goes on',
    ],
    ['an error without an end', always(answer('['.repeat(100_000), 500)), 'server-error', /\(no message\)/, 4, 'goes on'],
    ['a broken body', always('broken-body'), 'server-error', /incomplete JSON/, 4, 'goes on'],
    [
      'a damaged compression',
      always(answer('not gzip', 200, { 'content-encoding': 'gzip' })),
      'server-error',
      /cannot be decompressed/,
      4,
      'goes on',
    ],
    ['no HTTP', always(noHttp), 'server-error', /not send a valid HTTP response/, 4, 'goes on'],
    ['an endless body', always(endlessBody()), 'too-large', /larger than 1 MB/, 1, 'goes on'],
    ['an endless page', always(endlessBody(undefined, html)), 'too-large', /larger than 1 MB/, 1, 'goes on'],
    ['an endless stream', always(endlessBody(undefined, stream)), 'event-stream', /streams/, 1, 'stops'],
    ['a bomb of gzip', always(endlessBody('gzip')), 'too-large', /larger than 1 MB/, 1, 'goes on'],
    ['a bomb of deflate', always(endlessBody('deflate')), 'too-large', /larger than 1 MB/, 1, 'goes on'],
    ['a bomb of brotli', always(endlessBody('br')), 'too-large', /larger than 1 MB/, 1, 'goes on'],
    ['a bomb of zstd', always(endlessBody('zstd')), 'too-large', /larger than 1 MB/, 1, 'goes on'],
    ['an endless head', always(endlessHead), 'too-large', /headers of the server's response/, 1, 'goes on'],
    ['a drip', always(drip), 'timeout', /within 1 s/, 4, 'stops'],
  ]
  it.each(rows)('%s', async (_, script, code, words, requests, then) => {
    const result = await runOne(script ? { script } : {}, { maxReplyMb: 1, timeoutMs: code === 'timeout' ? 1_000 : 5_000 })
    expect(result.error).toMatchObject({ code, message: expect.stringMatching(words) })
    expect(result.error?.message).not.toMatch(/\[\{|\{"|undefined|\[object/)
    expect(result.requests).toBe(requests)
    expect(result.ended).toMatchObject({ done: 0, failed: 1, state: then === 'stops' ? 'interrupted' : 'finished' })
    expect(toEnglish(remedyFor(code))).toMatch(/\.$/)
    expect(candidatesOf(project)).toEqual([])
  })
})

describe('the tokens of an answer', () => {
  const tokensOf = async (usage: object) => {
    await runOne({ script: [answer({ choices: [{ message: { content: `{"pairs": [${half('A')}]}` } }], usage })] })
    const [call] = callsOf(project, 1)
    return [call?.promptTokens, call?.completionTokens]
  }

  it.each([
    [{ prompt_tokens: 12, completion_tokens: 7 }],
    [{ prompt_tokens: '12', completion_tokens: '7' }],
    [{ input_tokens: 12, output_tokens: 7 }],
  ])('are read from %o', async (usage) => {
    expect(await tokensOf(usage)).toEqual([12, 7])
  })

  it('are counted where one of them is missing or no number', async () => {
    const [prompt, completion] = await tokensOf({ prompt_tokens: 12, completion_tokens: -1 })
    expect(prompt).toBe(12)
    expect(completion).toBeGreaterThan(1)
  })
})
