import type { CallError, CallErrorCode } from '../../../shared/domain'
import { importAgain } from '../../../shared/imports'
import { Problem } from '../../../shared/problem'
import { type Message, message, type Text } from '../../../shared/messages/message'
import { toEnglish } from '../../../shared/messages/translate'

interface CallFailureDetails {
  readonly status?: number | null
  /** Milliseconds that the server asked to wait. */
  readonly retryAfterMs?: number | null
  /** Whether a retry can never help (a spent quota answers 429 like a busy server). */
  readonly final?: boolean
  /** Reply received despite the failure; stored with the call. */
  readonly reply?: string | null
  readonly promptTokens?: number | null
  readonly completionTokens?: number | null
  readonly cause?: unknown
}

/** Reason why a call returned no pairs. The only error that providers and `parseReply` throw on purpose. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure'
  readonly code: CallErrorCode
  readonly details: CallFailureDetails
  readonly text: Text

  constructor(code: CallErrorCode, text: Text, details: CallFailureDetails = {}) {
    super(toEnglish(text), { cause: details.cause })
    this.code = code
    this.details = details
    this.text = text
  }

  toCallError(): CallError {
    return { code: this.code, message: this.text, status: this.details.status ?? null }
  }
}

const remedies: Record<CallErrorCode, Message> = {
  'no-key': message('call.remedy.saveKey'),
  'wrong-key': message('call.remedy.checkKey'),
  'unknown-model': message('call.remedy.checkModel'),
  'wrong-address': message('call.remedy.checkAddress'),
  'wrong-protocol': message('call.remedy.changeProtocol'),
  'web-page': message('call.remedy.checkAddressAndPage'),
  'event-stream': message('call.remedy.turnStreamingOff'),
  'untrusted-certificate': message('call.remedy.importCertificate'),
  proxy: message('call.remedy.checkProxy'),
  'rate-limit': message('call.remedy.waitAndResume'),
  'server-error': message('call.remedy.resumeLater'),
  'server-down': message('call.remedy.checkServer'),
  timeout: message('call.remedy.raiseTimeLimit'),
  'too-large': message('call.remedy.raiseReplyLimit'),
  refused: message('call.remedy.changeMessage'),
  'tool-call': message('call.remedy.turnToolsOff'),
  'in-reasoning': message('call.remedy.turnReasoningOff'),
  'not-json': message('call.remedy.readReply'),
  'cut-off': message('call.remedy.raiseTokens'),
  'wrong-shape': message('call.remedy.readReply'),
  empty: message('call.remedy.addContext', { importAgain }),
  'bad-request': message('call.remedy.changeSettings'),
  media: message('call.remedy.importFileAgain'),
  template: message('call.remedy.correctTemplate'),
  unknown: message('problem.retryOrReport'),
}

/** Returns what a user can do about a failed call. */
export function remedyFor(code: CallErrorCode): Message {
  return remedies[code]
}

/** Converts a failed call to the Problem that the window and the command line show. */
export function problemOfCall(error: CallError, item?: string): Problem {
  return new Problem(
    error.code === 'no-key' ? 'no-key' : 'provider',
    item === undefined ? error.message : message('common.labelled', { label: item, text: error.message }),
    remedyFor(error.code),
    item === undefined ? {} : { item },
  )
}
