import type {
  ChatCompletionContentPart,
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions'
import type { Message, OutputForm } from '../../../shared/domain'
import { textOf } from '../prompt/buildPrompt'
import { describeForm } from '../prompt/outputForms'
import type { Dialect } from './dialect'
import type { CompletionRequest } from './provider'

const replyFormat = (form: OutputForm) => ({
  type: 'json_schema' as const,
  json_schema: { name: 'instruction_response_pairs', strict: true, schema: { ...describeForm(form).schema } },
})

/** Creates the request body; images are read now and inserted as data URLs. @throws CallFailure media */
export async function toChatRequest(request: CompletionRequest, dialect: Dialect): Promise<ChatCompletionCreateParamsNonStreaming> {
  const messages: ChatCompletionMessageParam[] = []
  for (const message of dialect.system === 'own' ? request.messages : mergeSystem(request.messages))
    messages.push(await toChatMessage(message, request.readImage))
  return {
    model: request.model,
    messages,
    ...(dialect.temperature === 'sent' ? { temperature: request.temperature } : {}),
    ...(dialect.topP === 'sent' ? { top_p: request.topP } : {}),
    ...(dialect.limit === 'none' ? {} : { [dialect.limit]: request.maxTokens }),
    ...(dialect.format === 'json_schema' ? { response_format: replyFormat(request.outputForm) } : {}),
    ...(dialect.format === 'json_object' ? { response_format: { type: 'json_object' as const } } : {}),
  }
}

/** Prepends the system message to the first user message, for models without a system role. */
function mergeSystem(messages: readonly Message[]): readonly Message[] {
  const system = messages.filter(({ role }) => role === 'system').flatMap(({ content }) => content)
  const [first, ...rest] = messages.filter(({ role }) => role !== 'system')
  if (system.length === 0) return messages
  return first?.role === 'user'
    ? [{ role: 'user', content: [...system, ...first.content] }, ...rest]
    : [{ role: 'user', content: system }, ...(first ? [first] : []), ...rest]
}

/** Sends text as a plain string, which every server accepts; only an image needs parts. */
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
