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
/** Limit for rate-limited attempts that name a retry delay; such a server is working. */
const maxLimitedAttempts = 8

/** Milliseconds; if a server asks for a longer wait (e.g. a quota that renews tomorrow), the run stops and can be resumed later. */
const longestWaitMs = 10 * 60_000

const passing: ReadonlySet<CallErrorCode> = new Set(['rate-limit', 'server-error', 'server-down', 'proxy', 'timeout'])
/** Errors of an unreachable server; every further item would wait just as long. */
const silent: ReadonlySet<CallErrorCode> = new Set(['server-down', 'proxy', 'timeout'])
const common: ReadonlySet<CallErrorCode> = new Set(['no-key', 'wrong-key', 'unknown-model', 'wrong-protocol', 'untrusted-certificate'])
/** Errors caused by something other than the model server, such as a proxy; occasionally they are transient. */
const foreign: ReadonlySet<CallErrorCode> = new Set(['wrong-address', 'web-page', 'event-stream'])

/** Returns whether every other item would fail in the same way. */
export const isCommon = (code: CallErrorCode): boolean => common.has(code) || foreign.has(code) || code === 'proxy'

/**
 * Decides what to do after a failed attempt: retries a transient failure, stops the run on a failure that every other item would meet too,
 * and settles any other failure as the item's own.
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
  // Some servers answer 403 to a single input that they reject.
  if ((details.status === 403 || foreign.has(code)) && othersAnswered) return { kind: 'settled' }
  return { kind: isCommon(code) ? 'stop' : 'settled' }
}

/**
 * Returns whether a failure counts as one of several in a row. Transient failures of concurrent requests count once, since one fault of
 * the server fails all of them. A rate limit does not count, unless even a probe is refused.
 * @param counted number of failures counted when the request was sent
 */
export const countsInRow = (next: Outcome, isProbe: boolean, breaker: Breaker, counted: number): boolean =>
  next.kind !== 'again' || isProbe || (!next.limited && counted === breaker.counted())

/** Failures caused by the item itself, before anything is sent. */
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
  /** Embedder of the items, if an embedding model chooses the exemplars; otherwise null. */
  readonly embedder: ItemEmbedder | null
  /** Called with the error if the store fails to write an answer; the attempt does not wait for that write. */
  readonly onFault: (fault: unknown) => void
  /** Called with the failure that stops the run, and the number of failures in a row for that reason. */
  readonly onStop: (failure: CallFailure, itemId: number, failures: number) => void
}

/**
 * Makes one attempt on an item: selects exemplars, stores the call, sends it, and stores its pairs or its error. If the signal aborts the
 * call, it stays `sent` until the run ends and marks it. Rethrows errors of the store.
 * @param number of the attempt, from 1
 * @param isProbe whether this attempt checks if a server that fails all other requests still does
 */
type AskItem = (itemId: number, number: number, isProbe: boolean) => Promise<Outcome>

/**
 * Creates the function that asks for an item. An answer is written in the next turn of the event loop, in one transaction with the start of
 * the call that follows, so that no request waits for the disk.
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
    // Rate-limit refusals lower the request rate instead; only a refused probe counts, since every other request would be refused too.
    // Failures before sending cost nothing.
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

/** Prepares the prompt. A template or embedding failure fails the call, not the run. Returns null if the signal aborted it. */
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

/** Thrown if the run stops before the request is sent. */
class NotSent extends Error {}

/** Sends the prompt. Returns null if the signal aborted it or it was not sent. */
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
        requireLease(db, run.id) // the process may have been suspended since the call was stored
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
