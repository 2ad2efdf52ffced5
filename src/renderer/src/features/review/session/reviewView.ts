import type { Candidate, CandidateState, Counts } from '../../../../../shared/domain'
import type { CheckNotice } from '../../../../../shared/quality'
import { currentCandidate, type QueueList } from '../queue/queueList'

/** One item of the strip with its pairs in the queue; without id while they are being read. */
export interface StripItem {
  readonly itemId: number | null
  readonly sourceId: string
  readonly pairs: readonly { readonly id: number; readonly state: CandidateState }[]
}

export type AnnouncedValues = { readonly count?: number; readonly place?: number; readonly turns?: number }

/** Announced of steps over several pairs, and of fixes. */
export type EditingWord =
  'split' | 'written' | 'turnMoved' | 'turnAtEnd' | 'noTurn' | 'noneOfItem' | 'itemAccepted' | 'itemRejected' | 'fixed' | 'noFix'

/** What a screen reader announces; a new object for every announcement. */
export interface Announcement {
  readonly word:
    | CandidateState
    | 'kept'
    | 'undone'
    | 'redone'
    | 'marksUndone'
    | 'marksRedone'
    | 'nothingToUndo'
    | 'nothingToRedo'
    | 'pinned'
    | 'unpinned'
    | 'acceptedAndPinned'
    | 'onlyApproved'
    | 'empty'
    | 'skipped'
    | 'onlyPending'
    | 'wholeItem'
    | 'onePair'
    | 'noFurther'
    | 'started'
    | 'goOn'
    | EditingWord
  /** figures in the words */
  readonly values?: AnnouncedValues
}

export interface Failure {
  readonly candidateId: number
  readonly error: unknown
}

/** What the screen draws; made anew after every change, at a cost that does not grow with the queue. */
export interface ReviewView {
  readonly status: 'loading' | 'ready' | 'end' | 'failed'
  readonly candidate: Candidate | null
  /** an undo or redo is on its way to its pair */
  readonly isBusy: boolean
  /** counted from 1 */
  readonly position: number
  /** candidates of the filter, those decided meanwhile included; null while it cannot be known */
  readonly total: number | null
  /** entries read so far */
  readonly read: number
  readonly counts: Counts | null
  /** the items around the pair, in the order of the queue */
  readonly strip: readonly StripItem[]
  /** the next few, to be read and painted ahead */
  readonly upcoming: readonly Candidate[]
  /** pairs of the queue that wait for a decision; null where that cannot be known */
  readonly left: number | null
  /** how far the queue is, 0 to 1: by its decided pairs, or by the position where none of it waits; null where that cannot be known */
  readonly progress: number | null
  /** skipped pairs; they return at the end */
  readonly skipped: number
  /** all pairs of the item, where they are shown at a time; null where one is, and until they are read */
  readonly pairs: readonly Candidate[] | null
  readonly announcement: Announcement | null
  /** why the queue could not be read */
  readonly error: unknown
  /** a decision that could not be stored */
  readonly failure: Failure | null
  /** accepted too many in a row, too fast */
  readonly isRushed: boolean
  /** an attention check that was missed a moment ago */
  readonly check: CheckNotice | null
}

/** Items of the strip, and pairs of the queue that are looked at for them. */
const ITEMS_BEFORE = 4
const ITEMS_AFTER = 12
const MAX_STRIP_PAIRS = 100
const UPCOMING = 3

const sum = (counts: Counts, states: readonly CandidateState[]) => states.reduce((total, state) => total + counts[state], 0)
const allStates = ['pending', 'accepted', 'edited', 'rejected', 'ignored'] as const satisfies readonly CandidateState[]

/** How many candidates the queue has in all: from the counts, or from the list once it is read to its end. */
export function totalOf(list: QueueList, counts: Counts | null): number | null {
  const here = list.offset + list.ids.length + list.skippedHere.length
  if (list.isComplete) return here
  const { states } = list.filter
  if (list.expectedTotal !== null && needsSize(list)) return Math.max(here, list.expectedTotal)
  if (!counts || isNarrowed(list)) return null
  return Math.max(here, sum(counts, states?.length ? states : allStates) + list.unmatched.size)
}

/** Whether the counts of the project do not tell how long the queue is: in blind review they leave out what others decided. */
export const needsSize = (list: QueueList) => isNarrowed(list) || !list.filter.states?.length

/** Whether decided and undecided pairs are in the queue, and the counts of the project do not tell how many of each. */
export const needsPending = (list: QueueList) =>
  isNarrowed(list) &&
  list.filter.look === undefined &&
  (!list.filter.states?.length || list.filter.states.includes('pending')) &&
  !isPending(list)

const isPending = ({ filter: { states, look } }: QueueList) => look !== undefined || states?.join() === 'pending'

const isNarrowed = ({ filter }: QueueList) =>
  Object.entries(filter).some(([name, part]) => name !== 'states' && part !== undefined && part !== '')

/** How many of them are still to be decided on. @param pendingInQueue as counted in the store, for a queue of which that must be asked */
export function leftOf(list: QueueList, counts: Counts | null, pendingInQueue: number | null = null): number | null {
  const { states } = list.filter
  if (isPending(list)) {
    const total = totalOf(list, counts)
    return total === null ? null : Math.max(0, total - list.unmatched.size)
  }
  if (needsPending(list)) return pendingInQueue
  return counts && (!states?.length || states.includes('pending')) ? counts.pending : null
}

/** How far the queue is. Where nothing in it waits for a decision, its position tells. */
export function progressOf(list: QueueList, total: number | null, left: number | null): number | null {
  if (!total) return null
  const { states } = list.filter
  if (left !== null) return (total - Math.min(total, left)) / total
  const hasPending = !states?.length || states.includes('pending')
  return hasPending ? null : Math.min(total, list.offset + list.index) / total
}

export const upcomingOf = (list: QueueList): readonly Candidate[] =>
  list.ids.slice(list.index + 1, list.index + 1 + UPCOMING).flatMap((id) => list.loaded.get(id) ?? [])

/** The items before and after the current pair; pairs of one item that follow each other in the queue stand together. */
export function stripOf(list: QueueList): readonly StripItem[] {
  const itemAt = (at: number) => list.loaded.get(list.ids[at] ?? 0)?.itemId ?? null
  const edge = (way: 1 | -1, most: number) => {
    let [at, items] = [list.index, 0]
    while (Math.abs(at + way - list.index) <= MAX_STRIP_PAIRS && list.ids[at + way] !== undefined) {
      if (itemAt(at + way) !== itemAt(at) && ++items > most) break
      at += way
    }
    return at
  }
  const items: { itemId: number | null; sourceId: string; pairs: { id: number; state: CandidateState }[] }[] = []
  for (const id of list.ids.slice(edge(-1, ITEMS_BEFORE), edge(1, ITEMS_AFTER) + 1)) {
    const candidate = list.loaded.get(id)
    const pair = { id, state: candidate?.state ?? ('pending' as const) }
    const last = items.at(-1)
    if (last && candidate && last.itemId === candidate.itemId) last.pairs.push(pair)
    else items.push({ itemId: candidate?.itemId ?? null, sourceId: candidate?.itemSourceId ?? '', pairs: [pair] })
  }
  return items
}

export function statusOf(list: QueueList, error: unknown): ReviewView['status'] {
  if (currentCandidate(list)) return 'ready'
  if (error !== null) return 'failed'
  return list.hasReachedEnd && list.index >= list.ids.length && list.skippedHere.length === 0 ? 'end' : 'loading'
}
