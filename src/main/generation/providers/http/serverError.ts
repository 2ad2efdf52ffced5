import { readDelayInBody, readRetryAfter } from './retryDelay'

/** An error that a server answered with, by its HTTP status or in the body of a 200. */
export class ServerError extends Error {
  override readonly name = 'ServerError'

  /**
   * @param status of HTTP; of an error inside a 200 the one that its code stands for
   * @param words the server's own, as they came
   * @param labels `code`, `type`, `status`, `param` and the like of the error and of those inside it, in small letters
   */
  constructor(
    readonly status: number,
    readonly words: string,
    readonly labels: readonly string[] = [],
    readonly retryAfterMs: number | null = null,
  ) {
    super(`${status} ${words}`)
  }

  /** Whether the error or one inside it is labelled so. */
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

/** Returns the error that the body of a 200, or one choice in it, holds; null for an answer. */
export function errorInside(body: unknown): ServerError | null {
  const named = errorIn(body)
  const error = named ?? (isBareError(body) ? body : null)
  if (error === null) return null
  const words = wordsOf(error)
  const labels = labelsOf(error)
  if (named === null && !hasFailed(body) && meaningOf(labels, words) === null) return null
  return new ServerError(statusOf(labels, words), words, labels, readDelayInBody(body, words))
}

/** `{error}`, a list with one in it (Google), or an object that calls itself an error (vLLM). */
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

/** An error of a server that has no `error` around it, as Zhipu, MiniMax, Baidu and FastAPI write it; other programs have messages too. */
function isBareError(body: unknown): boolean {
  if (!isFields(body) || 'data' in body || (Array.isArray(body['choices']) && body['choices'].length > 0)) return false
  if (isFields(body['base_resp'])) return body['base_resp']['status_code'] !== 0
  return ['message', 'msg', 'detail', 'error_msg', 'errmsg'].some((key) => typeof body[key] === 'string') || Array.isArray(body['errors'])
}

/** Baidu leaves no doubt that its answer is an error, whatever its number is. */
const hasFailed = (body: unknown): boolean => isFields(body) && 'error_msg' in body && Boolean(body['error_code'])

/** What an error calls itself, and what the errors inside it do (Azure's `innererror`, Google's `details`, OpenRouter's `metadata.raw`). */
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

/** What the codes of OpenAI, Anthropic, Google, OpenRouter and others stand for, in the order in which they are looked for. */
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

/** What a request that is wrong is answered with; to ask again cannot help. */
const wrongRequest = /\b(invalid|missing|required|must (be|not|have|contain)|(should|can) ?not be|too long|illegal)\b/i

/** An error without a number or a name that we know may pass, as a 500 may. */
const statusOf = (labels: readonly string[], words: string): number => meaningOf(labels, words) ?? (wrongRequest.test(words) ? 400 : 500)

function meaningOf(labels: readonly string[], words: string): number | null {
  const number = labels.map(Number).find((value) => Number.isInteger(value) && value >= 400 && value < 600)
  if (number !== undefined) return number
  const [, byLabel] = meanings.find(([pattern]) => labels.some((label) => pattern.test(label))) ?? []
  return byLabel ?? meaningsOfWords.find(([pattern]) => pattern.test(words))?.[1] ?? null
}

/** Where servers put their words, the best place first. */
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

/** The words of an error for a person; of fields that hold none, an empty text. */
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

/** Of JSON that is not whole, the first message in it: raw JSON helps nobody. */
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

/** The title of a web page, else its first heading or its words; null for other text. */
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
