import { APIConnectionTimeoutError, APIError } from 'openai'
import type { CallErrorCode } from '../../../shared/domain'
import { messageOf } from '../../../shared/problem'
import { type Said, say } from '../../../shared/say'
import { CallFailure } from '../callFailure'

/** Characters of a server's own words that are kept. */
const mostWords = 500

/**
 * `fetch`, with the words of an error put where the library looks for them: besides OpenAI's `{error: {message}}` servers answer
 * `{error: "…"}`, `{message}`, `{detail}` or a page.
 */
export const fetchWithReadableErrors: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  if (response.ok) return response
  const text = await response.text()
  const headers = new Headers(response.headers)
  for (const name of ['content-length', 'content-encoding']) headers.delete(name)
  headers.set('content-type', 'application/json')
  return new Response(JSON.stringify({ error: errorBody(text) }), { status: response.status, statusText: response.statusText, headers })
}

function errorBody(text: string): Record<string, unknown> {
  const body = parseObject(text)
  if (!body) return { message: text.trim() || '(no message)' }
  const error = body['error']
  if (typeof error === 'object' && error !== null && 'message' in error) return { ...error }
  return { ...body, message: wordsOf(error ?? body['message'] ?? body['detail'] ?? body) }
}

const wordsOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

/** What a request threw, as a failure of the call: short, with the server's own words, never with the key. */
export function failureOf(error: unknown, key: string | null): CallFailure {
  const words = (text: string) => shorten(withoutKey(text, key))
  if (error instanceof APIConnectionTimeoutError) return new CallFailure('timeout', say`The server took too long to answer.`)
  if (error instanceof APIError && typeof error.status === 'number') return failureOfStatus(error, error.status, words)
  const cause = rootCause(error)
  const code = cause.code ?? ''
  const reason = words(cause.code ?? cause.message)
  if (unreachable.has(code) || /CERT|TLS|SSL/.test(code))
    return new CallFailure('server-down', say`The server cannot be reached (${reason}).`)
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return new CallFailure('timeout', say`The server took too long to answer (${reason}).`)
  if (error instanceof APIError) return new CallFailure('server-error', say`The server closed the connection (${reason}).`)
  if (error instanceof SyntaxError) return new CallFailure('server-error', say`The server's answer is not whole JSON (${reason}).`)
  return new CallFailure('unknown', words(messageOf(error)))
}

const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'ECONNABORTED'])

function failureOfStatus(error: APIError, status: number, words: (text: string) => string): CallFailure {
  const code = codeOf(error, status)
  // OpenAI says 429 for a spent quota, others 402: asking again cannot help.
  const final = status === 402 || error.code === 'insufficient_quota' || error.type === 'insufficient_quota'
  return new CallFailure(code, (refusals[code] ?? otherRefusal)(status, words(error.message.replace(/^\d{3} /, ''))), {
    status,
    final,
    retryAfterMs: readRetryAfter(error.headers),
  })
}

function codeOf(error: APIError, status: number): CallErrorCode {
  if (status === 401 || status === 403) return 'wrong-key'
  if (status === 400 && /api[ _-]?key/i.test(error.message)) return 'wrong-key'
  if (status === 404 || error.code === 'model_not_found') return 'unknown-model'
  if (status === 429 || status === 402) return 'rate-limit'
  if (status === 408) return 'timeout'
  return status >= 500 || status === 409 ? 'server-error' : 'bad-request'
}

type Refusal = (status: number, words: string) => Said

const refusals: Partial<Record<CallErrorCode, Refusal>> = {
  'wrong-key': (status, words) => say`The server does not accept the key (${status}): ${words}`,
  'unknown-model': (status, words) => say`The server knows no such model or address (${status}): ${words}`,
  'rate-limit': (status, words) => say`The server asks to wait, or the quota is spent (${status}): ${words}`,
  timeout: (status, words) => say`The server took too long (${status}): ${words}`,
  'server-error': (status, words) => say`The server failed (${status}): ${words}`,
}
const otherRefusal: Refusal = (status, words) => say`The server refuses the request (${status}): ${words}`

/** Milliseconds that `retry-after-ms` or `retry-after` (seconds, or a date) ask to wait; null without. */
export function readRetryAfter(headers: Headers | undefined, now = Date.now()): number | null {
  const milliseconds = Number.parseFloat(headers?.get('retry-after-ms') ?? '')
  if (milliseconds >= 0) return milliseconds
  const value = headers?.get('retry-after')?.trim()
  if (!value) return null
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

function rootCause(error: unknown): { code: string | null; message: string } {
  let deepest = error
  for (let depth = 0; depth < 8; depth++) {
    const next = deepest instanceof AggregateError ? deepest.errors[0] : deepest instanceof Error ? deepest.cause : undefined
    if (next === undefined) break
    deepest = next
  }
  const code = deepest instanceof Error && 'code' in deepest && typeof deepest.code === 'string' ? deepest.code : null
  return { code, message: messageOf(deepest) }
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > mostWords ? `${line.slice(0, mostWords - 1)}…` : line
}

/** Some servers repeat the key in what they answer. Shorter ones than this are placeholders that would tear words apart. */
const shortestKey = 8

/** A text without the key in it; of anything else thrown, only its message. */
export function withoutKey(thrown: unknown, key: string | null): string {
  const text = typeof thrown === 'string' ? thrown : messageOf(thrown)
  return key !== null && key.length >= shortestKey ? text.replaceAll(key, '[key]') : text
}
