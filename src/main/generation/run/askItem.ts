import type { CallErrorCode, PromptVersion, Run } from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import { failCall, finishCall, startCall } from '../../store/runs/calls'
import type { WritableDb } from '../../store/sql/types'
import type { Reply } from '../../store/runs/keptReplies'
import { requireLease } from '../../store/runs/lease'
import { CallFailure } from './callFailure'
import { callModel, type ModelAnswer } from './callModel'
import { embeddingModelFor, type ItemEmbedder } from './embedItems'
import type { GroupWrite } from './groupWrites'
import { type PreparedPrompt, preparePrompt } from '../prompt/preparePrompt'
import type { Provider } from '../providers/provider'
import { type ImageMaker, readImages } from '../prompt/readImage'
import type { Breaker, Outcome } from '../schedule/scheduleCalls'

export const maxAttempts = 4
/** A server that says when to come back is not failing. */
const maxLimitedAttempts = 8

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

/**
 * Whether a failure counts as one of several in a row. Of those that may pass, requests that were under way together count as one: a
 * server that stumbles once fails them all. One that limits the rate answers, unless it refuses even a probe.
 * @param counted how many had counted when the request was sent
 */
export const countsInRow = (next: Outcome, isProbe: boolean, breaker: Breaker, counted: number): boolean =>
  next.kind !== 'again' || isProbe || (!next.limited && counted === breaker.counted())

/** Failures before anything is sent, by what the item itself is. */
const ofTheItem: ReadonlySet<CallErrorCode> = new Set(['media', 'template'])

export interface Asking {
  readonly db: WritableDb
  readonly directory: string
  readonly run: Run
  readonly prompt: PromptVersion
  readonly provider: Provider
  readonly signal: AbortSignal
  readonly store: GroupWrite<Reply>
  readonly breaker: Breaker
  readonly imageMaker: ImageMaker | undefined
  /** where an embedding model chooses the exemplars */
  readonly embedder: ItemEmbedder | null
  /** told of what the store throws when an answer is written, which the attempt does not wait for */
  readonly onFault: (fault: unknown) => void
  /** told of the failure that stops the run, and of how many in a row failed like it */
  readonly onStop: (failure: CallFailure, itemId: number, failures: number) => void
}

/**
 * Asks once for an item: exemplars chosen now, the call stored, sent, and its pairs or its error stored. A call given up by the signal
 * stays `sent`, for the end of the run to mark. Throws what the store throws.
 * @param number of the attempt, from 1
 * @param isProbe whether all others fail, and this one is to see whether they still do
 */
type AskItem = (itemId: number, number: number, isProbe: boolean) => Promise<Outcome>

/**
 * An answer is written in the next turn of the event loop, in one transaction with the call that takes its place: the wait for the disk
 * holds back no request.
 */
export function createAsker(asking: Asking): AskItem {
  const { db, run, store, breaker } = asking
  const storeReply = (work: () => unknown, reply: Reply) => void store(work, reply).catch(asking.onFault)
  let answered = 0
  const answeredAtFirst = new Map<number, number>()
  return async (itemId, number, isProbe) => {
    if (number === 1) answeredAtFirst.set(itemId, answered)
    const prepared = await prepare(asking, itemId)
    if (prepared === null) return { kind: 'stop' }
    const messages = prepared instanceof CallFailure ? [] : prepared.messages
    const exemplarIds = prepared instanceof CallFailure ? [] : prepared.exemplars.map(({ candidateId }) => candidateId)
    if (breaker.isOpen()) return { kind: 'stop' }
    const callId = await store(() => startCall(db, { runId: run.id, itemId, attempt: number, messages, exemplarIds }))
    const counted = breaker.counted()
    const received = prepared instanceof CallFailure ? prepared : await send(asking, prepared)
    if (received === null) return { kind: 'stop' }
    if (!(received instanceof CallFailure)) {
      const { text: reply, promptTokens, completionTokens } = received.completion
      const answer = { reply, promptTokens, completionTokens, pairs: received.pairs, unusedFields: received.unusedFields }
      storeReply(() => finishCall(db, callId, answer), { callId, answer })
      answered++
      breaker.succeed()
      return { kind: 'settled' }
    }
    const next = afterFailure(received, number, answered > (answeredAtFirst.get(itemId) ?? 0))
    // Refusals for the rate lower it; but where even a probe is refused, so would every other. What was not even sent cost nothing.
    const counts = countsInRow(next, isProbe, breaker, counted) && !ofTheItem.has(received.code)
    const failures = counts ? breaker.fail(received.code) : 0
    const outcome: Outcome = failures >= breaker.limit ? { kind: 'stop' } : next
    const { reply = null, promptTokens = null, completionTokens = null } = received.details
    const failure = { error: received.toCallError(), reply, promptTokens, completionTokens, willRetry: outcome.kind === 'again' }
    storeReply(() => failCall(db, callId, failure), { callId, failure })
    if (outcome.kind === 'stop') breaker.open()
    if (outcome.kind === 'stop') asking.onStop(received, itemId, Math.max(1, failures))
    return outcome
  }
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
    if (error instanceof Problem && error.code === 'bad-template') return new CallFailure('template', error.text, { cause: error })
    throw error
  }
}

/** The run stops before the request was sent. */
class NotSent extends Error {}

/** null: given up by the signal, or not sent. */
async function send(asking: Asking, { item, messages }: PreparedPrompt): Promise<ModelAnswer | CallFailure | null> {
  const { db, directory, run, prompt, provider, signal, breaker, imageMaker } = asking
  if (breaker.isOpen()) return null
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
      readImage: async (mediaId) => {
        const images = await readImages({ db, directory }, item, mediaId, imageMaker)
        requireLease(db, run.id) // the process may have stood still since the call was stored
        if (breaker.isOpen()) throw new NotSent()
        return images
      },
      signal,
      salt: String(run.id),
    })
  } catch (error) {
    if (error instanceof CallFailure) return error
    if (signal.aborted || error instanceof NotSent) return null
    throw error
  }
}
