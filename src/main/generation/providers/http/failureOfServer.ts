import type { CallErrorCode } from '../../../../shared/domain'
import { type Message, message, type Text } from '../../../../shared/messages/message'
import { CallFailure } from '../../run/callFailure'
import type { ServerError } from './serverError'

/**
 * Converts a server error to a call failure according to its status and codes, with the server's message.
 * @param url of the request
 * @param words the server's message, shortened and in quotation marks
 */
export function failureOfServer(error: ServerError, url: string, words: Text): CallFailure {
  const { status, retryAfterMs } = error
  const code = codeOf(error)
  const final = isSpent(error)
  return new CallFailure(code, messageOf(code, { error, url, words, final }), { status, final, retryAfterMs })
}

/** Labels with which Azure, OpenAI, OpenRouter's moderation and others refuse a request because of its content. */
const filterLabels =
  /content_?filter|content_?policy|responsibleaipolicy|moderation|data_?inspection|prohibited_content|guardrail|^safety$|flagged/
const filterWords =
  /content management policy|content[ _]filter|content policy|was flagged|\b(?:input|prompt|request|output) (?:flagged|blocked)|safety system|data may contain inappropriate|敏感内容/i

export const isContentFilter = (error: ServerError): boolean =>
  error.status >= 400 && error.status < 500 && (error.is(filterLabels) || filterWords.test(error.words))

const spentLabels = /insufficient_quota|current_quota|billing|budget_exceeded|overdue/
const spentWords =
  /credit balance|budget has been exceeded|insufficient (balance|credit|fund)|balance .{0,20}insufficient|exceeded your .{0,20}credits|余额不足|欠费/i

/** OpenAI's message for a spent quota; Google uses it for a limit per minute too, with a retry delay. */
const quotaWords = /exceeded your current quota/i

/** Returns whether a quota is spent, so that a retry cannot help. OpenAI reports it with 429, others with 400 or 402. */
function isSpent(error: ServerError): boolean {
  const { status, words, retryAfterMs } = error
  if (status === 402 || error.is(spentLabels)) return true
  if (status < 400 || status >= 500) return false
  return spentWords.test(words) || (quotaWords.test(words) && retryAfterMs === null)
}

const modelLabels = /^(invalid_model|deploymentnotfound|model_?(not_?found|not_?available|not_?supported|decommissioned))$/
const modelWords =
  /(not a valid|invalid|unknown|unable to access( non-serverless)?) model|models?\b.*(not (found|exist|available|supported by any provider)|does ?n[o']t exist|identifier is invalid|decommissioned|only supported in)|no endpoints found|deployment.*not exist|not a chat model|模型不存在/i
/** LM Studio reports this with 400. */
const crashed = /\bmodel (has crashed|was unloaded)/i
/** Message if the limit per minute is smaller than this single request. */
const tooLong = /request too large for/i

function codeOf(error: ServerError): CallErrorCode {
  const { status, words } = error
  if (status !== 429 && isContentFilter(error)) return 'refused'
  if (error.is(/tool_use_failed/)) return 'tool-call'
  if (isSpent(error)) return 'rate-limit'
  if (error.is(modelLabels) || ((status === 400 || status === 404) && modelWords.test(words))) return 'unknown-model'
  if (status === 401 || status === 403 || (status === 400 && /api[ _-]?key|authorization header/i.test(words))) return 'wrong-key'
  if (status === 400 && /HTTP request (was )?(sent )?to (an )?HTTPS/i.test(words)) return 'wrong-protocol'
  if (status === 404 || status === 405 || status === 410) return 'wrong-address'
  // llama.cpp reports it with a 500, although a retry cannot help.
  if (/image input is not supported/i.test(words)) return 'bad-request'
  if (status === 400 && crashed.test(words)) return 'server-error'
  if (status === 429) return tooLong.test(words) ? 'bad-request' : 'rate-limit'
  if (status === 408) return 'timeout'
  return status >= 500 || status === 409 || status === 425 ? 'server-error' : 'bad-request'
}

interface FailureFacts {
  readonly error: ServerError
  readonly url: string
  readonly words: Text
  readonly final: boolean
}

function messageOf(code: CallErrorCode, { error: { status, retryAfterMs }, url, words, final }: FailureFacts): Message {
  switch (code) {
    case 'refused':
      return message('provider.filterRefuses', { status, words })
    case 'tool-call':
      return message('provider.modelCalledTool', { status, words })
    case 'wrong-key':
      return message('provider.keyNotAccepted', { status, words })
    case 'unknown-model':
      return message('provider.modelUnknown', { status, words })
    case 'wrong-protocol':
      return message('provider.serverSpeaksHttps', { url })
    case 'wrong-address':
      return message('provider.nothingAnswers', { url, status, words })
    case 'rate-limit':
      if (final) return message('provider.quotaSpent', { status, words })
      if (retryAfterMs === null || retryAfterMs < 1000) return message('provider.tooManyRequests', { status, words })
      return message('provider.serverAsksToWait', { seconds: Math.ceil(retryAfterMs / 1000), status, words })
    case 'timeout':
      return message('provider.serverTooSlow', { status, words })
    case 'server-error':
      return message('provider.serverFailed', { status, words })
    default:
      return message('provider.requestRefused', { status, words })
  }
}
