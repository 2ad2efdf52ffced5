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
  /** Called when a candidate was changed in the store, so that its cached history is outdated. */
  readonly onStored?: (candidate: Candidate, counts: Counts | null) => void
  /** Called when the number of decisions of the reviewer changes. `more` is negative if decisions were undone. */
  readonly onDecisions?: (more: number) => void
  readonly now?: () => number
}

export type ReviewSession = ReturnType<typeof createReviewSession>

/**
 * Creates the review session of one reviewer. It holds the review state, passes events to the reducer and effects to the effect runner.
 * It is independent of the screen, which subscribes to its view.
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
    /** Returns the current versions of the pairs that the grid or the table has read. */
    getSheet: () => state.sheet,
    show: (filter: CandidateFilter, order: QueueOrder = defaultDesk.order) => dispatch({ type: 'show', filter, order }),
    startAt: (filter: CandidateFilter, candidates: readonly Candidate[], place: TablePlace) =>
      dispatch({ type: 'startAt', filter, candidates, place }),
    /** Returns the index of the current pair in the table, or null if the queue has a different filter or order. */
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
    /** Goes to the next pair without a decision. */
    pass: (candidate: Candidate) => dispatch({ type: 'pass', candidate }),
    skip: () => dispatch({ type: 'skip' }),
    setWholeItem: (isWholeItem: boolean) => dispatch({ type: 'setWholeItem', isWholeItem }),
    /** Decides on the current pair. With `pin`, it becomes an exemplar once the decision is stored. @param reason why it is an exemplar */
    decide: (decision: ReviewDecision, pin = false, reason?: string | null) =>
      dispatch({ type: 'decide', candidate: null, decision, seconds: timer.seconds(), pin: pin ? { reason } : null }),
    /** Decides on a pair of the grid or the table. */
    decideOn: (candidate: Candidate, decision: ReviewDecision, pin = false) => {
      dispatch({ type: 'decide', candidate, decision, seconds: timer.seconds(), pin: pin ? { reason: undefined } : null })
      timer.restart()
    },
    /** Makes one decision on many pairs; one undo reverts it. @param candidates affected pairs that are shown; they change immediately */
    decideMany: (input: CallInput<'bulk.decide'>, candidates: readonly Candidate[]) => dispatch({ type: 'decideMany', input, candidates }),
    /**
     * Reads pairs for the grid or the table. The session updates them after every decision.
     * @param keptIds returns the IDs of previously read pairs that are still shown
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
    /** Restarts the timer when the reviewer moves to another pair of the grid. */
    restartTime: timer.restart,
    undo: () => dispatch({ type: 'undoOrRedo', direction: 'undo' }),
    redo: () => dispatch({ type: 'undoOrRedo', direction: 'redo' }),
    /** Makes a pair an exemplar, or reverts that. @param reason why it is an exemplar; null removes an earlier reason */
    pin: (candidate: Candidate, pinned: boolean, reason?: string | null) => dispatch({ type: 'pin', candidate, pinned, reason }),
    /**
     * Performs an action on several pairs. Decision keys are disabled until it is stored. With `leave`, the queue then moves on.
     * @returns the changes, or null if the action failed; the screen then shows the error
     */
    takeStep: (step: Step, leave: boolean): Promise<StepOutcome | null> =>
      new Promise((resolve) => {
        const requestId = ++lastRequest
        steps.set(requestId, resolve)
        dispatch({ type: 'takeStep', requestId, step, leave })
      }),
    announce: (word: Announcement['word'], values: AnnouncedValues = {}) => dispatch({ type: 'announce', word, values }),
    /** Returns the text typed in this window: undefined if there is none, null if it was decided on or discarded. */
    draftOf: (candidateId: number): Pair | null | undefined => state.drafts.get(candidateId),
    keepDraft: (candidateId: number, text: Pair) => dispatch({ type: 'keepDraft', candidateId, text }),
    saveDraft: (candidateId: number, text: Pair) => dispatch({ type: 'saveDraft', candidateId, text }),
    discardDraft: (candidateId: number) => dispatch({ type: 'discardDraft', candidateId }),
    goToCheck: (candidateId: number) => dispatch({ type: 'goToCheck', candidateId }),
    dismissCheck: () => dispatch({ type: 'dismissCheck' }),
    dismissFailure: () => dispatch({ type: 'dismissFailure' }),
    /** Sets whether the reviewer is typing. While typing, a failed decision does not bring another pair to the screen. */
    setTyping: (isTyping: boolean) => dispatch({ type: 'setTyping', isTyping }),
    /** Pauses or resumes the timer. */
    setPaused: (isPaused: boolean) => (isPaused ? timer.pause() : timer.resume()),
    touch: timer.touch,
    secondsOnPair: timer.seconds,
    enqueue: runner.enqueue,
    settled: runner.settled,
  }
}
