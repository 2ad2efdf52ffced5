import { readDelayInBody, readRetryAfter } from './retryDelay'

/** An error response of a server, reported by its HTTP status or in the body of a 200. */
export class ServerError extends Error {
  override readonly name = 'ServerError'

  /**
   * @param status HTTP status; for an error inside a 200, the status that its code represents
   * @param words the server's message, unchanged
   * @param labels `code`, `type`, `status`, `param` and the like of the error and of nested errors, in lower case
   */
  constructor(
    readonly status: number,
    readonly words: string,
    readonly labels: readonly string[] = [],
    readonly retryAfterMs: number | null = null,
  ) {
    super(`${status} ${words}`)
  }

  /** Returns whether the error or a nested one has a matching label. */
  is(pattern: RegExp): boolean {
    return this.labels.some((label) => pattern.test(label))
  }
}

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads the body of an HTTP error: JSON of any kind, the title of a page, or text. */
export function errorOfStatus(status: number, headers: Headers, text: string): ServerError {
  const body = parseJson(text)
  const error = body === undefined ? text : (errorIn(body) ?? body)
  const words = body === undefined ? (pageTitle(text) ?? wordsOfText(text)) : wordsOf(error)
  const delays = [readRetryAfter(headers), readDelayInBody(body, words)].filter((delay) => delay !== null)
  return new ServerError(status, words, labelsOf(error), delays.length > 0 ? Math.max(...delays) : null)
}

/** Returns the error in the body of a 200, or in one of its choices; null for an answer. */
export function errorInside(body: unknown): ServerError | null {
  const named = errorIn(body)
  const error = named ?? (isBareError(body) ? body : null)
  if (error === null) return null
  const words = wordsOf(error)
  const labels = labelsOf(error)
  if (named === null && !hasFailed(body) && meaningOf(labels, words) === null) return null
  return new ServerError(statusOf(labels, words), words, labels, readDelayInBody(body, words))
}

/** Returns the error in `{error}`, in a list (Google), or an object that declares itself an error (vLLM); null for none. */
function errorIn(body: unknown): unknown {
  if (Array.isArray(body))
    return (
      body
        .filter(isFields)
        .map(errorIn)
        .find((error) => error !== null) ?? null
    )
  if (!isFields(body)) return null
  const { error } = body
  if (isFields(error) ? Object.values(error).some(Boolean) : Boolean(error)) return isFields(error) ? error : { ...body, message: error }
  return body['object'] === 'error' || body['type'] === 'error' ? body : null
}

/**
 * Returns whether a body is an error without `error` around it, as from Zhipu, MiniMax, Baidu and FastAPI; other programs have messages
 * too.
 */
function isBareError(body: unknown): boolean {
  if (!isFields(body) || 'data' in body || (Array.isArray(body['choices']) && body['choices'].length > 0)) return false
  if (isFields(body['base_resp'])) return body['base_resp']['status_code'] !== 0
  return ['message', 'msg', 'detail', 'error_msg', 'errmsg'].some((key) => typeof body[key] === 'string') || Array.isArray(body['errors'])
}

/** Returns whether an answer of Baidu or Cloudflare is certainly an error, regardless of its number. */
const hasFailed = (body: unknown): boolean =>
  isFields(body) && (('error_msg' in body && Boolean(body['error_code'])) || (body['success'] === false && Array.isArray(body['errors'])))

/** Returns the labels of an error and of nested errors (Azure's `innererror`, Google's `details`, OpenRouter's `metadata.raw`). */
function labelsOf(error: unknown, depth = 0): string[] {
  if (depth > 5) return []
  if (typeof error === 'string') return depth > 0 ? labelsOf(parseJson(error), depth + 1) : []
  if (typeof error !== 'object' || error === null) return []
  const isLabel = ([name, value]: readonly [string, unknown]) =>
    /^(code|type|status|param|reason|error_?type|error_?code|status_?code)$/i.test(name) && ['string', 'number'].includes(typeof value)
  const entries = Object.entries(error)
  const own = entries.filter(isLabel).map(([, value]) => String(value).toLowerCase())
  return [...own, ...entries.filter((entry) => !isLabel(entry)).flatMap(([, value]) => labelsOf(value, depth + 1))]
}

/** HTTP statuses that the codes of OpenAI, Anthropic, Google, OpenRouter and others represent, in order of precedence. */
const meanings: readonly (readonly [RegExp, number])[] = [
  [/insufficient_quota|billing|payment|credit|arrear/, 402],
  [/rate.?limit|too_?many|resource_exhausted|throttl|quota/, 429],
  [/api_?key|unauthenticated|authentication|unauthori[sz]ed|invalid_token/, 401],
  [/permission|forbidden/, 403],
  [/content_?(filter|policy)|responsibleai|moderation|safety/, 400],
  [/not_?found/, 404],
  [/timeout|timed_?out|deadline/, 408],
  [/overload|unavailable|server_?error|internal|api_error|bad_?gateway|upstream/, 503],
  [/invalid|bad_?request|badrequest|context_length|validat|unsupported/, 400],
]
const meaningsOfWords: readonly (readonly [RegExp, number])[] = [
  [/insufficient (balance|credit|fund)|balance .{0,20}(insufficient|too low)|arrear|余额不足|欠费/i, 402],
  [/rate.?limit|request limit|too many requests|quota|频率|速率|限流|并发|请求过多/i, 429],
  [/api.?(key|secret)|access token|unauthori[sz]ed|not authenticated|authentication|login fail|身份验证|鉴权|令牌/i, 401],
  [/model\b.*(not found|not exist)|unexpected endpoint|模型不存在/i, 404],
  [/overloaded|internal (server )?error|temporarily unavailable|繁忙|稍后/i, 503],
  [/参数(非法|错误|无效|有误)|敏感内容/, 400],
]

/** Message of an invalid request; a retry cannot help. */
const wrongRequest = /\b(invalid|missing|required|must (be|not|have|contain)|(should|can) ?not be|too long|illegal)\b/i

/** Returns the status of an error; one without a known number or name may be transient, like a 500. */
const statusOf = (labels: readonly string[], words: string): number => meaningOf(labels, words) ?? (wrongRequest.test(words) ? 400 : 500)

function meaningOf(labels: readonly string[], words: string): number | null {
  const number = labels.map(Number).find((value) => Number.isInteger(value) && value >= 400 && value < 600)
  if (number !== undefined) return number
  const [, byLabel] = meanings.find(([pattern]) => labels.some((label) => pattern.test(label))) ?? []
  return byLabel ?? meaningsOfWords.find(([pattern]) => pattern.test(words))?.[1] ?? null
}

/** Fields in which servers put their message, in order of preference. */
const places = [
  'message',
  'msg',
  'detail',
  'details',
  'error',
  'errors',
  'error_description',
  'error_msg',
  'errmsg',
  'base_resp',
  'status_msg',
  'description',
  'title',
  'reason',
  'raw',
]

/** Returns the readable message of an error; an empty text if its fields contain none. */
export function wordsOf(value: unknown, depth = 0): string {
  if (depth > 5 || value === null) return ''
  if (typeof value === 'string') {
    const inner = parseJson(value)
    return typeof inner === 'object' && inner !== null ? wordsOf(inner, depth + 1) : value.trim()
  }
  if (Array.isArray(value)) {
    const all = value.slice(0, 3).map((each) => wordsOf(each, depth + 1))
    return all.filter(Boolean).join('; ')
  }
  if (!isFields(value)) return ''
  const own = places.map((place) => wordsOf(value[place], depth + 1)).find(Boolean) ?? ''
  const where = Array.isArray(value['loc']) ? value['loc'].join('.') : ''
  const passedOn = wordsOf(value['metadata'], depth + 1)
  const full = passedOn && !own.includes(passedOn) ? [own, passedOn].filter(Boolean).join(': ') : own
  return where && full ? `${where}: ${full}` : full
}

/** Returns the first message in incomplete JSON, since raw JSON is of no use to a reader. */
function wordsOfText(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text
  const [, message = '""'] = /"(?:message|detail|error)"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(text) ?? []
  return String(parseJson(message) ?? '')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const isPage = (text: string): boolean =>
  /^\s*(<\?xml[^>]{0,200}\?>\s*)?(<!--[\s\S]*?-->\s*){0,9}<(!doctype\s+html|html|head|body|script|meta|title|iframe)\b/i.test(text)

/** Returns the title of a web page, else its first heading or its text; null for other text. */
export function pageTitle(text: string): string | null {
  if (!isPage(text)) return null
  const [, title = ''] = /<title[^>]*>([^<]*)/i.exec(text) ?? /<h1[^>]*>([\s\S]*?)<\/h1>/i.exec(text) ?? []
  const words = title.trim() || text.replace(/<(script|style)\b[\s\S]*?(<\/\1>|$)/gi, ' ').slice(0, 20_000)
  return words
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
