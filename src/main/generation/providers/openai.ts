import OpenAI from 'openai'
import { defaultProviderSettings, publicAddress, type ProviderSettings } from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import { CallFailure } from '../run/callFailure'
import { toCompletion } from './chatAnswer'
import { toChatRequest } from './chatRequest'
import { adaptDialect, dialectOf, isPassing, rememberDialect, withFormat, type WantedFormat } from './dialect'
import { checkKey } from './http/checkKey'
import { createFetch } from './http/createFetch'
import { ServerError } from './http/serverError'
import { embedTexts } from './openaiEmbeddings'
import { failureOf, thrownBelow } from './openaiFailure'
import type { Completion, CompletionRequest, Provider } from './provider'
import { withDeadline } from './withDeadline'

/** Maximum number of requests per call while the server's dialect is being learned. */
const maxRequests = 8

type Settings = Pick<ProviderSettings, 'baseUrl' | 'timeoutMs'> &
  Partial<Pick<ProviderSettings, 'embeddingModel' | 'maxReplyMb' | 'structuredOutput'>>

/**
 * Creates a provider for the Chat Completions API of OpenAI or a compatible server. It never retries a failed request; callers count
 * failures.
 */
export function createOpenAiProvider(settings: Settings, apiKey: string | null): Provider {
  const { baseUrl, timeoutMs, embeddingModel: model = null, structuredOutput: format = 'auto' } = settings
  const key = apiKey?.trim() || null
  const client = createClient(settings, key)
  const requireKey = () => {
    if (key === null && belongsToOpenAi(baseUrl)) throw new CallFailure('no-key', message('provider.openaiNeedsKey'))
    if (key !== null) checkKey(key)
  }
  return {
    complete: async (request) => {
      requireKey()
      return withDeadline(timeoutMs, request.signal, (signal) => ask({ client, baseUrl, key, format }, request, signal))
    },
    ...(model === null
      ? {}
      : {
          embed: async (texts, signal) => {
            requireKey()
            return embedTexts({ client, model, timeoutMs, baseUrl, key }, texts, signal)
          },
        }),
  }
}

function belongsToOpenAi(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl)
  return hostname === 'openai.com' || hostname.endsWith('.openai.com')
}

function createClient({ baseUrl, timeoutMs, maxReplyMb = defaultProviderSettings.maxReplyMb }: Settings, key: string | null): OpenAI {
  const others = !belongsToOpenAi(baseUrl)
  return new OpenAI({
    // Query parameters of an address (`?api-version=`) belong after the path.
    baseURL: publicAddress({ baseUrl }),
    defaultQuery: Object.fromEntries(new URL(baseUrl).searchParams),
    // The library requires a key; if there is none, no Authorization header is sent.
    apiKey: key ?? 'none',
    ...(key === null ? { defaultHeaders: { Authorization: null } } : {}),
    adminAPIKey: null,
    // The library reads these from the environment, and would reveal the account to servers of other companies.
    ...(others ? { organization: null, project: null } : {}),
    maxRetries: 0,
    // Our own deadline comes first; this is the fallback of the library.
    timeout: timeoutMs + 5_000,
    logLevel: 'off',
    fetch: createFetch(maxReplyMb, key),
  })
}

interface Server {
  readonly client: OpenAI
  readonly baseUrl: string
  readonly key: string | null
  readonly format: WantedFormat
}

/** Sends a request, and retries in another dialect if the server rejects a part of it. Remembers a dialect that succeeds. */
async function ask({ client, baseUrl, key, format }: Server, request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
  const url = `${publicAddress({ baseUrl }).replace(/\/+$/, '')}/chat/completions`
  const hasSystem = request.messages.some(({ role }) => role === 'system')
  let dialect = withFormat(dialectOf(baseUrl, request.model), format)
  let isLearned = true
  for (let requests = 1; ; requests++) {
    const body = await toChatRequest(request, dialect)
    try {
      const completion = await toCompletion(await client.chat.completions.create(body, { signal }), request, url, key)
      if (isLearned && requests > 1) rememberDialect(baseUrl, request.model, dialect)
      return completion
    } catch (thrown) {
      signal.throwIfAborted()
      const error = thrownBelow(thrown)
      const next = error instanceof ServerError && requests < maxRequests ? adaptDialect(dialect, error, hasSystem) : null
      if (next === null) throw failureOf(error, url, key)
      if (error instanceof ServerError && isPassing(error)) isLearned = false
      dialect = next
    }
  }
}
