import { z } from 'zod'
import { message } from '../../../shared/messages/message'
import { CallFailure } from '../run/callFailure'
import { countMessageTokens, countTokens } from '../prompt/countTokens'
import { listBeside } from './answerBeside'
import { errorInside, ServerError, wordsOf } from './http/serverError'
import { quote, withoutKey } from './http/words'
import type { Completion, CompletionRequest } from './provider'

const text = z.string().nullish().catch(null)
/** Some servers send the token counts as strings. */
const tokens = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ])
  .pipe(z.number().int().nonnegative().max(1e9))
  .nullish()
  .catch(null)

/** Fields of an answer that are used; servers leave out the rest, or send more. */
const answerSchema = z.object({
  model: text,
  choices: z.array(
    z.object({
      finish_reason: text,
      native_finish_reason: text,
      text,
      content_filter_results: z.unknown().optional(),
      delta: z.unknown().optional(),
      message: z
        .object({
          content: z.unknown().optional(),
          refusal: text,
          error: z.unknown().optional(),
          reasoning_content: z.unknown().optional(),
          reasoning: z.unknown().optional(),
          thinking: z.unknown().optional(),
          reasoning_details: z.unknown().optional(),
          parsed: z.unknown().optional(),
          tool_calls: z
            .array(
              z.object({
                function: z.object({ arguments: z.unknown().optional() }).nullish(),
                custom: z.object({ input: z.unknown().optional() }).nullish(),
              }),
            )
            .nullish()
            .catch(null),
          function_call: z.object({ arguments: z.unknown().optional() }).nullish().catch(null),
        })
        .nullish(),
    }),
  ),
  usage: z.object({ prompt_tokens: tokens, input_tokens: tokens, completion_tokens: tokens, output_tokens: tokens }).nullish().catch(null),
})
type ChatMessage = NonNullable<z.infer<typeof answerSchema>['choices'][number]['message']>

/** Maximum length of a reply; no model writes more about one item, and parsing more blocks the event loop for seconds. */
const maxCharacters = 1_000_000

/** Google's response if it withholds an answer; it has no choices. */
const blockedSchema = z.object({ promptFeedback: z.object({ blockReason: z.string() }) })
/** Azure's response if it withholds an answer; its list of choices is empty. */
const azureBlockedSchema = z.object({ prompt_filter_results: z.array(z.object({ content_filter_results: z.unknown() })) })
const filtered =
  /^(content_?filter|(image_)?safety|(image_)?prohibited_content|blocklist|spii|(image_)?recitation|refusal|sensitive|guardrail|error_toxic|language$)/i
/** Google's reasons for a tool call that is not valid JSON, also through OpenRouter and LiteLLM. */
const brokenCall = /malformed_function_call|unexpected_tool_call/i
/** Reasons of Zhipu, DeepSeek, OpenRouter, vLLM and SGLang for a server fault. */
const failed = /^(error|network_error|insufficient_system_resource|abort(ed)?|cancell?ed|timeout)$/i
/** Equivalents of OpenAI's `length` at Google, Anthropic and Mistral. */
const cutOff = /^(max_(output_)?tokens|model_length|repetition_truncation|truncated|model_context_window_exceeded|error_limit)$/i

/**
 * Reads the first choice of a Chat Completions answer.
 * @param url of the request, for messages
 * @throws CallFailure; ServerError if the choice contains an error
 */
export async function toCompletion(answer: unknown, request: CompletionRequest, url: string, key: string | null): Promise<Completion> {
  const blocked = blockedSchema.safeParse(answer).data?.promptFeedback.blockReason
  if (blocked !== undefined) throw new CallFailure('refused', message('provider.filterRefusesRequest', { reason: blocked }))
  const parsed = answerSchema.safeParse(withFirstChoice(answer))
  const words = parsed.success ? '' : withoutKey(wordsOf(answer), key)
  if (!parsed.success)
    throw new CallFailure(
      'wrong-address',
      words === '' ? message('provider.notChatServer', { url }) : message('provider.notChatServerSays', { url, words: quote(words) }),
      {
        reply: withoutKey(JSON.stringify(answer), key).slice(0, 2_000),
      },
    )
  const { choices, usage, model } = parsed.data
  const [choice] = choices
  const error = errorInside(firstChoice(answer)) ?? errorInside({ error: choice?.message?.error })
  if (error) throw error
  const rejected = choice ? null : filteredBy(azureBlockedSchema.safeParse(answer).data?.prompt_filter_results[0]?.content_filter_results)
  if (rejected) throw new CallFailure('refused', message('provider.filterRefusesRequest', { reason: rejected }))
  if (!choice) throw new CallFailure('server-error', message('provider.noChoices'))
  const given = choice.finish_reason ?? null
  const isCutOff = [given, choice.native_finish_reason].some((reason) => reason && (reason === 'length' || cutOff.test(reason)))
  const finish = isCutOff ? 'length' : given
  if (finish !== null && filtered.test(finish))
    throw new CallFailure('refused', message('provider.filterWithheldReply', { reason: finish }))
  if (finish !== null && brokenCall.test(finish)) throw new CallFailure('tool-call', message('generation.modelCalledTool'))
  if (finish !== null && failed.test(finish)) throw new ServerError(500, `finish_reason: ${finish}`)
  if (!choice.message && typeof choice.text === 'string')
    throw new CallFailure('wrong-address', message('provider.completesTexts', { url }))
  if (!choice.message && choice.delta !== undefined) throw new CallFailure('event-stream', message('provider.answerStreamed', { url }))
  if (!choice.message) throw new CallFailure('server-error', message('provider.emptyMessage'))
  const { message: answered } = choice
  const content = withoutKey(contentOf(answered.content) || contentOf(answered.parsed), key)
  const refusal = answered.refusal || refusalIn(answered.content)
  const filter = content.trim() === '' ? filteredBy(choice.content_filter_results) : null
  if (filter !== null) throw new CallFailure('refused', message('provider.filterWithheldReply', { reason: filter }))
  const elsewhere = replyInTools(answered) ?? (content.trim() === '' ? replyInThoughts(answered) : null)
  const longest = Math.max(content.length, elsewhere?.text.length ?? 0)
  if (longest > maxCharacters)
    throw new CallFailure('wrong-shape', message('provider.replyTooLong', { count: longest }), {
      reply: content || (elsewhere?.text ?? ''),
    })
  return {
    text: content,
    finishReason: finish,
    refusal: refusal ? withoutKey(refusal, key) : null,
    promptTokens: usage?.prompt_tokens ?? usage?.input_tokens ?? (await countMessageTokens(request.messages)),
    completionTokens: usage?.completion_tokens ?? usage?.output_tokens ?? (await countTokens(content)),
    model: model ?? request.model,
    beside: listBeside(answer, choicesIn(answer) ?? [], content).map((each) => ({ ...each, value: withoutKey(each.value, key) })),
    ...(elsewhere ? { elsewhere: { ...elsewhere, text: withoutKey(elsewhere.text, key) } } : {}),
  }
}

/** Returns what Azure's filter found in a withheld reply, if `finish_reason` does not report it. */
function filteredBy(results: unknown): string | null {
  const found = Object.entries(isFields(results) ? results : {}).filter(([, result]) => isFields(result) && result['filtered'] === true)
  return found.length > 0 ? found.map(([name]) => name).join(', ') : null
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const choicesIn = (answer: unknown): unknown[] | null => (isFields(answer) && Array.isArray(answer['choices']) ? answer['choices'] : null)

const firstChoice = (answer: unknown): unknown => choicesIn(answer)?.[0]

/** Drops all further choices: one was requested, and validating a million blocks the event loop for seconds. */
const withFirstChoice = (answer: unknown): unknown =>
  isFields(answer) && choicesIn(answer) ? { ...answer, choices: choicesIn(answer)?.slice(0, 1) } : answer

/** Returns the content of a text, of a list of parts without the reasoning, or of JSON that the server already parsed. */
function contentOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (Array.isArray(content)) return content.map(partText).join('')
  if (content === null || content === undefined) return ''
  return (isFields(content) && partText(content)) || JSON.stringify(content)
}

const thoughts = /think|reason|thought|summary/i

function partText(part: unknown): string {
  if (!isFields(part)) return contentOf(part)
  if (thoughts.test(String(part['type'] ?? '')) || part['thought'] === true) return ''
  const { type, text: own, json } = part
  if (typeof own === 'string') return own
  if (isFields(json) || Array.isArray(json)) return JSON.stringify(json)
  if (isFields(own) && typeof own['value'] === 'string') return own['value']
  if (type === 'text') return contentOf(part['content'])
  // Parts that are not text are read as JSON: they may contain pairs, and otherwise their fields are listed.
  return type === 'refusal' || own === null ? '' : JSON.stringify(part)
}

function refusalIn(content: unknown): string | null {
  const parts: readonly unknown[] = Array.isArray(content) ? content : []
  const found = parts.find((part) => isFields(part) && part['type'] === 'refusal')
  return isFields(found) ? String(found['refusal'] ?? '') || null : null
}

/** Joins the arguments of all tool calls: one call has the whole reply, several have a pair or a list of pairs each. */
function replyInTools(answered: ChatMessage): Completion['elsewhere'] | null {
  const calls = (answered.tool_calls ?? []).map((call) => call.function?.arguments ?? call.custom?.input)
  if (answered.function_call) calls.push(answered.function_call.arguments)
  const texts = calls.map((each) => (typeof each === 'string' ? each : JSON.stringify(each ?? '')))
  return texts.length > 0 ? { place: 'tool-call', text: texts.join('\n') } : null
}

/** Returns a reply that the server returned as the model's reasoning by mistake. */
function replyInThoughts(answered: ChatMessage): Completion['elsewhere'] | null {
  const { reasoning_content: content, reasoning: words, thinking, reasoning_details: details } = answered
  const reasoning = [content, words, thinking, thoughtsIn(details), thoughtsIn(answered.content)].map(thoughtText).find(Boolean)
  return reasoning ? { place: 'in-reasoning', text: reasoning } : null
}

function thoughtText(value: unknown): string {
  if (isFields(value)) return thoughtText(value['content'] ?? value['text'])
  const whole = Array.isArray(value) ? value.map((part) => (isFields(part) ? thoughtText(part) : contentOf(part))).join('\n') : value
  return typeof whole === 'string' ? whole.trim() : ''
}

/** Returns reasoning in parts of the content: `{type: "thinking", thinking: text or parts}`. */
function thoughtsIn(content: unknown): string {
  const parts: readonly unknown[] = Array.isArray(content) ? content : []
  return parts
    .flatMap((part) =>
      isFields(part) && thoughts.test(String(part['type'])) ? [part['thinking'] ?? part['reasoning'] ?? part['text']] : [],
    )
    .map((inner) => (typeof inner === 'string' ? inner : contentOf(inner)))
    .join('\n')
}
