import { messageOf } from '../../../shared/problem'
import { CallFailure } from '../run/callFailure'
import { failureOfServer } from './http/failureOfServer'
import { ServerError } from './http/serverError'
import { quote, withoutKey } from './http/words'

/** Returns the error of our own fetch, which the library wraps in its own errors; otherwise the thrown error. */
export function thrownBelow(thrown: unknown): unknown {
  for (let error = thrown, depth = 0; depth < 8 && error instanceof Error; error = error.cause, depth++)
    if (error instanceof ServerError || error instanceof CallFailure) return error
  return thrown
}

/** Converts an error of a request to a call failure: short, with the server's message, and never with the key. */
export function failureOf(thrown: unknown, url: string, key: string | null): CallFailure {
  const error = thrownBelow(thrown)
  if (error instanceof CallFailure) return error
  if (error instanceof ServerError) return failureOfServer(error, url, quote(withoutKey(error.words, key)))
  return new CallFailure('unknown', withoutKey(messageOf(error), key).slice(0, 500))
}
