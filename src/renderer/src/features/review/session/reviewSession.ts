import type { CallInput } from '../../../../../shared/contract'
import type { Candidate, Counts, Pair } from '../../../../../shared/domain'
import type { StepOutcome } from '../../../../../shared/editing'
import { type CandidateFilter, defaultDesk, type QueueOrder } from '../../../../../shared/review'
import type { TableSort } from '../../../../../shared/table'
import type { call as callMain } from '../../../api/api'
import type { TablePlace } from '../queue/queueList'
import { createEffectRunner } from './effects'
import type { ReviewEvent, Step } from './events'
import { reduce } from './reducer'
import type { AnnouncedValues, Announcement } from './reviewView'
import { looksSame, selectView, updateView } from './selectView'
import { initialState } from './state'
import { createTimeOnPair } from '../work/timeOnPair'
import type { ReviewDecision } from './verdict'

export interface SessionOptions {
  readonly call: typeof callMain
  /** a candidate was changed in the store, so what is known of its history is old */
  readonly onStored?: (candidate: Candidate, counts: Counts | null) => void
  /** the reviewer decided on so many more pairs, or on so many less */
  readonly onDecisions?: (more: number) => void
  readonly now?: () => number
}

export type ReviewSession = ReturnType<typeof createReviewSession>

/**
 * One reviewer at work: holds the state of the review, hands events to the reducer and effects to their runner. It knows nothing of the
 * screen, which subscribes to its view.
 */
export function createReviewSession({ call, onStored, onDecisions, now }: SessionOptions) {
  const listeners = new Set<() => void>()
  const sheetListeners = new Set<() => void>()
  const timer = createTimeOnPair(now)
  const steps = new Map<number, (outcome: StepOutcome | null) => void>()
  let state = initialState
  let view = selectView(state)
  let lastRequest = 0

  const runner = createEffectRunner({
    call,
    dispatch,
    revision: () => state.revision,
    restartTimer: timer.restart,
    onStored: (candidate, counts) => onStored?.(candidate, counts),
    onDecisions: (more) => onDecisions?.(more),
    onStepEnd: (requestId, outcome) => {
      steps.get(requestId)?.(outcome)
      steps.delete(requestId)
    },
  })

  function dispatch(event: ReviewEvent): void {
    const before = state
    const { state: next, effects } = reduce(before, event)
    state = next
    for (const effect of effects) runner.run(effect)
    if (before.sheet !== next.sheet) for (const listener of sheetListeners) listener()
    if (looksSame(before, next)) return
    const nextView = updateView(view, next)
    if (nextView === view) return
    view = nextView
    for (const listener of listeners) listener()
  }

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    getView: () => view,
    subscribeSheet: (listener: () => void) => {
      sheetListeners.add(listener)
      return () => void sheetListeners.delete(listener)
    },
    /** The pairs that the grid or the table shows, as they are now. */
    getSheet: () => state.sheet,
    show: (filter: CandidateFilter, order: QueueOrder = defaultDesk.order) => dispatch({ type: 'show', filter, order }),
    startAt: (filter: CandidateFilter, candidates: readonly Candidate[], place: TablePlace) =>
      dispatch({ type: 'startAt', filter, candidates, place }),
    /** The place that the pair on the screen has in the table now; null where the queue has another order. */
    placeInTable: (filter: CandidateFilter, sort: TableSort | null): number | null => {
      const { list } = state
      const hasSameOrder = sort ? JSON.stringify(list.order) === JSON.stringify(sort) : list.order.kind === 'import'
      if (list.filter !== filter || !hasSameOrder) return null
      return list.offset + list.ids.slice(0, list.index).filter((id) => !list.unmatched.has(id)).length
    },
    refresh: ({ changed = false }: { readonly changed?: boolean } = {}) => dispatch({ type: 'refresh', changed }),
    retry: () => dispatch({ type: 'retry' }),
    move: (places: number) => dispatch({ type: 'move', places }),
    moveInItem: (places: 1 | -1) => dispatch({ type: 'moveInItem', places }),
    showSibling: (pair: Candidate) => dispatch({ type: 'showSibling', pair }),
    goTo: (candidateId: number) => dispatch({ type: 'goTo', candidateId }),
    /** Nothing was to be decided: goes to the next pair. */
    pass: (candidate: Candidate) => dispatch({ type: 'pass', candidate }),
    skip: () => dispatch({ type: 'skip' }),
    setWholeItem: (isWholeItem: boolean) => dispatch({ type: 'setWholeItem', isWholeItem }),
    /** Decides on the pair on the screen. With `pin` it becomes an exemplar once that is stored. @param reason why it is one */
    decide: (decision: ReviewDecision, pin = false, reason?: string | null) =>
      dispatch({ type: 'decide', candidate: null, decision, seconds: timer.seconds(), pin: pin ? { reason } : null }),
    /** Decides on a pair of the grid or the table. */
    decideOn: (candidate: Candidate, decision: ReviewDecision, pin = false) => {
      dispatch({ type: 'decide', candidate, decision, seconds: timer.seconds(), pin: pin ? { reason: undefined } : null })
      timer.restart()
    },
    /** One decision on many pairs, undone in one step. @param candidates those of the target that are shown; they change at once */
    decideMany: (input: CallInput<'bulk.decide'>, candidates: readonly Candidate[]) => dispatch({ type: 'decideMany', input, candidates }),
    /**
     * Reads pairs for the grid or the table. What it shows of them follows every decision.
     * @param keptIds of those read before, which are still shown
     */
    readSheet: async <T>(
      read: () => Promise<T>,
      candidatesOf: (read: T) => readonly Candidate[],
      keptIds: () => ReadonlySet<number>,
    ): Promise<T> => {
      const since = state.revision
      const result = await read()
      dispatch({ type: 'sheetRead', candidates: candidatesOf(result), since, keptIds })
      return result
    },
    /** The reviewer turned to another pair of the grid. */
    restartTime: timer.restart,
    undo: () => dispatch({ type: 'undoOrRedo', direction: 'undo' }),
    redo: () => dispatch({ type: 'undoOrRedo', direction: 'redo' }),
    /** @param reason why it is an exemplar; null removes an earlier reason */
    pin: (candidate: Candidate, pinned: boolean, reason?: string | null) => dispatch({ type: 'pin', candidate, pinned, reason }),
    /**
     * Takes a step over several pairs; keys that decide rest until it is stored. With `leave` the queue then goes on to the next pair.
     * @returns what it changed; null where it failed, which the screen then says
     */
    takeStep: (step: Step, leave: boolean): Promise<StepOutcome | null> =>
      new Promise((resolve) => {
        const requestId = ++lastRequest
        steps.set(requestId, resolve)
        dispatch({ type: 'takeStep', requestId, step, leave })
      }),
    announce: (word: Announcement['word'], values: AnnouncedValues = {}) => dispatch({ type: 'announce', word, values }),
    /** Text that was typed in this window: undefined where none was, null where it was decided on or discarded. */
    draftOf: (candidateId: number): Pair | null | undefined => state.drafts.get(candidateId),
    keepDraft: (candidateId: number, text: Pair) => dispatch({ type: 'keepDraft', candidateId, text }),
    saveDraft: (candidateId: number, text: Pair) => dispatch({ type: 'saveDraft', candidateId, text }),
    discardDraft: (candidateId: number) => dispatch({ type: 'discardDraft', candidateId }),
    goToCheck: (candidateId: number) => dispatch({ type: 'goToCheck', candidateId }),
    dismissCheck: () => dispatch({ type: 'dismissCheck' }),
    dismissFailure: () => dispatch({ type: 'dismissFailure' }),
    /** While the reviewer types, nothing moves the screen away. */
    setTyping: (isTyping: boolean) => dispatch({ type: 'setTyping', isTyping }),
    /** While the reviewer rests, no time counts. */
    setPaused: (isPaused: boolean) => (isPaused ? timer.pause() : timer.resume()),
    touch: timer.touch,
    secondsOnPair: timer.seconds,
    enqueue: runner.enqueue,
    settled: runner.settled,
  }
}
