import type { Response as ServerResponse } from 'undici'
import { message, type Text } from '../../../../shared/messages/message'
import { CallFailure } from '../../run/callFailure'
import { readBeginning, readBody } from './readBody'
import { errorInside, errorOfStatus, isPage, pageTitle } from './serverError'
import { quote, withoutKey } from './words'

const megabyte = 1_048_576

interface Asked {
  /** Address of the request, for messages. */
  readonly url: string
  readonly maxReplyMb: number
  readonly key: string | null
  /** Whether the maximum number of redirects was already followed. */
  readonly isRedirected?: boolean
}

/**
 * Reads an answer and returns its text, which is JSON without an error of the server.
 * @throws ServerError for an error; CallFailure for anything that is not an answer of a model server: a page, a stream, a redirect, text
 */
export async function readAnswer(response: ServerResponse, asked: Asked): Promise<string> {
  const { status, headers } = response
  const body = response.body as ReadableStream<Uint8Array> | null
  const type = headers.get('content-type') ?? ''
  const quoted = (words: string) => quote(withoutKey(words, asked.key))
  if (status >= 300 && status < 400) {
    void body?.cancel().catch(() => undefined)
    const to = quoted(headers.get('location') ?? '')
    if (asked.isRedirected)
      throw new CallFailure('wrong-address', message('provider.redirectedTooOften', { url: asked.url, status, to }), { status })
    throw new CallFailure('wrong-address', message('provider.redirected', { url: asked.url, status, to }), { status })
  }
  if (!response.ok) {
    const text = await readBeginning(body)
    if (isPage(text) && pagesOfOthers.has(status)) throw webPage(asked.url, quoted(pageTitle(text) ?? ''), status)
    throw errorOfStatus(status, new Headers([...headers]), text)
  }
  // A stream may never end; its first piece shows what it is.
  if (/^text\/event-stream\b/i.test(type)) throw streamed(await readBeginning(body, 1), asked.url)
  const encoding = /charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1]
  const { text, isWhole, isDecoded } = await readBody(body, asked.maxReplyMb * megabyte, encoding)
  if (isPage(text)) throw webPage(asked.url, quoted(pageTitle(text) ?? ''), status)
  if (!isWhole) throw new CallFailure('too-large', message('provider.answerTooLarge', { maxReplyMb: asked.maxReplyMb }))
  if (!isDecoded) throw new CallFailure('server-error', message('provider.answerNotUtf8'))
  const whole = withoutPings(text)
  if (/^\s*(data|event|id|retry|) *:/.test(whole)) throw streamed(whole, asked.url)
  const json = withoutNaN(whole)
  const error = errorInside(parseAnswer(json, { url: asked.url, status, quoted }))
  if (error) throw error
  return json
}

/** Removes stream comments that gateways write even before JSON, to keep the connection open. */
function withoutPings(text: string): string {
  const ping = /\s*:[^\n]*\n/y
  let end = 0
  while (ping.test(text)) end = ping.lastIndex
  return text.slice(end)
}

/** Statuses whose pages come from something in between, such as a proxy, a sign-in or a bot check, and not from the model server. */
const pagesOfOthers: ReadonlySet<number> = new Set([401, 403, 407, 511])

const webPage = (url: string, title: Text, status: number) =>
  new CallFailure('web-page', message('provider.webPage', { url, status, title }), { status })

/** Returns the failure of a stream; a stream may contain an error of the server too. */
function streamed(text: string, url: string): Error {
  for (const [, data = ''] of text.matchAll(/^(?:data: *)?(\{.*\})\s*$/gm)) {
    try {
      const error = errorInside(JSON.parse(data))
      if (error) return error
    } catch {
      continue
    }
  }
  return new CallFailure('event-stream', message('provider.answerStreamed', { url }))
}

/** Returns whether a text is JSON Lines, as Ollama streams it. */
function isJsonLines(text: string): boolean {
  const [first = '', second = ''] = text.trimStart().split(/\r?\n/, 2)
  return /^\{.*\}\s*$/.test(first) && second.startsWith('{')
}

/** Maximum depth of lists and objects in an answer; parsing a million levels takes gigabytes of memory. */
const maxDepth = 500

function isTooDeep(json: string): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < json.length && depth <= maxDepth; at++) {
    const character = json.charCodeAt(at)
    if (character === quotation) inString = !inString
    else if (inString) at += character === backslash ? 1 : 0
    else if (character === openList || character === openObject) depth++
    else if (character === closeList || character === closeObject) depth--
  }
  return depth > maxDepth
}

const [quotation, backslash, openList, closeList, openObject, closeObject] = [...'"\\[]{}'].map((each) => each.charCodeAt(0))

const stringOrNaN = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/gs

/** Replaces NaN and Infinity by null. Python writes them, for example in log probabilities, but they are not valid JSON. */
const withoutNaN = (text: string): string =>
  /NaN|Infinity/.test(text) ? text.replaceAll(stringOrNaN, (found) => (found.startsWith('"') ? found : 'null')) : text

interface FailureFacts {
  readonly url: string
  readonly status: number
  readonly quoted: (words: string) => Text
}

function parseAnswer(text: string, { url, status, quoted }: FailureFacts): unknown {
  if (isTooDeep(text)) throw new CallFailure('server-error', message('provider.answerTooDeep'))
  try {
    return JSON.parse(text)
  } catch (error) {
    if (text.trim() === '') throw new CallFailure('server-error', message('provider.answerEmpty', { status }), { status })
    if (isJsonLines(text)) throw streamed(text, url)
    if (/^\s*[[{].*[\]}]\s*$/s.test(text)) throw new CallFailure('server-error', message('provider.answerDamaged'), { cause: error })
    if (/^\s*[[{]/.test(text))
      throw new CallFailure('server-error', message('provider.answerCutOff', { count: text.length }), {
        cause: error,
      })
    throw new CallFailure('wrong-address', message('provider.answerNotJson', { url, text: quoted(text) }))
  }
}
