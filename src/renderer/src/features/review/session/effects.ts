import type { Candidate, Counts } from '../../../../../shared/domain'
import type { StepOutcome } from '../../../../../shared/editing'
import type { CandidateFilter } from '../../../../../shared/review'
import type { call as callMain } from '../../../api/api'
import { countWrite } from '../../../app/state/writes'
import type { QueuePart } from '../queue/queueList'
import type { CountQueue, Effect, ReviewEvent, RunStep, UndoOrRedo } from './events'

const PAGE = 50
/** Page size of an ordered queue. It is larger because pairs that were decided after the queue was ordered are left out. */
const ORDERED_PAGE = 100
/** Maximum number of pairs that are read for one item. */
const MAX_ITEM_PAIRS = 200

/** Maximum number of candidates that one call can list by ID. */
const MAX_LISTED = 200

export interface EffectOptions {
  readonly call: typeof callMain
  readonly dispatch: (event: ReviewEvent) => void
  /** Returns the revision of the current state. */
  readonly revision: () => number
  readonly restartTimer: () => void
  readonly onStored: (candidate: Candidate, counts: Counts | null) => void
  readonly onDecisions: (more: number) => void
  readonly onStepEnd: (requestId: number, outcome: StepOutcome | null) => void
}

/** Creates a runner that executes writes sequentially in request order and reads immediately. Results are dispatched as events. */
export function createEffectRunner(options: EffectOptions) {
  const { call, dispatch, revision } = options
  let lastWrite: Promise<unknown> = Promise.resolve()

  /** Runs an operation after all writes enqueued so far. */
  function enqueue<R>(work: () => Promise<R>): Promise<R> {
    const result = countWrite(lastWrite.then(work))
    lastWrite = result.catch(() => undefined)
    return result
  }
  /** Resolves when all writes enqueued so far have been stored or have failed. */
  const settled = async (): Promise<void> => void (await lastWrite)

  /** Runs an operation and dispatches an event with its result or error. */
  async function answer<R>(work: () => Promise<R>, done: (result: R) => ReviewEvent, failed: (error: unknown) => ReviewEvent) {
    let event: ReviewEvent
    try {
      event = done(await work())
    } catch (error) {
      event = failed(error)
    }
    dispatch(event)
  }
  const enqueueAnswer: typeof answer = (...parts) => enqueue(() => answer(...parts))

  const readPage = ({ filter, order, cursor }: Extract<Effect, { type: 'readPage' }>): Promise<QueuePart> =>
    order.kind === 'import'
      ? call('candidate.page', { filter, after: cursor && 'itemId' in cursor ? cursor : null, limit: PAGE })
      : call('candidate.queue', { filter, order, after: cursor && 'queue' in cursor ? cursor : null, limit: ORDERED_PAGE })

  async function countFound(filter: CandidateFilter): Promise<number> {
    const { count, more } = await call('candidate.found', { filter })
    return more ? call('candidate.count', { filter }) : count
  }

  async function countQueue(request: CountQueue) {
    await settled()
    const begun = revision()
    const { filter } = request
    const [size, pending] = await Promise.all([
      countFound(filter),
      request.isPendingAsked ? countFound({ ...filter, states: ['pending'] }) : null,
    ]).catch(() => [null, null])
    dispatch({ type: 'queueCounted', request, revision: begun, size, pending })
  }

  async function undoOrRedo(request: UndoOrRedo): Promise<ReviewEvent> {
    const result = await call(`decision.${request.direction}`, {})
    if (!result || result.marks) return { type: 'undoOrRedoDone', request, result, draft: undefined }
    // An undo may have restored a draft. If reading it fails here, the desk reads it again and reports the error.
    const draft = await call('candidate.get', { id: result.candidate.id }).then(
      (stored) => stored.draft,
      () => undefined,
    )
    return { type: 'undoOrRedoDone', request, result, draft }
  }

  async function decideMany(request: Extract<Effect, { type: 'saveMany' }>): Promise<ReviewEvent> {
    const { counts } = await call('bulk.decide', request.input)
    const ids = request.writes.map(({ candidateId }) => candidateId)
    const parts = Array.from({ length: Math.ceil(ids.length / MAX_LISTED) }, (_, at) => ids.slice(at * MAX_LISTED, (at + 1) * MAX_LISTED))
    const candidates = await Promise.all(parts.map((part) => call('candidate.list', { ids: part })))
    return { type: 'manyStored', request, counts, candidates: candidates.flat() }
  }

  function runStep({ step }: RunStep): Promise<StepOutcome> {
    switch (step.name) {
      case 'item.decide':
        return call(step.name, step.input)
      case 'pair.write':
        return call(step.name, step.input)
      case 'pair.split':
        return call(step.name, step.input)
      case 'turn.move':
        return call(step.name, step.input)
    }
  }

  function run(effect: Effect): unknown {
    switch (effect.type) {
      case 'restartTimer':
        return options.restartTimer()
      case 'notifyStored':
        return options.onStored(effect.candidate, effect.counts)
      case 'notifyDecisions':
        return options.onDecisions(effect.more)
      case 'endStep':
        return options.onStepEnd(effect.requestId, effect.outcome)
      case 'readPage':
        return answer(
          () => readPage(effect),
          (page) => ({ type: 'pageRead', request: effect, page }),
          (error) => ({ type: 'readFailed', request: effect, error }),
        )
      case 'readCandidate':
        return answer(
          () => call('candidate.get', { id: effect.id, look: effect.look }),
          ({ candidate }) => ({ type: 'candidateRead', request: effect, candidate }),
          (error) => ({ type: 'readFailed', request: effect, error }),
        )
      case 'readItem':
        return answer(
          () => call('candidate.page', { filter: { itemId: effect.itemId }, after: null, limit: MAX_ITEM_PAIRS }),
          ({ candidates }) => ({ type: 'itemRead', request: effect, candidates }),
          (error) => ({ type: 'readFailed', request: effect, error }),
        )
      case 'readCounts':
        return answer(
          () => call('candidate.counts', {}),
          (counts) => ({ type: 'countsRead', request: effect, counts }),
          (error) => ({ type: 'readFailed', request: effect, error }),
        )
      case 'countQueue':
        return countQueue(effect)
      case 'awaitWrites':
        return settled().then(() => dispatch({ type: 'writesSettled', listKey: effect.listKey }))
      case 'saveDecision':
        return enqueueAnswer(
          () => call('decision.add', effect.input),
          (result) => ({ type: 'decisionStored', request: effect, result }),
          (error) => ({ type: 'decisionFailed', request: effect, error }),
        )
      case 'saveMany':
        return enqueueAnswer(
          () => decideMany(effect),
          (done) => done,
          (error) => ({ type: 'manyFailed', request: effect, error }),
        )
      case 'savePin':
        return enqueueAnswer(
          () => call('exemplar.pin', effect.input),
          (candidate) => ({ type: 'pinStored', request: effect, candidate }),
          (error) => ({ type: 'pinFailed', request: effect, error }),
        )
      case 'undoOrRedo':
        return enqueueAnswer(
          () => undoOrRedo(effect),
          (done) => done,
          (error) => ({ type: 'undoOrRedoFailed', error }),
        )
      case 'readBehind':
        return answer(
          () => call('candidate.list', { ids: [...effect.ids] }),
          (candidates) => ({ type: 'behindRead', request: effect, candidates }),
          (error) => ({ type: 'undoOrRedoFailed', error }),
        )
      case 'runStep':
        return enqueueAnswer(
          () => runStep(effect),
          (outcome) => ({ type: 'stepDone', request: effect, outcome }),
          (error) => ({ type: 'stepFailed', request: effect, error }),
        )
      case 'saveDraft':
        return enqueue(() => call('draft.save', effect.input)).catch((error: unknown) =>
          dispatch({ type: 'draftFailed', candidateId: effect.input.candidateId, error }),
        )
      case 'discardDraft':
        return enqueue(() => call('draft.discard', effect.input)).catch((error: unknown) =>
          dispatch({ type: 'draftFailed', candidateId: effect.input.candidateId, error }),
        )
    }
  }

  return { run: (effect: Effect) => void run(effect), enqueue, settled }
}
