import type { CallError, CallErrorCode } from '../../../shared/domain'
import { importAgain } from '../../../shared/importAgain'
import { Problem } from '../../../shared/problem'
import { inEnglish, type Said, type SaidTexts, say, tell, type Text, textOf } from '../../../shared/say'

export interface CallFailureDetails {
  readonly status?: number | null
  /** milliseconds the server asked to wait */
  readonly retryAfterMs?: number | null
  /** asking again can never help (a spent quota answers 429 like a busy server) */
  readonly final?: boolean
  /** what came back all the same; kept with the call */
  readonly reply?: string | null
  readonly promptTokens?: number | null
  readonly completionTokens?: number | null
  readonly cause?: unknown
}

/** Why a call brought no pairs. The only error that providers and `parseReply` throw on purpose. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure'
  readonly code: CallErrorCode
  readonly details: CallFailureDetails
  readonly said: SaidTexts

  constructor(code: CallErrorCode, message: Text, details: CallFailureDetails = {}) {
    super(inEnglish(message), { cause: details.cause })
    this.code = code
    this.details = details
    this.said = tell({ message }).said ?? {}
  }

  toCallError(): CallError {
    return { code: this.code, message: this.message, status: this.details.status ?? null, said: this.said }
  }
}

const remedies: Record<CallErrorCode, Said> = {
  'no-key': say`Save a key in the settings, or set OPENAI_API_KEY.`,
  'wrong-key': say`Check in the settings or in OPENAI_API_KEY that the key is whole, belongs to this address and may use this model.`,
  'unknown-model': say`Check the name of the model in the settings.`,
  'wrong-address': say`Check the address in the settings: it usually ends in /v1, and holds neither /chat/completions nor a key.`,
  'wrong-protocol': say`Change the beginning of the address in the settings: https:// for http://, or the other way round.`,
  'web-page': say`Check the address in the settings, which usually ends in /v1, and whether a proxy or a sign-in page stands in between.`,
  'event-stream': say`Check the address in the settings, and turn streaming off in the server or proxy behind it.`,
  'untrusted-certificate': say`Import the certificate of the server or its issuer into the system, or name its file in NODE_EXTRA_CA_CERTS, and start again; an expired or foreign one must be renewed on the server.`,
  proxy: say`Check the proxy in HTTP_PROXY, HTTPS_PROXY or ALL_PROXY, else in the system's settings; NO_PROXY names hosts that need none.`,
  'rate-limit': say`Wait and resume the run, lower the number of calls at once, or check the quota of the account.`,
  'server-error': say`Resume the run later; the items without an answer are asked again.`,
  'server-down': say`Check the address in the settings and that the server runs, then resume the run.`,
  timeout: say`Raise the time limit in the settings, or lower the number of calls at once, then resume the run.`,
  'too-large': say`Check the address and the model; if replies may be that long, raise the largest reply in the settings (--max-reply-mb).`,
  refused: say`Change the system message or the item's context, or leave this item out.`,
  'tool-call': say`Turn tools off for this model on the server, or use another model, then resume the run.`,
  'in-reasoning': say`Turn reasoning off on the server, or set its reasoning parser to this model, or allow more tokens; then resume the run.`,
  'not-json': say`Read the reply; a model that follows instructions better helps, then resume the run.`,
  'cut-off': say`Raise the most tokens of a reply, or ask for fewer pairs per item, then resume the run.`,
  'wrong-shape': say`Read the reply; a model that follows instructions better helps, then resume the run.`,
  empty: say`Add context to the item in its file and ${importAgain}, or change the system message; then resume the run.`,
  'bad-request': say`Change what the server complains about in the settings, then resume the run.`,
  media: say`Import the file again, or leave the picture out of the prompt.`,
  template: say`Correct the context template on the prompt screen and start a new run.`,
  unknown: say`Try again; if it happens again, report it with this text.`,
}

/** What a person can do about a failed call. */
export function remedyFor(code: CallErrorCode): Said {
  return remedies[code]
}

/** A failed call as the Problem that window and command line show. */
export function problemOfCall(error: CallError, item?: string): Problem {
  const about = item === undefined ? '' : say`${item}: `
  return new Problem(
    error.code === 'no-key' ? 'no-key' : 'provider',
    say`${about}${textOf(error, 'message')}`,
    remedyFor(error.code),
    item === undefined ? {} : { item },
  )
}
