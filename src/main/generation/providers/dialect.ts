import type { ProviderSettings } from '../../../shared/domain'
import type { ServerError } from './http/serverError'

/**
 * Variants of Chat Completions, since servers and models differ in what they support. Each list is ordered by preference; a variant that a
 * server has rejected is not sent to it again.
 */
const choices = {
  format: ['json_schema', 'json_object', 'none'],
  limit: ['max_tokens', 'max_completion_tokens', 'none'],
  temperature: ['sent', 'none'],
  topP: ['sent', 'none'],
  /** `merged`: the system message is prepended to the first user message. */
  system: ['own', 'merged'],
} as const

export type Dialect = { readonly [K in keyof typeof choices]: (typeof choices)[K][number] }
type Part = keyof Dialect

export const firstDialect: Dialect = { format: 'json_schema', limit: 'max_tokens', temperature: 'sent', topP: 'sent', system: 'own' }

export type WantedFormat = ProviderSettings['structuredOutput']

/** Returns the dialect with the format from the settings; a format that the server has rejected is not tried again. */
export const withFormat = (dialect: Dialect, wanted: WantedFormat): Dialect =>
  wanted === 'auto' ? dialect : { ...dialect, format: later('format', dialect, { ...dialect, format: wanted }) }

/** Dialects by address and model, kept while the program runs. */
const learned = new Map<string, Dialect>()
const nameOf = (baseUrl: string, model: string) => `${baseUrl.replace(/\/+$/, '')} ${model}`

export const dialectOf = (baseUrl: string, model: string): Dialect => learned.get(nameOf(baseUrl, model)) ?? firstDialect

/** Remembers what a call has learned. Concurrent calls add up, and none discards what another has learned. */
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

/** Clears all dialects, for tests whose servers reuse ports. */
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

/** Matches a server fault (500) from a failed template; only words that are specific to system messages. */
const systemRefused =
  /\bsystem\b.{0,60}(not (be )?(support|allow|enabl|permit|accept|implement)|n[o']t support|unsupported|unexpected|invalid|unknown|not one of)|(unsupported|unexpected|invalid|unknown|not support|only).{0,60}\bsystem\b|roles? must alternate|only user and assistant roles/
/** Matches a rejected request: models and gateways word it in dozens of ways, and a retry costs nothing. */
const rolesRejected =
  /\bsystem(_instruction)?\b|\broles?\b|\bdeveloper instruction|\balternat|(first|start|begin).{0,40}\bmessage|\bmessages?\b.{0,20}\bfirst\b/
/** Matches OpenRouter's 404 if no server of a model supports a parameter. */
const noServerTakes = /no endpoints found that (?:support|can handle) the requested parameters/

/** Returns whether a reply failed by chance: the format is changed for this call only. */
export const isPassing = (error: ServerError): boolean => error.is(/json_validate_failed/) || /failed to generate json/i.test(error.words)

/**
 * Returns the dialect to retry with after an error that names the unsupported part; null if another dialect cannot help.
 * @param sent dialect of the failed request
 * @param hasSystem whether the request has a system message
 */
export function adaptDialect(sent: Dialect, error: ServerError, hasSystem: boolean): Dialect | null {
  const { status } = error
  const said = `${error.labels.join(' ')} ${error.words}`.toLowerCase()
  // Rust servers list all fields that they know after the unknown one.
  const complaint = /unknown field `(\w+)`/.exec(said)?.[1] ?? said
  const isRejection = status === 400 || status === 422
  // Templates and grammars of models fail inside some servers, which report it as a server fault.
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
