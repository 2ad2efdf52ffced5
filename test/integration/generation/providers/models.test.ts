import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { detectServers, localPorts } from '../../../../src/main/generation/providers/models/detectServers'
import { listModels } from '../../../../src/main/generation/providers/models/listModels'
import { toEnglish } from '../../../../src/shared/messages/translate'
import { Problem } from '../../../../src/shared/problem'
import { startModelServer, type ModelServer, type ModelServerOptions } from '../../../support/modelServer'

const servers: ModelServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})
async function start(options: ModelServerOptions = {}): Promise<ModelServer> {
  const server = await startModelServer(options)
  servers.push(server)
  return server
}
const portOf = ({ url }: ModelServer) => Number(new URL(url).port)
const closedPort = async () => {
  const server = http.createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}
const list = (baseUrl: string, key: string | null = null) => listModels({ kind: 'openai', baseUrl, timeoutMs: 2_000 }, key)
const failure = async (asked: Promise<unknown>) => {
  const error: unknown = await asked.catch((thrown: unknown) => thrown)
  if (!(error instanceof Problem)) throw new Error('it did not fail with a Problem')
  return { text: toEnglish(error.text), remedy: error.remedy }
}

describe('the model list of a server', () => {
  it('is asked for below the base URL, with the key, and sorted', async () => {
    const server = await start({ models: ['llama-10b', 'llama-9b', 'text-embedding-3-small', 'llama-9b'] })
    expect(await list(`${server.url}/`, 'sk-test')).toEqual([
      { id: 'llama-9b', isEmbedding: false },
      { id: 'llama-10b', isEmbedding: false },
      { id: 'text-embedding-3-small', isEmbedding: true },
    ])
    expect(server.listings.map(({ path, authorization }) => [path, authorization])).toEqual([['/v1/models', 'Bearer sk-test']])
  })

  it('is empty for the demo generator, which asks no server', async () => {
    const server = await start({ models: ['llama-9b'] })
    expect(await listModels({ kind: 'demo', baseUrl: server.url, timeoutMs: 2_000 }, null)).toEqual([])
    expect(server.listings).toEqual([])
  })

  it('keeps what a base URL asks besides, as Azure’s does', async () => {
    const server = await start({ models: { data: [{ id: 'gpt-4o', capabilities: { chat_completion: true, embeddings: false } }] } })
    expect(await list(`${server.url}?api-version=preview`)).toEqual([{ id: 'gpt-4o', isEmbedding: false }])
    expect(server.listings[0]?.path).toBe('/v1/models?api-version=preview')
    expect(server.listings[0]?.authorization).toBeNull()
  })

  it.each([
    ['a server that is off', async () => `http://127.0.0.1:${await closedPort()}/v1`, /cannot be reached/],
    ['a wrong key', async () => (await start({ behaviour: 'wrong-key' })).url, /rejected the API key \(401\)/],
    ['a web page', async () => (await start({ behaviour: 'web-page' })).url, /web page/],
    ['JSON that is no list', async () => (await start({ models: { hello: 'world' } })).url, /does not list models/],
    ['a missing path', async () => (await start({ script: () => ({ status: 404, body: '{"error":"no"}' }) })).url, /There is no model API/],
    ['a broken body', async () => (await start({ behaviour: 'broken-body' })).url, /incomplete JSON/],
    ['a server without an answer', async () => (await start({ behaviour: 'hang' })).url, /No response within 2 s/],
  ])('says what happened and what to do for %s', async (_, url, words) => {
    const { text, remedy } = await failure(list(await url(), 'sk-secret-key'))
    expect(text).toMatch(words)
    expect(text).not.toContain('sk-secret-key')
    expect(remedy).not.toBe('')
  })
})

describe('the search for servers on this computer', () => {
  it('finds the ones that list models, in parallel, and names them by what they say they are', async () => {
    const ollama = await start({ models: { object: 'list', data: [{ id: 'gemma3:4b', owned_by: 'library' }] } })
    const vllm = await start({ models: { object: 'list', data: [{ id: 'qwen', owned_by: 'vllm' }] } })
    const page = await start({ behaviour: 'web-page' })
    const found = await detectServers([
      { kind: 'ollama', port: portOf(ollama) },
      { kind: 'lmStudio', port: await closedPort() },
      { kind: 'llamaCpp', port: portOf(vllm) },
      { kind: 'vllm', port: portOf(page) },
    ])
    expect(found).toEqual([
      { kind: 'ollama', baseUrl: ollama.url, models: [{ id: 'gemma3:4b', isEmbedding: false }] },
      { kind: 'vllm', baseUrl: vllm.url, models: [{ id: 'qwen', isEmbedding: false }] },
    ])
  })

  it('sends no key, and goes past a proxy', async () => {
    const server = await start()
    const proxy = await start()
    for (const name of ['http_proxy', 'all_proxy']) vi.stubEnv(name, proxy.url)
    for (const name of ['no_proxy', 'NO_PROXY']) vi.stubEnv(name, undefined)
    vi.stubEnv('OPENAI_API_KEY', 'sk-secret')
    try {
      expect(await detectServers([{ kind: 'lmStudio', port: portOf(server) }])).toHaveLength(1)
    } finally {
      vi.unstubAllEnvs()
    }
    expect([...proxy.requests, ...proxy.listings]).toEqual([])
    expect(server.listings.map(({ authorization }) => authorization)).toEqual([null])
  })

  it('does not wait for a program that takes the connection and says nothing', async () => {
    const silent = await start({ behaviour: 'hang' })
    const server = await start()
    const ports = [silent, server].map((each) => ({ kind: 'vllm' as const, port: portOf(each) }))
    expect(await detectServers(ports)).toMatchObject([{ baseUrl: server.url }])
  })

  it('looks at the usual ports, unless the environment names others', () => {
    expect(localPorts({}).map(({ kind, port }) => `${kind} ${port}`)).toEqual([
      'ollama 11434',
      'lmStudio 1234',
      'llamaCpp 8080',
      'vllm 8000',
    ])
    expect(localPorts({ EXEMPLAR_LOCAL_PORTS: 'ollama=4001, vLLM=4002,other=3,lmstudio=x,llamacpp=70000' })).toEqual([
      { kind: 'ollama', port: 4001 },
      { kind: 'vllm', port: 4002 },
    ])
    expect(localPorts({ EXEMPLAR_LOCAL_PORTS: '' })).toEqual([])
  })
})
