import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOpenAiProvider } from '../../../src/main/generation/providers/openai'
import { testProvider } from '../../../src/main/generation/run/testProvider'
import type { Project } from '../../../src/main/project/project'
import { defaultProviderSettings } from '../../../src/shared/domain'
import { startModelServer, type ModelServer, type ModelServerOptions } from '../../support/modelServer'
import { startProxyServer, type ProxyOptions, type ProxyServer } from '../../support/proxyServer'
import { addItems, callsOf, newProject, plan, quick, removeProject, server } from './project'
import { runGeneration } from '../../support/inEnglish'

const pemOf = (name: string) => path.join(import.meta.dirname, '../../fixtures/tls', `${name}.pem`)

let project: Project
let model: ModelServer | undefined
let proxy: ProxyServer | undefined
beforeEach(() => {
  project = newProject()
  for (const name of ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'])
    for (const each of [name, name.toUpperCase()]) vi.stubEnv(each, undefined)
  vi.stubEnv('NODE_EXTRA_CA_CERTS', pemOf('issuer')) // read at the first https address
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await model?.close()
  await proxy?.close()
  model = proxy = undefined
  removeProject(project)
})

const serve = async (options: ModelServerOptions = {}) => (model = await startModelServer(options))
const serveTls = (name: string) => serve({ pem: readFileSync(pemOf(name), 'utf8') })
const startProxy = async (options?: ProxyOptions) => (proxy = await startProxyServer(options))

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** Two items, one after the other. */
async function runTwo(url: string, apiKey: string | null = null) {
  addItems(project, 2)
  const run = plan(project, { provider: { ...server(url), concurrency: 1 } })
  const { run: ended, stoppedBy } = await runGeneration(project, run.id, { apiKey, backoff: quick })
  return { ended, stoppedBy, calls: callsOf(project, run.id), error: stoppedBy?.error }
}

describe('https', () => {
  it('is trusted by the file in NODE_EXTRA_CA_CERTS', async () => {
    expect((await runTwo((await serveTls('issued')).url)).ended).toMatchObject({ state: 'finished', done: 2 })
  })

  it.each([
    ['selfSigned', /of 127\.0\.0\.1:\d+ is not trusted: it is self-signed/],
    ['expired', /has expired/],
    ['otherHost', /issued for another host/],
  ])('with a certificate that is %s stops the run at once', async (name, words) => {
    const { url } = await serveTls(name)
    const { ended, error, calls } = await runTwo(url)
    expect(ended).toMatchObject({ state: 'interrupted', done: 0 })
    expect(error).toMatchObject({ code: 'untrusted-certificate', message: expect.stringMatching(words) })
    expect(calls).toHaveLength(1)
    await expect(testProvider({ ...defaultProviderSettings, ...server(url) }, null)).rejects.toMatchObject({
      remedy: expect.stringMatching(/system.*NODE_EXTRA_CA_CERTS/),
    })
  })

  it('at an address that begins with http is told, and the other way round', async () => {
    const { url } = await serveTls('issued')
    expect((await runTwo(url.replace('https:', 'http:'))).error).toMatchObject({
      code: 'wrong-protocol',
      message: expect.stringContaining('uses https, but the base URL starts with http.'),
    })
    await model?.close()
    const plain = await serve()
    expect((await runTwo(plain.url.replace('http:', 'https:'))).error).toMatchObject({
      code: 'wrong-protocol',
      message: expect.stringContaining('uses http, but the base URL starts with https.'),
    })
  })
})

it('a port that belongs to another protocol is told, and nothing is sent', async () => {
  expect((await runTwo('http://127.0.0.1:6667/v1')).error).toMatchObject({
    code: 'wrong-address',
    message: expect.stringContaining('Port 6667'),
  })
})

describe('a proxy', () => {
  it('is used for http as curl uses it, for hosts that only it knows', async () => {
    const { url, requests } = await serve()
    const { url: address, requests: seen } = await startProxy({ target: url })
    vi.stubEnv('HTTP_PROXY', address.replace('http://', 'http://user:secret-word@'))
    const { ended } = await runTwo('http://models.example.invalid/v1')
    expect(ended).toMatchObject({ state: 'finished', done: 2 })
    expect(requests).toHaveLength(2)
    expect(seen[0]).toEqual({
      line: 'POST http://models.example.invalid/v1/chat/completions',
      authorization: `Basic ${Buffer.from('user:secret-word').toString('base64')}`,
    })
  })

  it('makes a tunnel for https', async () => {
    const { url } = await serveTls('issued')
    const { url: address, requests: seen } = await startProxy()
    vi.stubEnv('https_proxy', address)
    expect((await runTwo(url)).ended).toMatchObject({ state: 'finished', done: 2 })
    expect(seen).toEqual([{ line: `CONNECT ${new URL(url).host}`, authorization: null }])
  })

  it('is passed by where NO_PROXY says so', async () => {
    const { url } = await serve()
    vi.stubEnv('ALL_PROXY', (await startProxy({ status: 503 })).url)
    vi.stubEnv('NO_PROXY', 'localhost, 127.0.0.1')
    expect((await runTwo(url)).ended).toMatchObject({ state: 'finished', done: 2 })
    expect(proxy?.requests).toEqual([])
  })

  it.each(['http', 'https'])('that wants a name is named, without the wrong one it got: %s', async (scheme) => {
    const { url, requests } = await startProxy({ status: 407 })
    vi.stubEnv('ALL_PROXY', url.replace('http://', 'http://user:secret-word@'))
    const { ended, error } = await runTwo(`${scheme}://models.example.invalid/v1`)
    expect(ended).toMatchObject({ state: 'interrupted' })
    expect(error).toMatchObject({ code: 'proxy', status: 407, message: `The proxy ${url} requires a user name and password (407).` })
    expect(requests).toHaveLength(1)
    expect(JSON.stringify(error)).not.toContain('secret-word')
  })

  it.each(['http', 'https'])('that is not there is named: %s', async (scheme) => {
    const address = `http://127.0.0.1:${await freePort()}`
    vi.stubEnv('ALL_PROXY', address.replace('http://', 'http://user:secret-word@'))
    const { ended, error, calls } = await runTwo(`${scheme}://models.example.invalid/v1`)
    expect(ended).toMatchObject({ state: 'interrupted' })
    expect(error).toMatchObject({ code: 'proxy', message: `The proxy ${address} cannot be reached (ECONNREFUSED).` })
    expect(calls.length).toBeLessThanOrEqual(8)
    expect(JSON.stringify(calls)).not.toContain('secret-word')
  })

  it.each([
    [403, 'proxy', /rejected the request \(403\)/],
    [502, 'server-down', /cannot reach the server \(502\)/],
  ])('that answers a tunnel with %i is named', async (status, code, words) => {
    vi.stubEnv('HTTPS_PROXY', (await startProxy({ status })).url)
    expect((await runTwo('https://models.example.invalid/v1')).error).toMatchObject({ code, message: expect.stringMatching(words) })
  })
})

describe('a key with a character that no key has', () => {
  it('is not sent, and the run stops', async () => {
    const { url, requests } = await serve()
    const { ended, error, calls } = await runTwo(url, '“sk-secret-word”')
    expect(ended).toMatchObject({ state: 'interrupted' })
    expect(error).toMatchObject({ code: 'wrong-key', message: 'The API key contains a quotation mark (“), which is not allowed in a key.' })
    expect(calls).toHaveLength(1)
    expect(requests).toEqual([])
  })

  it('is taken with white space around it', async () => {
    const { url, requests } = await serve()
    expect((await runTwo(url, ' sk-secret-word\r\n')).ended).toMatchObject({ done: 2 })
    expect(requests[0]?.authorization).toBe('Bearer sk-secret-word')
  })

  it('is told by the test of a connection', async () => {
    const { url } = await serve()
    await expect(testProvider({ ...defaultProviderSettings, ...server(url) }, 'sk sk')).rejects.toMatchObject({
      message: 'The API key contains a space, which is not allowed in a key.',
    })
  })
})

it('a redirect that keeps the request is followed', async () => {
  const { url, requests } = await serve({
    script: ({ path: asked }) =>
      asked.startsWith('/v1') ? { status: 308, headers: { location: '/real/v1/chat/completions' }, body: '' } : 'good',
  })
  expect((await runTwo(url)).ended).toMatchObject({ done: 2 })
  expect(requests.map((request) => request.path)).toContain('/real/v1/chat/completions')
})

it('a redirect to another server is refused, and nothing is sent there', async () => {
  const other = await serve()
  const { url } = await serve({ script: () => ({ status: 307, headers: { location: `${other.url}/chat/completions` }, body: '' }) })
  expect((await runTwo(url)).ended).toMatchObject({ done: 0 })
  expect(other.requests).toEqual([])
})

describe('embeddings fail in the same ways', () => {
  const embed = (url: string, key: string | null = null) =>
    createOpenAiProvider({ baseUrl: url, timeoutMs: 5_000, embeddingModel: 'embedder' }, key).embed?.(
      ['text'],
      new AbortController().signal,
    )

  it.each([
    [
      'an error in a 200',
      { status: 200, body: '{"error": {"code": 429, "message": "Please retry in 2s."}}' },
      'rate-limit',
      /asks for a wait of 2 s/,
    ],
    ['a page', { status: 200, body: '<html><title>Sign in</title></html>' }, 'web-page', /“Sign in”/],
    ['a stream', { status: 200, headers: { 'content-type': 'text/event-stream' }, body: 'data: {}\n\n' }, 'event-stream', /streams/],
    ['a wrong path', { status: 404, body: '404 page not found' }, 'wrong-address', /\/v1\/embeddings \(404\)/],
  ])('%s', async (_, answer, code, words) => {
    const { url } = await serve({ script: () => answer })
    await expect(embed(url)).rejects.toMatchObject({ code, message: expect.stringMatching(words) })
    await expect(embed(url)).rejects.toMatchObject({ message: expect.stringMatching(/^Embedding model embedder: /) })
  })

  it('a certificate and a key', async () => {
    const { url } = await serveTls('selfSigned')
    await expect(embed(url)).rejects.toMatchObject({ code: 'untrusted-certificate' })
    await expect(embed(url, 'sk–secret')).rejects.toMatchObject({ code: 'wrong-key' })
  })
})
