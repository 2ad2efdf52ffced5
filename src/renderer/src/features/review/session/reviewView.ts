import type { Candidate, CandidateState, Counts } from '../../../../../shared/domain'
import type { CheckNotice } from '../../../../../shared/quality'
import { currentCandidate, type QueueList } from '../queue/queueList'

/** One item of the strip with its pairs in the queue. Its ID is null while its pairs are being read. */
export interface StripItem {
  readonly itemId: number | null
  readonly sourceId: string
  readonly pairs: readonly { readonly id: number; readonly state: CandidateState }[]
}

export type AnnouncedValues = { readonly count?: number; readonly place?: number; readonly turns?: number }

/** Announcements for actions on several pairs, and for fixes. */
export type EditingWord =
  'split' | 'written' | 'turnMoved' | 'turnAtEnd' | 'noTurn' | 'noneOfItem' | 'itemAccepted' | 'itemRejected' | 'fixed' | 'noFix'

/** A message for screen readers. Every announcement is a new object, even if the message is the same. */
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
  /** Values inserted into the message. */
  readonly values?: AnnouncedValues
}

export interface Failure {
  readonly candidateId: number
  readonly error: unknown
}

/** Data that the screen renders. It is computed after every change, at a cost that does not depend on the length of the queue. */
export interface ReviewView {
  readonly status: 'loading' | 'ready' | 'end' | 'failed'
  readonly candidate: Candidate | null
  /** Whether an undo, a redo or an action on several pairs is in progress, or the pairs of the item are being read. */
  readonly isBusy: boolean
  /** Position of the current pair, starting at 1. */
  readonly position: number
  /** Number of candidates in the queue, including candidates decided in the meantime; null while unknown. */
  readonly total: number | null
  /** Number of entries read so far. */
  readonly read: number
  readonly counts: Counts | null
  /** Items around the current pair, in queue order. */
  readonly strip: readonly StripItem[]
  /** The next few candidates, to be prefetched. */
  readonly upcoming: readonly Candidate[]
  /** Number of undecided pairs in the queue; null if unknown. */
  readonly left: number | null
  /** Progress from 0 to 1: the share of decided pairs, or the position if the queue has no undecided pairs; null if unknown. */
  readonly progress: number | null
  /** Number of skipped pairs, which return at the end of the queue. */
  readonly skipped: number
  /** All pairs of the item when whole items are reviewed; null when pairs are reviewed one by one, and until the pairs have been read. */
  readonly pairs: readonly Candidate[] | null
  readonly announcement: Announcement | null
  /** Error that occurred while reading the queue; null if none. */
  readonly error: unknown
  /** A decision, draft or action that could not be stored and has not been dismissed. */
  readonly failure: Failure | null
  /** Whether too many pairs in a row were accepted too quickly. */
  readonly isRushed: boolean
  /** A recently missed attention check. */
  readonly check: CheckNotice | null
}

/** Maximum number of items in the strip before and after the current one, and of pairs that are checked to find them. */
const ITEMS_BEFORE = 4
const ITEMS_AFTER = 12
const MAX_STRIP_PAIRS = 100
const UPCOMING = 3

const sum = (counts: Counts, states: readonly CandidateState[]) => states.reduce((total, state) => total + counts[state], 0)
const allStates = ['pending', 'accepted', 'edited', 'rejected', 'ignored'] as const satisfies readonly CandidateState[]

/** Returns the total number of candidates in the queue: from the list if it has been read to the end, otherwise from the counts. */
export function totalOf(list: QueueList, counts: Counts | null): number | null {
  const here = list.offset + list.ids.length + list.skippedHere.length
  if (list.isComplete) return here
  const { states } = list.filter
  if (list.expectedTotal !== null && needsSize(list)) return Math.max(here, list.expectedTotal)
  if (!counts || isNarrowed(list)) return null
  return Math.max(here, sum(counts, states?.length ? states : allStates) + list.unmatched.size)
}

/** Returns whether the project counts do not give the queue length. In blind review they exclude decisions of other reviewers. */
export const needsSize = (list: QueueList) => isNarrowed(list) || !list.filter.states?.length

/** Returns whether the queue can contain both decided and undecided pairs, and the project counts do not give the number of each. */
export const needsPending = (list: QueueList) =>
  isNarrowed(list) &&
  list.filter.look === undefined &&
  (!list.filter.states?.length || list.filter.states.includes('pending')) &&
  !isPending(list)

const isPending = ({ filter: { states, look } }: QueueList) => look !== undefined || states?.join() === 'pending'

const isNarrowed = ({ filter }: QueueList) =>
  Object.entries(filter).some(([name, part]) => name !== 'states' && part !== undefined && part !== '')

/** Returns the number of undecided pairs in the queue. @param pendingInQueue number counted in the store, used if `needsPending` is true */
export function leftOf(list: QueueList, counts: Counts | null, pendingInQueue: number | null = null): number | null {
  const { states } = list.filter
  if (isPending(list)) {
    const total = totalOf(list, counts)
    return total === null ? null : Math.max(0, total - list.unmatched.size)
  }
  if (needsPending(list)) return pendingInQueue
  return counts && (!states?.length || states.includes('pending')) ? counts.pending : null
}

/** Returns the progress from 0 to 1. For a queue without undecided pairs, the position determines it. */
export function progressOf(list: QueueList, total: number | null, left: number | null): number | null {
  if (!total) return null
  const { states } = list.filter
  if (left !== null) return (total - Math.min(total, left)) / total
  const hasPending = !states?.length || states.includes('pending')
  return hasPending ? null : Math.min(total, list.offset + list.index) / total
}

export const upcomingOf = (list: QueueList): readonly Candidate[] =>
  list.ids.slice(list.index + 1, list.index + 1 + UPCOMING).flatMap((id) => list.loaded.get(id) ?? [])

/** Returns the items before and after the current pair. Consecutive pairs of the same item are grouped. */
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
