import type { CallError, CallErrorCode } from '../../shared/domain'
import { importAgain } from '../../shared/importAgain'
import { Problem } from '../../shared/problem'
import { inEnglish, type Said, type SaidTexts, say, tell, type Text, textOf } from '../../shared/say'

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
  'wrong-key': say`Check in the settings that the key is whole, belongs to this address and may use this model.`,
  'unknown-model': say`Check the name of the model in the settings.`,
  'rate-limit': say`Wait and resume the run, lower the number of calls at once, or check the quota of the account.`,
  'server-error': say`Resume the run later; the items without an answer are asked again.`,
  'server-down': say`Check the address in the settings and that the server runs, then resume the run.`,
  timeout: say`Raise the time limit in the settings, or lower the number of calls at once, then resume the run.`,
  refused: say`Read the reply; change the system message, or leave this item out.`,
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
