import OpenAI from 'openai'
import { z } from 'zod'
import type { ProviderSettings } from '../../../shared/domain'
import { say } from '../../../shared/say'
import { CallFailure } from '../callFailure'
import { countMessageTokens, countTokens } from '../countTokens'
import { adapt, newDialect, toChatRequest, type Dialect } from './chatRequest'
import { embedTexts } from './openaiEmbeddings'
import { failureOf, fetchWithReadableErrors, withoutKey } from './openaiErrors'
import type { Completion, CompletionRequest, Provider } from './provider'

/** What we use of an answer; servers leave out the rest, or send more. */
const answerSchema = z.object({
  model: z.string().optional(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z
    .object({ prompt_tokens: z.number().int().nonnegative(), completion_tokens: z.number().int().nonnegative() })
    .nullish()
    .catch(null),
})

/** Requests that one call may take while the server's dialect is being learned. */
const mostDialects = 7

/** Chat Completions of OpenAI or of any compatible address. It never retries by itself: every request that fails is the caller's to count. */
export function createOpenAiProvider(
  settings: Pick<ProviderSettings, 'baseUrl' | 'timeoutMs'> & Partial<Pick<ProviderSettings, 'embeddingModel'>>,
  apiKey: string | null,
): Provider {
  const { baseUrl, timeoutMs, embeddingModel: model = null } = settings
  const key = apiKey?.trim() || null
  const client = createClient(settings, key)
  const dialect = newDialect()
  const requireKey = () => {
    if (key === null && belongsToOpenAi(baseUrl)) throw new CallFailure('no-key', say`OpenAI needs a key, and none is saved.`)
  }
  return {
    complete: async (request) => {
      requireKey()
      const answer = await ask(client, dialect, request, timeoutMs, key)
      return toCompletion(answer, request, key)
    },
    ...(model === null
      ? {}
      : {
          embed: async (texts, signal) => {
            requireKey()
            return embedTexts({ client, model, timeoutMs, key }, texts, signal)
          },
        }),
  }
}

function belongsToOpenAi(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl)
  return hostname === 'openai.com' || hostname.endsWith('.openai.com')
}

function createClient(settings: Pick<ProviderSettings, 'baseUrl' | 'timeoutMs'>, key: string | null): OpenAI {
  const others = !belongsToOpenAi(settings.baseUrl)
  return new OpenAI({
    baseURL: settings.baseUrl,
    // The library wants some key; where there is none, no Authorization header is sent.
    apiKey: key ?? 'none',
    ...(key === null ? { defaultHeaders: { Authorization: null } } : {}),
    adminAPIKey: null,
    // Read from the environment, these would tell other companies' servers whose account it is.
    ...(others ? { organization: null, project: null } : {}),
    maxRetries: 0,
    // The deadline below comes first; this one is the library's own, which covers the headers alone.
    timeout: settings.timeoutMs + 5_000,
    logLevel: 'off',
    fetch: fetchWithReadableErrors,
  })
}

/** Sends the request, and again in another dialect when the server rejects a parameter. */
async function ask(client: OpenAI, dialect: Dialect, request: CompletionRequest, timeoutMs: number, key: string | null): Promise<unknown> {
  const { signal } = request
  signal.throwIfAborted()
  const deadline = new AbortController()
  const giveUp = () => deadline.abort()
  const timer = setTimeout(giveUp, timeoutMs)
  signal.addEventListener('abort', giveUp)
  try {
    for (let requests = 1; ; requests++) {
      const sent = { ...dialect }
      const body = await toChatRequest(request, sent)
      try {
        return await client.chat.completions.create(body, { signal: deadline.signal })
      } catch (error) {
        if (deadline.signal.aborted || requests >= mostDialects || !adapt(dialect, sent, error)) throw error
      }
    }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof CallFailure) throw error
    if (deadline.signal.aborted)
      throw new CallFailure('timeout', say`No answer within ${Math.round(timeoutMs / 1000)} s.`, { cause: withoutKey(error, key) })
    throw failureOf(error, key)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', giveUp)
  }
}

async function toCompletion(answer: unknown, request: CompletionRequest, key: string | null): Promise<Completion> {
  const parsed = answerSchema.safeParse(answer)
  const choice = parsed.data?.choices[0]
  if (!parsed.success || !choice)
    throw new CallFailure('bad-request', say`The address answers, but not as Chat Completions does.`, {
      reply: withoutKey(asText(answer), key),
    })
  const text = withoutKey(choice.message.content ?? '', key)
  const { usage, model } = parsed.data
  return {
    text,
    finishReason: choice.finish_reason ?? null,
    refusal: choice.message.refusal ? withoutKey(choice.message.refusal, key) : null,
    promptTokens: usage?.prompt_tokens ?? (await countMessageTokens(request.messages)),
    completionTokens: usage?.completion_tokens ?? (await countTokens(text)),
    model: model ?? request.model,
  }
}

const asText = (answer: unknown): string => (typeof answer === 'string' ? answer : (JSON.stringify(answer) ?? '')).slice(0, 2000)
