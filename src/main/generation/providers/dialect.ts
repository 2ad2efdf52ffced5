import type { ProviderSettings } from '../../../shared/domain'
import type { ServerError } from './http/serverError'

/**
 * Servers and models differ in what they take of Chat Completions. Each list begins with what is tried first; what a server has rejected is
 * not sent to it again.
 */
const choices = {
  format: ['json_schema', 'json_object', 'none'],
  limit: ['max_tokens', 'max_completion_tokens', 'none'],
  temperature: ['sent', 'none'],
  topP: ['sent', 'none'],
  /** `merged`: the system message is put before the first user message */
  system: ['own', 'merged'],
} as const

export type Dialect = { readonly [K in keyof typeof choices]: (typeof choices)[K][number] }
type Part = keyof Dialect

export const firstDialect: Dialect = { format: 'json_schema', limit: 'max_tokens', temperature: 'sent', topP: 'sent', system: 'own' }

export type WantedFormat = ProviderSettings['structuredOutput']

/** Returns the dialect with the format that the settings want; one that the server has rejected is not tried again. */
export const withFormat = (dialect: Dialect, wanted: WantedFormat): Dialect =>
  wanted === 'auto' ? dialect : { ...dialect, format: later('format', dialect, { ...dialect, format: wanted }) }

/** By address and model, for as long as the program runs. */
const learned = new Map<string, Dialect>()
const nameOf = (baseUrl: string, model: string) => `${baseUrl.replace(/\/+$/, '')} ${model}`

export const dialectOf = (baseUrl: string, model: string): Dialect => learned.get(nameOf(baseUrl, model)) ?? firstDialect

/** Remembers what a call has learned. Calls that learn at once add up, and none unlearns more than one step. */
export function rememberDialect(baseUrl: string, model: string, dialect: Dialect): void {
  const known = dialectOf(baseUrl, model)
  learned.set(nameOf(baseUrl, model), {
    format: later('format', known, dialect),
    limit: later('limit', known, dialect),
    temperature: later('temperature', known, dialect),
    topP: later('topP', known, dialect),
    system: later('system', known, dialect),
  })
}

/** For tests, whose servers take the ports of earlier ones. */
export const forgetDialects = (): void => learned.clear()

const orderOf = (part: Part): readonly string[] => choices[part]

const later = <K extends Part>(part: K, one: Dialect, other: Dialect): Dialect[K] =>
  orderOf(part).indexOf(one[part]) > orderOf(part).indexOf(other[part]) ? one[part] : other[part]

function next(dialect: Dialect, part: Part): Dialect | null {
  const following = orderOf(part)[orderOf(part).indexOf(dialect[part]) + 1]
  return following === undefined ? null : { ...dialect, [part]: following }
}

const formatWords =
  /json_validate_failed|grammar|response.?(format|schema)|output_(format|config)|json[ _]schema|json_object|structured.?output|guided.?(json|decoding)|constrained decoding|json.?mode|required for format/

/** Within a fault of the server (500), where templates fail: words that are about nothing else. */
const systemRefused =
  /\bsystem\b.{0,60}(not (be )?(support|allow|enabl|permit|accept|implement)|n[o']t support|unsupported|unexpected|invalid|unknown|not one of)|(unsupported|unexpected|invalid|unknown|not support|only).{0,60}\bsystem\b|roles? must alternate|only user and assistant roles/
/** Within a rejected request: models and gateways have dozens of sentences for it, and to ask otherwise costs nothing. */
const rolesRejected =
  /\bsystem(_instruction)?\b|\broles?\b|\bdeveloper instruction|\balternat|(first|start|begin).{0,40}\bmessage|\bmessages?\b.{0,20}\bfirst\b/
/** OpenRouter's 404 where no server of a model takes a parameter. */
const noServerTakes = /no endpoints found that (?:support|can handle) the requested parameters/

/** Whether a reply failed by chance: the format is given up for this call alone. */
export const isPassing = (error: ServerError): boolean => error.is(/json_validate_failed/) || /failed to generate json/i.test(error.words)

/**
 * Returns the dialect to ask in after an error that says what was wrong with this one; null where asking otherwise cannot help.
 * @param sent what the failed request was sent in
 * @param hasSystem whether the request has a system message
 */
export function adaptDialect(sent: Dialect, error: ServerError, hasSystem: boolean): Dialect | null {
  const { status } = error
  const said = `${error.labels.join(' ')} ${error.words}`.toLowerCase()
  // Rust's servers list all fields that they know behind the one that they do not.
  const complaint = /unknown field `(\w+)`/.exec(said)?.[1] ?? said
  const isRejection = status === 400 || status === 422
  // Templates of models and grammars fail inside of some servers, which is told as a fault of theirs.
  if (status === 404 && noServerTakes.test(complaint)) return next(sent, 'format')
  if (!isRejection && status !== 500 && status !== 501) return null
  if (formatWords.test(complaint)) return next(sent, 'format')
  if (hasSystem && (isRejection ? rolesRejected : systemRefused).test(complaint) && sent.system === 'own') return next(sent, 'system')
  if (!isRejection) return null
  if (
    /max_(completion_)?tokens/.test(complaint) &&
    !/context|maximum allowed|too large|at most|range|must be (less|between|<)/.test(complaint)
  )
    return next(sent, 'limit')
  if (/temperature/.test(complaint) && sent.temperature === 'sent') return next(sent, 'temperature')
  if (/top_p/.test(complaint)) return next(sent, 'topP')
  return /\bschema\b|failed to generate json/.test(complaint) ? next(sent, 'format') : null
}
