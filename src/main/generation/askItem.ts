import type { PromptVersion, Run } from '../../shared/domain'
import { Problem } from '../../shared/problem'
import { failCall, finishCall, startCall } from '../store/calls'
import type { Database } from '../store/database'
import { afterFailure } from './afterFailure'
import { CallFailure } from './callFailure'
import { callModel } from './callModel'
import { preparePrompt, type PreparedPrompt } from './preparePrompt'
import type { Provider } from './providers/provider'
import { readPicture, type MakePicture } from './readPicture'
import type { Outcome } from './scheduleCalls'

export interface Asking {
  readonly db: Database
  readonly directory: string
  readonly run: Run
  readonly prompt: PromptVersion
  readonly provider: Provider
  readonly signal: AbortSignal
  readonly makePicture: MakePicture | undefined
  /** told of the failure that stops the run */
  readonly onStop: (failure: CallFailure, itemId: number) => void
}

/**
 * Makes the function that asks once for an item: exemplars chosen now, the call stored, sent, and its pairs or its error stored. A call
 * given up by the signal stays `sent`, for the end of the run to mark. It throws what the store throws.
 */
export function createAsk(asking: Asking): (itemId: number, number: number) => Promise<Outcome> {
  const { db, run, signal } = asking
  let answered = 0
  const answeredAtFirst = new Map<number, number>()
  return async (itemId, number) => {
    if (number === 1) answeredAtFirst.set(itemId, answered)
    const prepared = prepare(asking, itemId)
    const messages = prepared instanceof CallFailure ? [] : prepared.messages
    const exemplarIds = prepared instanceof CallFailure ? [] : prepared.exemplars.map(({ candidateId }) => candidateId)
    const callId = startCall(db, { runId: run.id, itemId, attempt: number, messages, exemplarIds })
    try {
      if (prepared instanceof CallFailure) throw prepared
      const { completion, pairs } = await send(asking, prepared)
      const { text: reply, promptTokens, completionTokens } = completion
      finishCall(db, callId, { reply, promptTokens, completionTokens, pairs })
      answered++
      return { kind: 'settled' }
    } catch (error) {
      if (!(error instanceof CallFailure)) {
        if (signal.aborted) return { kind: 'stop' }
        throw error
      }
      const outcome = afterFailure(error, number, answered > (answeredAtFirst.get(itemId) ?? 0))
      const { reply = null, promptTokens = null, completionTokens = null } = error.details
      failCall(db, callId, { error: error.toCallError(), reply, promptTokens, completionTokens, willRetry: outcome.kind === 'again' })
      if (outcome.kind === 'stop') asking.onStop(error, itemId)
      return outcome
    }
  }
}

/** A template that fails on this item is the call's failure, not the run's. */
function prepare({ db, run, prompt }: Asking, itemId: number): PreparedPrompt | CallFailure {
  try {
    return preparePrompt(db, { itemId, text: prompt, settings: run.settings.generation })
  } catch (error) {
    if (error instanceof Problem && error.code === 'bad-template') return new CallFailure('template', error.message, { cause: error })
    throw error
  }
}

function send({ db, directory, run, provider, signal, makePicture }: Asking, { item, messages }: PreparedPrompt) {
  const { provider: settings, generation } = run.settings
  return callModel(provider, {
    messages,
    item,
    model: settings.model,
    temperature: generation.temperature,
    topP: generation.topP,
    maxTokens: generation.maxTokens,
    pairsPerItem: generation.pairsPerItem,
    readImage: (mediaId) => readPicture({ db, directory }, mediaId, makePicture),
    signal,
    salt: String(run.id),
  })
}
