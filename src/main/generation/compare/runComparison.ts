import { setImmediate, setTimeout } from 'node:timers/promises'
import { sideNames, type Comparison, type SideName, type TrialReply } from '../../../shared/domain'
import { isPaidFor } from '../../../shared/comparison'
import { Problem } from '../../../shared/problem'
import { linkReply, requireComparison } from '../../store/comparisons/comparisons'
import { repliesOfComparison, storeTrialRepliesLeft, storeTrialReply } from '../../store/comparisons/keptTrialReplies'
import {
  claimTrialRequest,
  endTrialRequest,
  findTrialReply,
  releaseTrialRequest,
  type SentPrompt,
} from '../../store/comparisons/trialReplies'
import type { ImageMaker } from '../prompt/readImage'
import { sendPrompt } from '../prompt/sendPrompt'
import { createProvider } from '../providers/createProvider'
import type { Provider } from '../providers/provider'
import { afterFailure, countsInRow } from '../run/askItem'
import { CallFailure } from '../run/callFailure'
import { createItemEmbedder, embeddingModelFor } from '../run/embedItems'
import { groupWrites } from '../run/groupWrites'
import type { ProjectPlace } from '../run/runGeneration'
import { type Backoff, createBreaker, type Outcome, scheduleCalls } from '../schedule/scheduleCalls'
import { requestKey } from './requestKey'
import { prepareSide, type PreparedSide } from './sides'

export interface ComparisonOptions {
  /** API key saved for the provider of the comparison. */
  readonly apiKey: string | null
  /** Whether failed requests are sent again too. */
  readonly failed?: boolean
  readonly signal?: AbortSignal
  readonly imageMaker?: ImageMaker | undefined
  readonly onReply?: () => void
  readonly backoff?: Backoff
  /** Provider to use instead of the one in the settings. */
  readonly provider?: Provider
}

/** Milliseconds between checks for the reply to a request that is being sent elsewhere. */
const claimPollMs = 100
/** Milliseconds beyond its timeout after which a request counts as abandoned by a suspended process. */
const claimGraceMs = 15_000

interface Task {
  readonly itemId: number
  readonly side: SideName
}

/** An attempt, with the numbers of answered requests and counted failures before it. */
interface Asking {
  readonly number: number
  readonly isProbe: boolean
  readonly answeredBefore: number
  readonly counted: number
}

/**
 * Asks for all missing replies of a comparison in the same way as a run: with the concurrency that the provider accepts, retrying transient
 * failures, and stopping if every request would fail. Each reply is stored as it arrives; a request that was answered before is not sent
 * again.
 * @returns the failure that stopped it before its last request; null otherwise
 * @throws Problem not-found, and errors of the store
 */
export async function runComparison(place: ProjectPlace, id: number, options: ComparisonOptions): Promise<CallFailure | null> {
  const { db } = place
  const comparison = requireComparison(db, id, '')
  const { provider: providerSettings, generation } = comparison.settings
  const signal = options.signal ?? new AbortController().signal
  const provider = options.provider ?? createProvider(providerSettings, options.apiKey)
  const breaker = createBreaker(providerSettings.maxFailures)
  const claimMs = providerSettings.timeoutMs + claimGraceMs
  const model = embeddingModelFor(generation.exemplars, providerSettings)
  const upcoming = comparison.items.map(({ itemId }) => itemId)
  const store = groupWrites(db, { keeper: repliesOfComparison(db, id), signal })
  const embedder = model !== null && provider.embed ? createItemEmbedder(db, provider.embed, { model, upcoming, signal, store }) : null
  let answered = 0
  let stoppedBy: CallFailure | null = null

  const keep = async ({ itemId, side }: Task, key: string, sent: SentPrompt, reply: TrialReply) => {
    const received = { place: { comparisonId: id, itemId, side }, key, sent, reply }
    await store(() => storeTrialReply(db, received), received)
    options.onReply?.()
  }

  /** Links the existing reply to a request. @returns whether there is one */
  function reuse({ itemId, side }: Task, key: string): boolean {
    const kept = findTrialReply(db, key)
    // A failed request is retried only once if that was requested: a failure that was just stored is kept.
    if (!kept || !isPaidFor(kept.reply) || (options.failed && kept.reply.error !== null && !fresh.has(key))) return false
    linkReply(db, { comparisonId: id, itemId, side }, kept.id)
    return true
  }
  const fresh = new Set<string>()

  /**
   * Claims a request, or reuses its reply. If this or another comparison, in any process, is already sending it, waits for the reply.
   * @returns null if the comparison was cancelled in the meantime
   */
  async function take(task: Task, key: string): Promise<'claimed' | 'answered' | null> {
    while (!signal.aborted) {
      const taken = await store(() => (reuse(task, key) ? 'answered' : claimTrialRequest(db, key, claimMs) ? 'claimed' : null))
      if (taken !== null) return taken
      await setTimeout(claimPollMs)
    }
    return null
  }

  async function prepare({ itemId, side }: Task): Promise<PreparedSide | CallFailure | null> {
    try {
      await embedder?.ensure(itemId)
      return await prepareSide(db, itemId, comparison[side], comparison.settings)
    } catch (error) {
      if (error instanceof CallFailure) return error
      if (signal.aborted) return null
      if (error instanceof Problem && error.code === 'bad-template') return new CallFailure('template', error.text, { cause: error })
      throw error
    }
  }

  async function send(prepared: PreparedSide, key: string): Promise<TrialReply | CallFailure | null> {
    const started = performance.now()
    try {
      const prompt = { ...prepared, settings: generation, model: providerSettings.model, salt: key }
      const { completion, pairs, unusedFields } = await sendPrompt(place, provider, prompt, { signal, imageMaker: options.imageMaker })
      const { model: named, text: reply, promptTokens, completionTokens } = completion
      const milliseconds = Math.round(performance.now() - started)
      return {
        model: named,
        reply,
        pairs: [...pairs],
        unusedFields: [...unusedFields],
        error: null,
        promptTokens,
        completionTokens,
        milliseconds,
      }
    } catch (error) {
      if (error instanceof CallFailure) return error
      if (signal.aborted) return null
      throw error
    }
  }

  async function attempt(task: Task, number: number, isProbe: boolean): Promise<Outcome> {
    const asking = { number, isProbe, answeredBefore: answered, counted: breaker.counted() }
    const prepared = await prepare(task)
    if (prepared === null) return { kind: 'stop' }
    const unsentKey = `${id} ${task.itemId} ${task.side}`
    if (prepared instanceof CallFailure) return fail(task, { key: unsentKey, sent: unsent }, prepared, asking)
    const key = requestKey(prepared)
    const taken = await take(task, key)
    if (taken === null) return { kind: 'stop' }
    if (taken === 'answered') {
      options.onReply?.()
      await setImmediate()
      return { kind: 'settled' }
    }
    try {
      if (breaker.isOpen()) return { kind: 'stop' }
      const counted = breaker.counted()
      const received = await send(prepared, key)
      if (received === null) return { kind: 'stop' }
      const request = { key, sent: { messages: prepared.messages, exemplarIds: prepared.exemplarIds } }
      if (received instanceof CallFailure) return await fail(task, request, received, { ...asking, counted })
      answered++
      breaker.succeed()
      fresh.add(key)
      await keep(task, key, request.sent, received)
      return { kind: 'settled' }
    } finally {
      endTrialRequest(db, key)
      await store(() => releaseTrialRequest(db, key))
    }
  }

  async function fail(
    task: Task,
    { key, sent }: { key: string; sent: SentPrompt },
    failure: CallFailure,
    { number, isProbe, answeredBefore, counted }: Asking,
  ): Promise<Outcome> {
    const next = afterFailure(failure, number, answered > answeredBefore)
    const failures = countsInRow(next, isProbe, breaker, counted) ? breaker.fail(failure.code) : 0
    const outcome: Outcome = failures >= breaker.limit ? { kind: 'stop' } : next
    if (outcome.kind === 'stop') {
      breaker.open()
      stoppedBy ??= failure
    }
    if (outcome.kind === 'again') return outcome
    const { reply = null, promptTokens = null, completionTokens = null } = failure.details
    fresh.add(key)
    await keep(task, key, sent, {
      model: providerSettings.model,
      reply,
      pairs: [],
      unusedFields: [],
      error: failure.toCallError(),
      promptTokens,
      completionTokens,
      milliseconds: 0,
    })
    return outcome
  }

  const removeFiles = await store(() => storeTrialRepliesLeft(db))
  removeFiles()
  await scheduleCalls({
    items: tasksOf(comparison, options.failed ?? false),
    concurrency: providerSettings.concurrency,
    signal,
    attempt,
    ...(options.backoff ? { backoff: options.backoff } : {}),
  })
  return stoppedBy
}

const unsent: SentPrompt = { messages: [], exemplarIds: [] }

/** Lists the tasks item by item, with both sides of each. */
function tasksOf({ items }: Comparison, failed: boolean): Task[] {
  return items.flatMap((item) =>
    sideNames.filter((side) => item[side] === null || (failed && item[side].error !== null)).map((side) => ({ itemId: item.itemId, side })),
  )
}
