import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** How the server answers one request. */
export type Behaviour =
  | 'good'
  | 'fenced'
  | 'html'
  | 'prose'
  | 'cut'
  | 'cut-by-limit'
  | 'wrong-shape'
  | 'empty'
  | 'no-pairs'
  | 'refusal'
  | 'wrong-key'
  | 'unknown-model'
  | 'rate-limit'
  | 'spent-quota'
  | 'server-error'
  | 'broken-body'
  | 'web-page'
  | 'drop'
  | 'hang'
  | 'no-json-schema'
  | 'no-response-format'
  | 'no-max-tokens'
  | 'no-sampling'

export interface ModelRequest {
  /** 0 for the first */
  readonly index: number
  readonly path: string
  readonly authorization: string | null
  readonly headers: IncomingMessage['headers']
  readonly body: ChatBody
  /** the last user turn as text */
  readonly prompt: string
}

export interface ChatBody {
  readonly model: string
  /** none at /embeddings */
  readonly messages: readonly { readonly role: string; readonly content: unknown }[]
  readonly [parameter: string]: unknown
}

/** A status, headers and a body, sent as they are. */
export interface RawAnswer {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body: string | Buffer
}

/** Answers by itself, as no server should (`misbehaviours.ts`). */
export type Misbehave = (outgoing: ServerResponse) => void

export type Answering = Behaviour | RawAnswer | Misbehave

export interface ModelServerOptions {
  /** what every request gets that `script` leaves */
  readonly behaviour?: Behaviour
  /** for the first requests, in their order, or chosen by the request */
  readonly script?: readonly Answering[] | ((request: ModelRequest) => Answering)
  /** ids that `GET /models` lists, or its whole body */
  readonly models?: readonly string[] | object
  /** what the address makes of texts at /embeddings; there is no such call where left out */
  readonly embed?: (text: string) => readonly number[]
  /** an answer waits for this */
  readonly before?: (request: ModelRequest) => Promise<void>
  /** milliseconds before an answer */
  readonly delayMs?: number
  /** seconds that a rate limit asks to wait */
  readonly retryAfter?: string
  readonly port?: number
  /** key and certificate of an https server, as PEM */
  readonly pem?: string
}

export interface ModelServer {
  /** ends in /v1 */
  readonly url: string
  readonly requests: readonly ModelRequest[]
  /** requests for its models, which `requests` does not hold */
  readonly listings: readonly ModelRequest[]
  /** most requests that were under way at once */
  readonly maxAtOnce: () => number
  /** requests that are neither answered nor given up */
  readonly underWay: () => number
  readonly close: () => Promise<void>
}

/** A loopback server that speaks OpenAI's Chat Completions, well or badly. */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const requests: ModelRequest[] = []
  const listings: ModelRequest[] = []
  let atOnce = 0
  let most = 0
  const answerRequest = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    most = Math.max(most, ++atOnce)
    outgoing.on('close', () => atOnce--)
    void readBody(incoming).then(async (text) => {
      const request = toRequest(requests.length, incoming, text)
      if (incoming.method === 'GET') listings.push(request)
      else requests.push(request)
      await options.before?.(request)
      const answer = () => respond(request, choose(options, request), options, outgoing)
      if (options.delayMs) setTimeout(answer, options.delayMs)
      else answer()
    })
  }
  const { pem } = options
  const server = pem === undefined ? createServer(answerRequest) : createTlsServer({ key: pem, cert: pem }, answerRequest)
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${pem === undefined ? 'http' : 'https'}://127.0.0.1:${port}/v1`,
    requests,
    listings,
    maxAtOnce: () => most,
    underWay: () => atOnce,
    close: () => close(server),
  }
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function toRequest(index: number, incoming: IncomingMessage, text: string): ModelRequest {
  const body = { messages: [], ...(JSON.parse(text || '{}') as object) } as unknown as ChatBody
  const last = body.messages.at(-1)?.content
  const parts = Array.isArray(last) ? (last as { type: string; text?: string }[]) : [{ type: 'text', text: String(last) }]
  return {
    index,
    path: incoming.url ?? '',
    authorization: incoming.headers.authorization ?? null,
    headers: incoming.headers,
    body,
    prompt: parts.flatMap((part) => part.text ?? []).join('\n\n'),
  }
}

function choose({ script, behaviour = 'good' }: ModelServerOptions, request: ModelRequest): Answering {
  if (typeof script === 'function') return script(request)
  return script?.[request.index] ?? behaviour
}

function respond(request: ModelRequest, behaviour: Answering, options: ModelServerOptions, outgoing: ServerResponse): void {
  if (typeof behaviour === 'function') return behaviour(outgoing)
  if (typeof behaviour === 'object') return send(outgoing, behaviour)
  if (behaviour === 'hang') return
  if (behaviour === 'drop') return void outgoing.destroy()
  if (behaviour === 'good' && new URL(request.path, 'http://server').pathname.endsWith('/models')) return send(outgoing, modelList(options))
  if (behaviour === 'good' && request.path.endsWith('/embeddings')) return send(outgoing, embeddings(request, options))
  send(outgoing, answerTo(request, behaviour, options))
}

function send(outgoing: ServerResponse, { status, headers, body }: RawAnswer): void {
  if (outgoing.destroyed) return
  outgoing.writeHead(status, { 'content-type': 'application/json', ...headers })
  outgoing.end(body)
}

function answerTo(request: ModelRequest, behaviour: Exclude<Behaviour, 'hang' | 'drop'>, options: ModelServerOptions): RawAnswer {
  const { body } = request
  const pairs = JSON.stringify(draftsFor(request))
  switch (behaviour) {
    case 'good':
      return completion(request, pairs)
    case 'fenced':
      return completion(request, `Here are the pairs:\n\`\`\`json\n${pairs}\n\`\`\`\nI hope they help.`)
    case 'html':
      return completion(
        request,
        JSON.stringify({
          pairs: [{ instruction: '<img src=x onerror="alert(1)">What is bold?', response: '<script>alert(2)</script><b>This</b>.' }],
        }),
      )
    case 'prose':
      return completion(request, 'I would be glad to help. Could you tell me more about the image?')
    case 'cut':
      return completion(request, pairs.slice(0, -9))
    case 'cut-by-limit':
      return completion(request, pairs.slice(0, -30), 'length')
    case 'wrong-shape':
      return completion(request, JSON.stringify({ pairs: [{ instruction: 'What is it?' }] }))
    case 'empty':
      return completion(request, '')
    case 'no-pairs':
      return completion(request, JSON.stringify({ pairs: [] }))
    case 'refusal':
      return completion(request, null, 'stop', 'I cannot help with this image.')
    case 'wrong-key':
      return failure(401, { message: `Incorrect API key provided: ${request.authorization?.slice(7)}.`, code: 'invalid_api_key' })
    case 'unknown-model':
      return failure(404, { message: `The model \`${body.model}\` does not exist.`, code: 'model_not_found' })
    case 'rate-limit':
      return failure(429, { message: 'Rate limit reached.', code: 'rate_limit_exceeded' }, { 'retry-after': options.retryAfter ?? '0.05' })
    case 'spent-quota':
      return failure(429, { message: 'You exceeded your current quota.', code: 'insufficient_quota' })
    case 'server-error':
      return failure(500, { message: 'The server had an error.' })
    case 'broken-body':
      return { status: 200, body: '{"choices": [{"mess' }
    case 'web-page':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body>It works!</body></html>' }
    case 'no-json-schema':
      return formatType(body) === 'json_schema'
        ? failure(400, { message: "'response_format.type' must be 'json_object' or 'text'.", param: 'response_format' })
        : completion(request, pairs)
    case 'no-response-format':
      return formatType(body) === null
        ? completion(request, pairs)
        : { status: 400, body: JSON.stringify({ detail: 'response_format: extra fields not permitted' }) }
    case 'no-max-tokens':
      return 'max_tokens' in body
        ? failure(400, {
            message: "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
            param: 'max_tokens',
          })
        : completion(request, pairs)
    case 'no-sampling':
      if ('temperature' in body)
        return failure(400, { message: "Unsupported value: 'temperature' does not support 0.7.", param: 'temperature' })
      return 'top_p' in body ? failure(400, { message: "Unsupported parameter: 'top_p'.", param: 'top_p' }) : completion(request, pairs)
  }
}

/** As OpenAI lists them, unless a body is given. */
function modelList({ models = ['test-model'] }: ModelServerOptions): RawAnswer {
  const body = Array.isArray(models) ? { object: 'list', data: models.map((id) => ({ id, object: 'model', owned_by: 'test' })) } : models
  return { status: 200, body: JSON.stringify(body) }
}

/** The last text comes first: the order is told by `index` alone. */
function embeddings({ body }: ModelRequest, { embed }: ModelServerOptions): RawAnswer {
  if (!embed) return failure(404, { message: 'Not found.' })
  const data = (body['input'] as string[]).map((text, index) => ({ object: 'embedding', index, embedding: embed(text) })).toReversed()
  return { status: 200, body: JSON.stringify({ object: 'list', model: body.model, data }) }
}

function formatType(body: ChatBody): string | null {
  const format = body['response_format']
  return typeof format === 'object' && format !== null && 'type' in format ? String(format.type) : null
}

const kinds = ['conversation', 'detail', 'reasoning'] as const

/**
 * What the prompt asks for, in the form that the request's schema asks for: pairs, pairs of three kinds, or conversations of rounds.
 * Each names the request and the first line of its annotation, so that tests can tell them apart.
 */
function draftsFor({ index, prompt, body }: ModelRequest): object {
  const [, count = '1', , rounds = '0'] = /Write (\d+) (pairs?|conversations of (\d+) rounds)/.exec(prompt) ?? []
  const subject =
    prompt
      .split('\n')
      .find((line) => line.startsWith('- '))
      ?.slice(2) ?? 'it'
  const draft = (place: string) => ({
    instruction: `What can you say about this image (question ${index + 1}.${place})?`,
    response: `It shows this: ${subject}`,
  })
  const many = <T>(length: number, make: (at: number) => T) => Array.from({ length }, (_, at) => make(at))
  const schema = JSON.stringify(body['response_format'] ?? '')
  if (schema.includes('"conversations"'))
    return {
      conversations: many(Number(count), (at) => ({
        rounds: many(Number(rounds), (round) => ({ ...draft(`${at + 1}.${round + 1}`), reason: `The notes say: ${subject}` })),
      })),
    }
  return {
    pairs: many(Number(count), (at) => ({ ...(schema.includes('"kind"') ? { kind: kinds[at % 3] } : {}), ...draft(String(at + 1)) })),
  }
}

function completion(request: ModelRequest, content: string | null, finishReason = 'stop', refusal: string | null = null): RawAnswer {
  return {
    status: 200,
    body: JSON.stringify({
      id: `chatcmpl-${request.index}`,
      object: 'chat.completion',
      model: request.body.model,
      choices: [{ index: 0, finish_reason: finishReason, message: { role: 'assistant', content, refusal } }],
      usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
    }),
  }
}

function failure(status: number, error: Record<string, unknown>, headers: Record<string, string> = {}): RawAnswer {
  return { status, headers, body: JSON.stringify({ error: { type: 'error', param: null, code: null, ...error } }) }
}
