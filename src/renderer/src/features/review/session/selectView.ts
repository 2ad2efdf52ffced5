import { replaceEqualDeep } from '@tanstack/react-query'
import { currentCandidate } from '../queue/queueList'
import { pairsOfItem } from './candidates'
import { upcomingItems } from './reads'
import { leftOf, progressOf, statusOf, stripOf, totalOf, upcomingOf, type ReviewView } from './reviewView'
import { isRushed } from '../work/rushDetection'
import { isByItem, type ReviewState } from './state'

/** Returns what the screen draws of a state. */
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

/** The same of the next state, where what is equal stays the same object: nothing is drawn again for what was only read again. */
export function updateView(view: ReviewView, state: ReviewState): ReviewView {
  const next = selectView(state)
  const shared = replaceEqualDeep(view, next)
  // The same words may be announced twice.
  return shared.announcement === next.announcement ? shared : { ...shared, announcement: next.announcement }
}

/** Parts of the state that the screen shows nothing of. */
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

/** Whether the screen shows the same of two states: then nothing has to be drawn again. */
export const looksSame = (one: ReviewState, other: ReviewState): boolean =>
  (Object.keys(one) as (keyof ReviewState)[]).every((part) => hidden.has(part) || one[part] === other[part])
