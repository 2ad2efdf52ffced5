import type { CallInput, CallOutput, DecisionResult } from '../../../../../shared/contract'
import type { Candidate, Counts, Draft, Pair } from '../../../../../shared/domain'
import type { StepOutcome } from '../../../../../shared/editing'
import type { CandidateFilter, QueueOrder } from '../../../../../shared/review'
import type { QueueList, QueuePart, TablePlace } from '../queue/queueList'
import type { Announcement, AnnouncedValues } from './reviewView'
import type { ReviewDecision } from './verdict'

/** Makes an exemplar of a pair once its approval is stored. @param reason undefined keeps the earlier reason, null removes it */
export interface PinRequest {
  readonly reason: string | null | undefined
}

type StepName = 'item.decide' | 'pair.write' | 'pair.split' | 'turn.move'
/** A step over several pairs: the call that carries it out. */
export type Step = { readonly [N in StepName]: { readonly name: N; readonly input: CallInput<N> } }[StepName]

/** What the reviewer, or the window for them, asks for. */
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
  /** `candidate`: null for the pair on the screen */
  | {
      readonly type: 'decide'
      readonly candidate: Candidate | null
      readonly decision: ReviewDecision
      readonly seconds: number
      readonly pin: PinRequest | null
    }
  /** `candidates`: those of the target that are shown */
  | {
      readonly type: 'decideMany'
      readonly input: CallInput<'bulk.decide'>
      readonly candidates: readonly Candidate[]
    }
  /** the grid or the table read candidates; `keptIds`: of those read before, which are still shown */
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
  /** counts the undecided pairs of the queue too */
  readonly isPendingAsked: boolean
}
interface SaveDecision {
  readonly type: 'saveDecision'
  readonly writeId: number
  readonly input: CallInput<'decision.add'>
  /** what was typed before the decision */
  readonly draft: Pair | null | undefined
  readonly pin: PinRequest | null
}
interface SaveMany {
  readonly type: 'saveMany'
  readonly input: CallInput<'bulk.decide'>
  /** the writes of those that are shown */
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
/** Reads the entries behind the one on the screen again, until one of them still matches. */
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
  /** the pair that was on the screen */
  readonly from: Candidate | null
  readonly leave: boolean
  readonly since: number
}

/** What is to be done outside the state; `since` is the revision at which it was asked for. Those with an answer come back as an event that carries them as its `request`. */
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
  /** answers once all writes made so far are stored or have failed */
  | { readonly type: 'awaitWrites'; readonly listKey: number }
  | { readonly type: 'saveDraft'; readonly input: CallInput<'draft.save'> }
  | { readonly type: 'discardDraft'; readonly input: CallInput<'draft.discard'> }
  | { readonly type: 'notifyStored'; readonly candidate: Candidate; readonly counts: Counts | null }
  | { readonly type: 'notifyDecisions'; readonly more: number }
  | { readonly type: 'endStep'; readonly requestId: number; readonly outcome: StepOutcome | null }

/** What the store answered. */
type AnswerEvent =
  | { readonly type: 'pageRead'; readonly request: ReadPage; readonly page: QueuePart }
  | { readonly type: 'candidateRead'; readonly request: ReadCandidate; readonly candidate: Candidate }
  | { readonly type: 'itemRead'; readonly request: ReadItem; readonly candidates: readonly Candidate[] }
  | { readonly type: 'countsRead'; readonly request: ReadCounts; readonly counts: Counts }
  | { readonly type: 'readFailed'; readonly request: ReadPage | ReadCandidate | ReadItem | ReadCounts; readonly error: unknown }
  /** @param revision of the state when the counting began; the figures are null where it failed */
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
  /** `candidates`: those that are shown, as they are stored now */
  | { readonly type: 'manyStored'; readonly request: SaveMany; readonly counts: Counts; readonly candidates: readonly Candidate[] }
  | { readonly type: 'manyFailed'; readonly request: SaveMany; readonly error: unknown }
  | { readonly type: 'pinStored'; readonly request: SavePin; readonly candidate: Candidate }
  | { readonly type: 'pinFailed'; readonly request: SavePin; readonly error: unknown }
  /** @param draft as stored for the pair; undefined where it was not read */
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
/** An event of one type. */
export type EventOf<T extends ReviewEvent['type']> = Extract<ReviewEvent, { readonly type: T }>
