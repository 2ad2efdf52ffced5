import type {
  ChatCompletionContentPart,
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions'
import { APIError } from 'openai'
import type { Message, OutputForm } from '../../../shared/domain'
import { textOf } from '../buildPrompt'
import { describeForm } from '../outputForms'
import type { CompletionRequest } from './provider'

/** Servers and models differ in what they take of Chat Completions; what one has rejected is left out from then on. */
export interface Dialect {
  format: 'json_schema' | 'json_object' | 'none'
  limit: 'max_tokens' | 'max_completion_tokens' | 'none'
  temperature: boolean
  topP: boolean
}

export const newDialect = (): Dialect => ({ format: 'json_schema', limit: 'max_tokens', temperature: true, topP: true })

const replyFormat = (form: OutputForm) => ({
  type: 'json_schema' as const,
  json_schema: { name: 'instruction_response_pairs', strict: true, schema: { ...describeForm(form).schema } },
})

/** The body of the request; pictures are read now and put in as data URLs. @throws CallFailure media */
export async function toChatRequest(request: CompletionRequest, dialect: Dialect): Promise<ChatCompletionCreateParamsNonStreaming> {
  const messages: ChatCompletionMessageParam[] = []
  for (const message of request.messages) messages.push(await toChatMessage(message, request.readImage))
  return {
    model: request.model,
    messages,
    ...(dialect.temperature ? { temperature: request.temperature } : {}),
    ...(dialect.topP ? { top_p: request.topP } : {}),
    ...(dialect.limit === 'none' ? {} : { [dialect.limit]: request.maxTokens }),
    ...(dialect.format === 'json_schema' ? { response_format: replyFormat(request.outputForm) } : {}),
    ...(dialect.format === 'json_object' ? { response_format: { type: 'json_object' as const } } : {}),
  }
}

/** Text goes as a plain string, which every server takes; only a picture needs parts. */
async function toChatMessage(message: Message, readImage: CompletionRequest['readImage']): Promise<ChatCompletionMessageParam> {
  const { role } = message
  if (role !== 'user' || message.content.every(({ type }) => type === 'text')) return { role, content: textOf(message) }
  const parts: ChatCompletionContentPart[] = []
  for (const part of message.content) {
    if (part.type === 'text') parts.push({ type: 'text', text: part.text })
    else {
      for (const { mime, base64 } of await readImage(part.mediaId))
        parts.push({ type: 'image_url', image_url: { url: `data:${mime};base64,${base64}` } })
    }
  }
  return { role, content: parts }
}

const nextFormat = { json_schema: 'json_object', json_object: 'none', none: 'none' } as const satisfies Record<
  Dialect['format'],
  Dialect['format']
>

/**
 * Learns from a rejected parameter what to leave out. Several calls may learn the same at once, so it starts from what this one sent.
 * @returns whether asking again can help
 */
export function adapt(dialect: Dialect, sent: Readonly<Dialect>, error: unknown): boolean {
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) return false
  const complaint = `${error.param ?? ''} ${error.message}`.toLowerCase()
  if (/max_(completion_)?tokens/.test(complaint) && !/context|maximum allowed|too large|at most/.test(complaint)) {
    if (sent.limit === 'none') return false
    if (dialect.limit === sent.limit) dialect.limit = sent.limit === 'max_tokens' ? 'max_completion_tokens' : 'none'
    return true
  }
  if (/temperature/.test(complaint) && sent.temperature) {
    dialect.temperature = false
    return true
  }
  if (/top_p/.test(complaint) && sent.topP) {
    dialect.topP = false
    return true
  }
  if (/response_format|json_schema|json_object|structured|grammar/.test(complaint) && sent.format !== 'none') {
    if (dialect.format === sent.format) dialect.format = nextFormat[sent.format]
    return true
  }
  return false
}
