import type { CallErrorCode } from '../../../shared/domain'
import type { CallFailure } from './callFailure'
import type { Outcome } from '../schedule/scheduleCalls'

export const maxAttempts = 4
/** A server that says when to come back is not failing. */
export const maxLimitedAttempts = 8

/** Milliseconds; a server that asks for more (a quota that renews tomorrow) ends the run, which can be resumed then. */
const longestWaitMs = 10 * 60_000

const passing: ReadonlySet<CallErrorCode> = new Set(['rate-limit', 'server-error', 'server-down', 'proxy', 'timeout'])
/** A server that nobody hears from would keep every further item waiting as long. */
const silent: ReadonlySet<CallErrorCode> = new Set(['server-down', 'proxy', 'timeout'])
const common: ReadonlySet<CallErrorCode> = new Set(['no-key', 'wrong-key', 'unknown-model', 'wrong-protocol', 'untrusted-certificate'])
/** What comes back from something else than the server; once in a while that passes. */
const foreign: ReadonlySet<CallErrorCode> = new Set(['wrong-address', 'web-page', 'event-stream'])

/** Whether every other item would meet a failure too. */
export const isCommon = (code: CallErrorCode): boolean => common.has(code) || foreign.has(code) || code === 'proxy'

/**
 * What to do after a failed attempt: what may pass is asked again, what every other item would meet too stops the run, and anything
 * else is this item's own failure.
 * @param number of the attempt, from 1
 * @param othersAnswered whether another call was answered since the item's first attempt
 */
export function afterFailure({ code, details }: CallFailure, number: number, othersAnswered: boolean): Outcome {
  if (details.final) return { kind: 'stop' }
  if (passing.has(code)) {
    const afterMs = details.retryAfterMs ?? null
    if (afterMs !== null && afterMs > longestWaitMs) return { kind: 'stop' }
    const limited = code === 'rate-limit'
    const most = limited && afterMs !== null ? maxLimitedAttempts : maxAttempts
    if (number < most) return { kind: 'again', afterMs, limited }
    return { kind: silent.has(code) && !othersAnswered ? 'stop' : 'settled' }
  }
  // Some servers answer 403 to a single input that they do not like.
  if ((details.status === 403 || foreign.has(code)) && othersAnswered) return { kind: 'settled' }
  return { kind: isCommon(code) ? 'stop' : 'settled' }
}
