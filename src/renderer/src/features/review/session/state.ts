import { type Candidate, candidateStateSchema, type Counts, type Pair } from '../../../../../shared/domain'
import { defaultDesk, type QueueOrder } from '../../../../../shared/review'
import type { CheckNotice } from '../../../../../shared/quality'
import { IdMap } from '../queue/idMap'
import { createQueueList, type QueueList } from '../queue/queueList'
import type { Effect } from './events'
import { noWrites, type PendingWrites } from './pendingWrites'
import type { Announcement, Failure } from './reviewView'

/** Pairs of whole items, whatever the queue is narrowed to. Those of a stale item are shown until they are read again. */
export interface ItemPairs {
  readonly pairs: ReadonlyMap<number, readonly Candidate[]>
  readonly stale: ReadonlySet<number>
  readonly reading: ReadonlySet<number>
  /** an answer of an earlier generation is dropped */
  readonly generation: number
}

/** All that the review session knows. Immutable; `reduce` is the only way to a new one. */
export interface ReviewState {
  readonly list: QueueList
  /** the order that was asked for; a list that began in the table has the table's own */
  readonly order: QueueOrder
  /** the list that was left for similar pairs, to come back to */
  readonly listBeforeSimilar: QueueList | null
  /** number of the next list and of the next write */
  readonly nextKey: number
  /** the list whose next page is being read, or must not be read yet */
  readonly readingPageOf: number | null
  /** candidates that are being read one by one */
  readonly readingIds: ReadonlySet<number>
  readonly isWholeItem: boolean
  readonly items: ItemPairs
  /** the pairs of the item could not be read: it is reviewed pair by pair */
  readonly isItemUnreadable: boolean
  /** pairs that the grid or the table shows, as they are now */
  readonly sheet: IdMap<Candidate>
  readonly counts: Counts | null
  /** counts were read while decisions were being stored: they are read again after the last one */
  readonly isRecountDue: boolean
  /** undecided pairs of a queue that has decided ones too; null until they are counted */
  readonly pendingInQueue: number | null
  readonly writes: PendingWrites
  /** grows with every change of a candidate: an answer that was asked for before a change of its candidate is out of date */
  readonly revision: number
  readonly changedAt: IdMap<number>
  /** a step changed pairs that are not all known */
  readonly allChangedAt: number
  /** text that was typed and not decided on; null once it was decided on or discarded */
  readonly drafts: IdMap<Pair | null>
  /** undo, redo and steps over several pairs that are under way */
  readonly moving: number
  /** while the reviewer types, nothing moves the screen away */
  readonly isTyping: boolean
  readonly decisions: number
  readonly rushedInARow: number
  readonly missedCheck: { readonly check: CheckNotice; readonly shownUntil: number } | null
  readonly announcement: Announcement | null
  readonly failure: Failure | null
  /** why the queue could not be read */
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

/** The next state, and what is to be done about it outside. */
export interface Transition {
  readonly state: ReviewState
  readonly effects: readonly Effect[]
}

/** Makes a transition out of a state and effects. */
export const to = (state: ReviewState, ...effects: readonly Effect[]): Transition => ({ state, effects })

/** Goes on with another step from the state that a transition led to. */
export function chain({ state, effects }: Transition, step: (state: ReviewState) => Transition): Transition {
  const next = step(state)
  return { state: next.state, effects: [...effects, ...next.effects] }
}

/** Second reviews come up pair by pair: the other pairs of the item ask for none. */
export const isByItem = ({ isWholeItem, list }: ReviewState) => isWholeItem && list.filter.look === undefined

export const sameCounts = (one: Counts | null, other: Counts) =>
  one !== null && candidateStateSchema.options.every((state) => one[state] === other[state])
