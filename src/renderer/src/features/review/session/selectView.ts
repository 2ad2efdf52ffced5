import { replaceEqualDeep } from '@tanstack/react-query'
import { currentCandidate } from '../queue/queueList'
import { pairsOfItem } from './candidates'
import { upcomingItems } from './reads'
import { leftOf, progressOf, statusOf, stripOf, totalOf, upcomingOf, type ReviewView } from './reviewView'
import { isRushed } from '../work/rushDetection'
import { isByItem, type ReviewState } from './state'

/** Returns the view that the screen renders for a state. */
export function selectView(state: ReviewState): ReviewView {
  const { list, counts, error, missedCheck } = state
  const candidate = currentCandidate(list)
  const pairs = candidate && pairsOfItem(state, candidate.itemId)
  const total = totalOf(list, counts)
  const left = leftOf(list, counts, state.pendingInQueue)
  return {
    status: statusOf(list, error),
    candidate,
    isBusy: state.moving > 0 || (isByItem(state) && candidate !== null && pairs === null && !state.isItemUnreadable),
    position: list.offset + list.index + 1,
    total,
    read: list.offset + list.ids.length,
    counts,
    strip: stripOf(list),
    upcoming: isByItem(state) && candidate ? upcomingItems(state, candidate, pairs) : upcomingOf(list),
    left,
    progress: progressOf(list, total, left),
    skipped: list.skippedHere.length,
    pairs,
    announcement: state.announcement,
    error,
    failure: state.failure,
    isRushed: isRushed(state.rushedInARow),
    check: missedCheck && state.decisions < missedCheck.shownUntil ? missedCheck.check : null,
  }
}

/** Returns the view of the next state. Equal parts keep their identity, so that data that was only read again causes no rendering. */
export function updateView(view: ReviewView, state: ReviewState): ReviewView {
  const next = selectView(state)
  const shared = replaceEqualDeep(view, next)
  // The same message may be announced twice in a row.
  return shared.announcement === next.announcement ? shared : { ...shared, announcement: next.announcement }
}

/** Parts of the state that do not affect the view. */
const hidden: ReadonlySet<keyof ReviewState> = new Set([
  'sheet',
  'drafts',
  'isTyping',
  'writes',
  'revision',
  'isRecountDue',
  'changedAt',
  'allChangedAt',
  'nextKey',
  'order',
  'listBeforeSimilar',
  'readingPageOf',
  'readingIds',
])

/** Returns whether two states have the same view, so that no rendering is needed. */
export const looksSame = (one: ReviewState, other: ReviewState): boolean =>
  (Object.keys(one) as (keyof ReviewState)[]).every((part) => hidden.has(part) || one[part] === other[part])
