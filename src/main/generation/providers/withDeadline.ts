import { message } from '../../../shared/messages/message'
import { CallFailure } from '../run/callFailure'

/**
 * Runs work with a time limit, and abandons it, finished or not, at the deadline or when the signal aborts.
 * @throws CallFailure timeout, the signal's reason, or the error of the work
 */
export async function withDeadline<T>(timeoutMs: number, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  signal.throwIfAborted()
  const deadline = new AbortController()
  const givenUp = Promise.withResolvers<never>()
  const giveUp = () => {
    deadline.abort()
    givenUp.reject(deadline.signal.reason)
  }
  const timer = setTimeout(giveUp, timeoutMs)
  signal.addEventListener('abort', giveUp)
  try {
    return await Promise.race([work(deadline.signal), givenUp.promise])
  } catch (error) {
    signal.throwIfAborted()
    if (!deadline.signal.aborted) throw error
    throw new CallFailure('timeout', message('provider.noAnswerInTime', { seconds: Math.round(timeoutMs / 1000) }))
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', giveUp)
  }
}
