import type { PromptVersion, Run } from '../../shared/domain'
import { Problem } from '../../shared/problem'
import { textOf } from '../../shared/say'
import { failCall, finishCall, startCall } from '../store/calls'
import type { Database } from '../store/database'
import { afterFailure } from './afterFailure'
import { CallFailure } from './callFailure'
import { callModel, type ModelAnswer } from './callModel'
import { embeddingModelFor, type ItemEmbedder } from './embedItems'
import { groupWrites } from './groupWrites'
import { preparePrompt, type PreparedPrompt } from './preparePrompt'
import type { Provider } from './providers/provider'
import { readPictures, type PictureMaker } from './readPicture'
import type { Outcome } from './scheduleCalls'

export interface Asking {
  readonly db: Database
  readonly directory: string
  readonly run: Run
  readonly prompt: PromptVersion
  readonly provider: Provider
  readonly signal: AbortSignal
  readonly pictureMaker: PictureMaker | undefined
  /** where an embedding model chooses the exemplars */
  readonly embedder: ItemEmbedder | null
  /** told of what the store throws when an answer is written, which the attempt does not wait for */
  readonly onFault: (fault: unknown) => void
  /** told of the failure that stops the run */
  readonly onStop: (failure: CallFailure, itemId: number) => void
}

export interface Asker {
  /**
   * Asks once for an item: exemplars chosen now, the call stored, sent, and its pairs or its error stored. A call given up by the signal
   * stays `sent`, for the end of the run to mark. Throws what the store throws.
   */
  readonly ask: (itemId: number, number: number) => Promise<Outcome>
  /** waits until every answer is stored. Throws what the store throws */
  readonly stored: () => Promise<void>
}

/**
 * An answer is written in the next turn of the event loop, in one transaction with the call that takes its place: the wait for the disk
 * holds back no request.
 */
export function createAsker(asking: Asking): Asker {
  const { db, run } = asking
  const store = groupWrites(db)
  const storeLater = (work: () => unknown) => void store(work).catch(asking.onFault)
  let answered = 0
  const answeredAtFirst = new Map<number, number>()
  const ask: Asker['ask'] = async (itemId, number) => {
    if (number === 1) answeredAtFirst.set(itemId, answered)
    const prepared = await prepare(asking, itemId)
    if (prepared === null) return { kind: 'stop' }
    const messages = prepared instanceof CallFailure ? [] : prepared.messages
    const exemplarIds = prepared instanceof CallFailure ? [] : prepared.exemplars.map(({ candidateId }) => candidateId)
    const callId = await store(() => startCall(db, { runId: run.id, itemId, attempt: number, messages, exemplarIds }))
    const answer = prepared instanceof CallFailure ? prepared : await send(asking, prepared)
    if (answer === null) return { kind: 'stop' }
    if (!(answer instanceof CallFailure)) {
      const { text: reply, promptTokens, completionTokens } = answer.completion
      storeLater(() => finishCall(db, callId, { reply, promptTokens, completionTokens, pairs: answer.pairs }))
      answered++
      return { kind: 'settled' }
    }
    const outcome = afterFailure(answer, number, answered > (answeredAtFirst.get(itemId) ?? 0))
    const { reply = null, promptTokens = null, completionTokens = null } = answer.details
    const failure = { error: answer.toCallError(), reply, promptTokens, completionTokens, willRetry: outcome.kind === 'again' }
    storeLater(() => failCall(db, callId, failure))
    if (outcome.kind === 'stop') asking.onStop(answer, itemId)
    return outcome
  }
  return { ask, stored: () => store(() => undefined) }
}

/** A template that fails on this item, or an embedding, is the call's failure, not the run's. null: given up by the signal. */
async function prepare({ db, run, prompt, embedder, signal }: Asking, itemId: number): Promise<PreparedPrompt | CallFailure | null> {
  const { generation: settings, provider } = run.settings
  try {
    await embedder?.ensure(itemId)
    const embeddingModel = embeddingModelFor(settings.exemplars, provider)
    return await preparePrompt(db, { itemId, text: prompt, promptVersionId: prompt.id, settings, embeddingModel })
  } catch (error) {
    if (error instanceof CallFailure) return error
    if (signal.aborted) return null
    if (error instanceof Problem && error.code === 'bad-template')
      return new CallFailure('template', textOf(error, 'message'), { cause: error })
    throw error
  }
}

/** null: given up by the signal. */
async function send(asking: Asking, { item, messages }: PreparedPrompt): Promise<ModelAnswer | CallFailure | null> {
  const { db, directory, run, prompt, provider, signal, pictureMaker } = asking
  const { provider: settings, generation } = run.settings
  try {
    return await callModel(provider, {
      messages,
      item,
      model: settings.model,
      temperature: generation.temperature,
      topP: generation.topP,
      maxTokens: generation.maxTokens,
      outputForm: prompt.outputForm,
      pairsPerItem: generation.pairsPerItem,
      readImage: (mediaId) => readPictures({ db, directory }, item, mediaId, pictureMaker),
      signal,
      salt: String(run.id),
    })
  } catch (error) {
    if (error instanceof CallFailure) return error
    if (signal.aborted) return null
    throw error
  }
}
