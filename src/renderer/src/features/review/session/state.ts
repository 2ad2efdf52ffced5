import { type Candidate, candidateStateSchema, type Counts, type Pair } from '../../../../../shared/domain'
import { defaultDesk, type QueueOrder } from '../../../../../shared/review'
import type { CheckNotice } from '../../../../../shared/quality'
import { IdMap } from '../queue/idMap'
import { createQueueList, type QueueList } from '../queue/queueList'
import type { Effect } from './events'
import { noWrites, type PendingWrites } from './pendingWrites'
import type { Announcement, Failure } from './reviewView'

/** Pairs of whole items, regardless of the filter of the queue. Pairs of a stale item are shown until they have been read again. */
export interface ItemPairs {
  readonly pairs: ReadonlyMap<number, readonly Candidate[]>
  readonly stale: ReadonlySet<number>
  readonly reading: ReadonlySet<number>
  /** Incremented when all items become stale. Responses to requests of an earlier generation are discarded. */
  readonly generation: number
}

/** State of the review session. Immutable; only `reduce` creates a new state. */
export interface ReviewState {
  readonly list: QueueList
  /** Requested order. A list that was started from the table has the order of the table instead. */
  readonly order: QueueOrder
  /** The list to return to after viewing similar pairs. */
  readonly listBeforeSimilar: QueueList | null
  /** ID of the next list or write. */
  readonly nextKey: number
  /** Key of the list whose next page is being read, or must not be read yet. */
  readonly readingPageOf: number | null
  /** IDs of the candidates that are being read individually. */
  readonly readingIds: ReadonlySet<number>
  readonly isWholeItem: boolean
  readonly items: ItemPairs
  /** Whether the pairs of the item could not be read, so that it is reviewed pair by pair. */
  readonly isItemUnreadable: boolean
  /** Current versions of the pairs that the grid or the table has read. */
  readonly sheet: IdMap<Candidate>
  readonly counts: Counts | null
  /** Whether counts arrived while decisions were being stored. They are then read again after the last decision. */
  readonly isRecountDue: boolean
  /** Number of undecided pairs in a queue that also has decided ones; null until counted. */
  readonly pendingInQueue: number | null
  readonly writes: PendingWrites
  /** Incremented with every change of a candidate. An answer requested before its candidate changed is out of date. */
  readonly revision: number
  readonly changedAt: IdMap<number>
  /** Revision of the last change that may have affected any candidate. */
  readonly allChangedAt: number
  /** Typed text by candidate ID; null once it was decided on or discarded. */
  readonly drafts: IdMap<Pair | null>
  /** Number of undo, redo and multi-pair actions in progress. */
  readonly moving: number
  /** Whether the reviewer is typing. While typing, a failed decision does not bring another pair to the screen. */
  readonly isTyping: boolean
  readonly decisions: number
  readonly rushedInARow: number
  readonly missedCheck: { readonly check: CheckNotice; readonly shownUntil: number } | null
  readonly announcement: Announcement | null
  readonly failure: Failure | null
  /** Error that occurred while reading the queue; null if none. */
  readonly error: unknown
}

export const initialState: ReviewState = {
  list: createQueueList({}),
  order: defaultDesk.order,
  listBeforeSimilar: null,
  nextKey: 1,
  readingPageOf: null,
  readingIds: new Set(),
  isWholeItem: false,
  items: { pairs: new Map(), stale: new Set(), reading: new Set(), generation: 0 },
  isItemUnreadable: false,
  sheet: IdMap.empty(),
  counts: null,
  isRecountDue: false,
  pendingInQueue: null,
  writes: noWrites,
  revision: 0,
  changedAt: IdMap.empty(),
  allChangedAt: 0,
  drafts: IdMap.empty(),
  moving: 0,
  isTyping: false,
  decisions: 0,
  rushedInARow: 0,
  missedCheck: null,
  announcement: null,
  failure: null,
  error: null,
}

/** The next state and the effects to run. */
export interface Transition {
  readonly state: ReviewState
  readonly effects: readonly Effect[]
}

export const to = (state: ReviewState, ...effects: readonly Effect[]): Transition => ({ state, effects })

/** Applies another step to the state of a transition and combines the effects of both. */
export function chain({ state, effects }: Transition, step: (state: ReviewState) => Transition): Transition {
  const next = step(state)
  return { state: next.state, effects: [...effects, ...next.effects] }
}

/** Returns whether whole items are reviewed. Second reviews are always pair by pair, because the other pairs of the item need none. */
export const isByItem = ({ isWholeItem, list }: ReviewState) => isWholeItem && list.filter.look === undefined

export const sameCounts = (one: Counts | null, other: Counts) =>
  one !== null && candidateStateSchema.options.every((state) => one[state] === other[state])
