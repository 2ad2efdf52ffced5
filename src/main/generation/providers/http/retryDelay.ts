const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

const oneUnit = String.raw`\d+(?:\.\d+)?\s*(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)`
/** Matches `13s`, `1.5 seconds`, `2m3s`, `1 hour 5 min`. */
const duration = String.raw`${oneUnit}(?:[\s,]*(?:and\s+)?${oneUnit})*(?![a-z])`
const durationText = new RegExp(duration, 'i')
const durationParts = /(\d+(?:\.\d+)?)\s*(milliseconds?|ms|[smhd])/gi
/** Only a duration after these words is a delay; "at most 5 requests in 10 s" is not. */
const waitText = new RegExp(
  String.raw`(?:try|retry|retrying|wait|resets?|available)(?:\s+(?:again|your request|for|at least|after|in|is|about))*\s+(${duration})`,
  'i',
)

/** Returns the milliseconds of a duration such as `13s`, `1.5s` or `2m3s`; null for other text. */
export function parseDuration(text: string): number | null {
  const [found] = durationText.exec(text) ?? []
  if (found === undefined) return null
  return [...found.matchAll(durationParts)].reduce((sum, [, number, unit = 's']) => {
    const name = /^m(s|illi)/i.test(unit) ? 'ms' : unit.charAt(0).toLowerCase()
    return sum + Number(number) * (unitMs[name] ?? 0)
  }, 0)
}

/**
 * Returns the delay in milliseconds from `retry-after-ms`, `retry-after` (seconds, or a date), or the reset time of a limit; null without
 * one.
 */
export function readRetryAfter(headers: Headers | undefined, now = Date.now()): number | null {
  const milliseconds = Number.parseFloat(headers?.get('retry-after-ms') ?? '')
  if (milliseconds >= 0) return milliseconds
  const value = headers?.get('retry-after')?.trim()
  if (!value) return headers ? readReset(headers, now) : null
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? parseDuration(value) : Math.max(0, date - now)
}

/** Returns the milliseconds until an exhausted limit resets, from the headers of OpenAI and others that have no `retry-after`. */
function readReset(headers: Headers, now: number): number | null {
  const waits = ['ratelimit', 'x-ratelimit'].flatMap((name) =>
    ['', '-requests', '-tokens'].flatMap((limit) => {
      const [left, reset] = ['remaining', 'reset'].map((part) => headers.get(`${name}-${part}${limit}`)?.trim())
      if (!reset || (left === undefined ? limit !== '' : Number(left) > 0)) return []
      return [/^[\d.]+$/.test(reset) ? resetOf(Number(reset), now) : parseDuration(reset)]
    }),
  )
  const known = waits.filter((wait) => wait !== null)
  return known.length > 0 ? Math.max(...known) : null
}

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Returns the delay in milliseconds from an error body: Google's `RetryInfo`, `retry_after`, Hugging Face's `estimated_time`, forwarded
 * headers of another server (OpenRouter's `metadata.headers`), or the text of the message; null without one.
 * @param error the error object, or the whole body
 */
export function readDelayInBody(error: unknown, words: string, now = Date.now()): number | null {
  const found = [...fieldsIn(error, 0)].map(([name, value]) => delayOf(name, value, now)).filter((delay) => delay !== null)
  if (found.length > 0) return Math.max(...found)
  const [, wait] = waitText.exec(words) ?? []
  return wait === undefined ? null : parseDuration(wait)
}

function delayOf(name: string, value: unknown, now: number): number | null {
  if (name === 'retrydelay') return isFields(value) ? Number(value['seconds'] ?? 0) * 1000 : parseDuration(String(value))
  if (name === 'retryafterms') return numberOr(value, null)
  if (name === 'estimatedtime') return seconds(value)
  if (name === 'retryafter' || name === 'retryafterseconds')
    return typeof value === 'string' ? readRetryAfter(new Headers({ 'retry-after': header(value) }), now) : seconds(value)
  if (name === 'xratelimitreset') return resetOf(Number(value), now)
  return null
}

const header = (value: string) => value.replace(/[^\x20-\x7e]/g, ' ')
const numberOr = (value: unknown, otherwise: number | null) => {
  const number = Number(value)
  return number >= 0 && value !== null && value !== '' ? number : otherwise
}
const seconds = (value: unknown) => {
  const number = numberOr(value, null)
  return number === null ? null : number * 1000
}

/** Returns the milliseconds until a reset, given in milliseconds or seconds since 1970, or in seconds from now. */
function resetOf(value: number, now: number): number | null {
  if (!(value > 0)) return null
  const at = value > 1e11 ? value : value > 1e9 ? value * 1000 : now + value * 1000
  return Math.max(0, at - now)
}

/** Yields every field of an error, its name in lower case without dashes and underscores, down to the usual depth of errors. */
function* fieldsIn(value: unknown, depth: number): Generator<readonly [name: string, value: unknown]> {
  if (depth > 5 || typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value)) {
    yield [name.toLowerCase().replace(/[-_]/g, ''), inner]
    yield* fieldsIn(inner, depth + 1)
  }
}
