import type { Candidate, CandidateState, Counts } from '../../../../shared/domain'
import type { CheckNotice } from '../../../../shared/quality'
import { currentCandidate, type QueueList } from './queueList'

/** One place of the strip of neighbours; the candidate is null while it is being read. */
export interface Neighbour {
  readonly id: number
  readonly candidate: Candidate | null
}

export type SaidValues = { readonly count?: number; readonly place?: number; readonly turns?: number }

/** Said of steps over several pairs, and of fixes. */
export type EditingWord =
  'split' | 'written' | 'turnMoved' | 'turnAtEnd' | 'noTurn' | 'noneOfItem' | 'itemAccepted' | 'itemRejected' | 'fixed' | 'noFix'

/** What a screen reader is told; a new object for every announcement. */
export interface Announcement {
  readonly word:
    | CandidateState
    | 'kept'
    | 'undone'
    | 'redone'
    | 'nothingToUndo'
    | 'nothingToRedo'
    | 'pinned'
    | 'unpinned'
    | 'acceptedAndPinned'
    | 'onlyApproved'
    | 'empty'
    | EditingWord
  /** figures in the words */
  readonly values?: SaidValues
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
  readonly busy: boolean
  /** counted from 1 */
  readonly position: number
  /** candidates of the filter, those decided meanwhile included; null while it cannot be known */
  readonly total: number | null
  /** entries read so far */
  readonly read: number
  readonly counts: Counts | null
  readonly neighbours: readonly Neighbour[]
  /** the next few, to be read and painted ahead */
  readonly upcoming: readonly Candidate[]
  readonly decided: number
  readonly perHour: number | null
  readonly announcement: Announcement | null
  /** why the queue could not be read */
  readonly error: unknown
  /** a decision that could not be stored */
  readonly failure: Failure | null
  /** accepted too many in a row, too fast */
  readonly hurried: boolean
  /** an attention check that was missed a moment ago */
  readonly check: CheckNotice | null
}

const NEIGHBOURS_BEFORE = 4
const NEIGHBOURS_AFTER = 8
const UPCOMING = 3

const sum = (counts: Counts, states: readonly CandidateState[]) => states.reduce((total, state) => total + counts[state], 0)
const allStates = ['pending', 'accepted', 'edited', 'rejected', 'ignored'] as const satisfies readonly CandidateState[]

/** How many candidates the queue has in all: from the counts, or from the list once it is read to its end. */
export function totalOf(list: QueueList, counts: Counts | null): number | null {
  if (list.complete) return list.before + list.ids.length
  const { states, ...narrower } = list.filter
  if (!counts || Object.values(narrower).some((part) => part !== undefined && part !== '')) return null
  return Math.max(list.before + list.ids.length, sum(counts, states?.length ? states : allStates) + list.left.size)
}

export const upcomingOf = (list: QueueList): readonly Candidate[] =>
  list.ids.slice(list.index + 1, list.index + 1 + UPCOMING).flatMap((id) => list.loaded.get(id) ?? [])

export function neighboursOf(list: QueueList): readonly Neighbour[] {
  const first = Math.max(0, list.index - NEIGHBOURS_BEFORE)
  return list.ids.slice(first, list.index + NEIGHBOURS_AFTER + 1).map((id) => ({ id, candidate: list.loaded.get(id) ?? null }))
}

export function statusOf(list: QueueList, error: unknown): ReviewView['status'] {
  if (currentCandidate(list)) return 'ready'
  if (error !== null) return 'failed'
  return list.endSeen && list.index >= list.ids.length ? 'end' : 'loading'
}
