import type { UnusedField } from '../../../shared/domain'
import { unusedField } from '../reply/unusedField'

type Fields = Readonly<Record<string, unknown>>

/** Fields in which servers and gateways report that they omitted a part of the request or the reply. */
const notices = /^(?:(?:\w+[_-])?(?:warnings?|notices?)|truncated|deprecation_?warning)$/i
/** Fields for what a model returns in addition to text: generated images, and web sources. */
const companions = /^(?:images|annotations|citations|search_results)$/i
/** Values of `finish_reason` for a complete reply. */
const whole =
  /^(?:stop|eos|eos_token|end_?turn|end|stop_sequence|stop_token|tool_calls?|tool_use|function_call|completed?|done|finished|success)$/i

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const saysNothing = (value: unknown) =>
  value === null || value === undefined || value === false || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)

const field = (name: string, value: unknown, count?: number) =>
  unusedField(name, typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), count)

const namedIn = (value: unknown, names: RegExp) =>
  Object.entries(isFields(value) ? value : {}).flatMap(([name, each]) =>
    names.test(name) && !saysNothing(each) ? [field(name, each)] : [],
  )
const noticesIn = (value: unknown) => namedIn(value, notices)
const companionsIn = (value: unknown) => namedIn(value, companions)

/**
 * Lists what a server returns in addition to the content of its first choice, if it may affect the value of the pairs: warnings, further
 * choices, images and citations, parsed JSON that differs from the content, an unusual finish reason, and findings of its filter.
 */
export function listBeside(answer: unknown, choices: readonly unknown[], content: string): UnusedField[] {
  const [choice, ...others] = choices
  if (!isFields(choice)) return []
  const { message, finish_reason: reason, content_filter_results: results } = choice
  const parsed = isFields(message) ? message['parsed'] : undefined
  const found = Object.entries(isFields(results) ? results : {}).flatMap(([name, each]) =>
    isFields(each) && each['filtered'] === true ? [name] : [],
  )
  return [
    ...noticesIn(answer),
    ...noticesIn(choice),
    ...noticesIn(message),
    ...companionsIn(answer),
    ...companionsIn(message),
    ...(others[0] === undefined ? [] : [field('choices', others[0], others.length)]),
    ...(saysNothing(parsed) || isSameJson(content, parsed) ? [] : [field('parsed', parsed)]),
    ...(typeof reason === 'string' && reason !== '' && !whole.test(reason) ? [field('finish_reason', reason)] : []),
    ...(found.length > 0 ? [field('content_filter_results', found.join(', '))] : []),
  ]
}

function isSameJson(content: string, parsed: unknown): boolean {
  try {
    return content.trim() === '' || JSON.stringify(JSON.parse(content)) === JSON.stringify(parsed)
  } catch {
    return false
  }
}
