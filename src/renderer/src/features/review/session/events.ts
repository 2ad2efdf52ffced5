import type { CallInput, CallOutput, DecisionResult } from '../../../../../shared/contract'
import type { Candidate, Counts, Draft, Pair } from '../../../../../shared/domain'
import type { StepOutcome } from '../../../../../shared/editing'
import type { CandidateFilter, QueueOrder } from '../../../../../shared/review'
import type { QueueList, QueuePart, TablePlace } from '../queue/queueList'
import type { Announcement, AnnouncedValues } from './reviewView'
import type { ReviewDecision } from './verdict'

/** Requests to make a pair an exemplar once its approval is stored. @param reason undefined keeps the earlier reason, null removes it */
export interface PinRequest {
  readonly reason: string | null | undefined
}

type StepName = 'item.decide' | 'pair.write' | 'pair.split' | 'turn.move'
/** The API call, with its input, that performs an action on several pairs. */
export type Step = { readonly [N in StepName]: { readonly name: N; readonly input: CallInput<N> } }[StepName]

/** Events that the reviewer, or the window on their behalf, triggers. */
type ReviewerEvent =
  | { readonly type: 'show'; readonly filter: CandidateFilter; readonly order: QueueOrder }
  | { readonly type: 'startAt'; readonly filter: CandidateFilter; readonly candidates: readonly Candidate[]; readonly place: TablePlace }
  | { readonly type: 'refresh'; readonly changed: boolean }
  | { readonly type: 'retry' }
  | { readonly type: 'move'; readonly places: number }
  | { readonly type: 'moveInItem'; readonly places: 1 | -1 }
  | { readonly type: 'showSibling'; readonly pair: Candidate }
  | { readonly type: 'goTo'; readonly candidateId: number }
  | { readonly type: 'pass'; readonly candidate: Candidate }
  | { readonly type: 'skip' }
  | { readonly type: 'setWholeItem'; readonly isWholeItem: boolean }
  | { readonly type: 'setTyping'; readonly isTyping: boolean }
  /** `candidate` is null for the current pair. */
  | {
      readonly type: 'decide'
      readonly candidate: Candidate | null
      readonly decision: ReviewDecision
      readonly seconds: number
      readonly pin: PinRequest | null
    }
  /** `candidates` contains the affected candidates that are currently shown. */
  | {
      readonly type: 'decideMany'
      readonly input: CallInput<'bulk.decide'>
      readonly candidates: readonly Candidate[]
    }
  /** The grid or the table has read candidates. `keptIds` returns the IDs of earlier candidates that are still shown. */
  | {
      readonly type: 'sheetRead'
      readonly candidates: readonly Candidate[]
      readonly since: number
      readonly keptIds: () => ReadonlySet<number>
    }
  | { readonly type: 'pin'; readonly candidate: Candidate; readonly pinned: boolean; readonly reason: string | null | undefined }
  | { readonly type: 'undoOrRedo'; readonly direction: 'undo' | 'redo' }
  | { readonly type: 'takeStep'; readonly requestId: number; readonly step: Step; readonly leave: boolean }
  | { readonly type: 'announce'; readonly word: Announcement['word']; readonly values: AnnouncedValues }
  | { readonly type: 'keepDraft'; readonly candidateId: number; readonly text: Pair }
  | { readonly type: 'saveDraft'; readonly candidateId: number; readonly text: Pair }
  | { readonly type: 'discardDraft'; readonly candidateId: number }
  | { readonly type: 'goToCheck'; readonly candidateId: number }
  | { readonly type: 'dismissCheck' }
  | { readonly type: 'dismissFailure' }

interface ReadPage extends Pick<QueueList, 'filter' | 'order' | 'cursor'> {
  readonly type: 'readPage'
  readonly listKey: number
  readonly since: number
}
interface ReadCandidate {
  readonly type: 'readCandidate'
  readonly id: number
  readonly look: CandidateFilter['look']
  readonly since: number
}
interface ReadItem {
  readonly type: 'readItem'
  readonly itemId: number
  readonly generation: number
  readonly since: number
}
interface ReadCounts {
  readonly type: 'readCounts'
  readonly since: number
}
export interface CountQueue {
  readonly type: 'countQueue'
  readonly listKey: number
  readonly filter: CandidateFilter
  /** Whether to also count the undecided pairs of the queue. */
  readonly isPendingAsked: boolean
}
interface SaveDecision {
  readonly type: 'saveDecision'
  readonly writeId: number
  readonly input: CallInput<'decision.add'>
  /** Text that was typed before the decision. */
  readonly draft: Pair | null | undefined
  readonly pin: PinRequest | null
}
interface SaveMany {
  readonly type: 'saveMany'
  readonly input: CallInput<'bulk.decide'>
  /** Writes of the candidates that are shown. */
  readonly writes: readonly { readonly writeId: number; readonly candidateId: number }[]
}
interface SavePin {
  readonly type: 'savePin'
  readonly writeId: number
  readonly input: CallInput<'exemplar.pin'>
}
export interface UndoOrRedo {
  readonly type: 'undoOrRedo'
  readonly direction: 'undo' | 'redo'
  readonly since: number
}
/** Reads the entries after the current one again, until one of them still matches the filter. */
interface ReadBehind {
  readonly type: 'readBehind'
  readonly listKey: number
  readonly ids: readonly number[]
  readonly redone: Candidate
}
export interface RunStep {
  readonly type: 'runStep'
  readonly requestId: number
  readonly step: Step
  /** The current pair when the action was requested. */
  readonly from: Candidate | null
  readonly leave: boolean
  readonly since: number
}

/**
 * Side effects of a transition. `since` is the revision at which an effect was requested. An effect with a result leads to an event that
 * contains the effect as its `request`.
 */
export type Effect =
  | ReadPage
  | ReadCandidate
  | ReadItem
  | ReadCounts
  | CountQueue
  | SaveDecision
  | SaveMany
  | SavePin
  | UndoOrRedo
  | ReadBehind
  | RunStep
  | { readonly type: 'restartTimer' }
  /** Dispatches `writesSettled` once all writes so far have been stored or have failed. */
  | { readonly type: 'awaitWrites'; readonly listKey: number }
  | { readonly type: 'saveDraft'; readonly input: CallInput<'draft.save'> }
  | { readonly type: 'discardDraft'; readonly input: CallInput<'draft.discard'> }
  | { readonly type: 'notifyStored'; readonly candidate: Candidate; readonly counts: Counts | null }
  | { readonly type: 'notifyDecisions'; readonly more: number }
  | { readonly type: 'endStep'; readonly requestId: number; readonly outcome: StepOutcome | null }

/** Events that contain a response of the store. */
type AnswerEvent =
  | { readonly type: 'pageRead'; readonly request: ReadPage; readonly page: QueuePart }
  | { readonly type: 'candidateRead'; readonly request: ReadCandidate; readonly candidate: Candidate }
  | { readonly type: 'itemRead'; readonly request: ReadItem; readonly candidates: readonly Candidate[] }
  | { readonly type: 'countsRead'; readonly request: ReadCounts; readonly counts: Counts }
  | { readonly type: 'readFailed'; readonly request: ReadPage | ReadCandidate | ReadItem | ReadCounts; readonly error: unknown }
  /** @param revision of the state when counting started; `size` and `pending` are null if counting failed */
  | {
      readonly type: 'queueCounted'
      readonly request: CountQueue
      readonly revision: number
      readonly size: number | null
      readonly pending: number | null
    }
  | { readonly type: 'writesSettled'; readonly listKey: number }
  | { readonly type: 'decisionStored'; readonly request: SaveDecision; readonly result: DecisionResult }
  | { readonly type: 'decisionFailed'; readonly request: SaveDecision; readonly error: unknown }
  /** `candidates` contains the shown candidates as stored after the decision. */
  | { readonly type: 'manyStored'; readonly request: SaveMany; readonly counts: Counts; readonly candidates: readonly Candidate[] }
  | { readonly type: 'manyFailed'; readonly request: SaveMany; readonly error: unknown }
  | { readonly type: 'pinStored'; readonly request: SavePin; readonly candidate: Candidate }
  | { readonly type: 'pinFailed'; readonly request: SavePin; readonly error: unknown }
  /** @param draft stored draft of the pair; undefined if it was not read */
  | {
      readonly type: 'undoOrRedoDone'
      readonly request: UndoOrRedo
      readonly result: CallOutput<'decision.undo'>
      readonly draft: Draft | null | undefined
    }
  | { readonly type: 'behindRead'; readonly request: ReadBehind; readonly candidates: readonly Candidate[] }
  | { readonly type: 'undoOrRedoFailed'; readonly error: unknown }
  | { readonly type: 'stepDone'; readonly request: RunStep; readonly outcome: StepOutcome }
  | { readonly type: 'stepFailed'; readonly request: RunStep; readonly error: unknown }
  | { readonly type: 'draftFailed'; readonly candidateId: number; readonly error: unknown }

export type ReviewEvent = ReviewerEvent | AnswerEvent
/** Extracts the event with a given type. */
export type EventOf<T extends ReviewEvent['type']> = Extract<ReviewEvent, { readonly type: T }>
