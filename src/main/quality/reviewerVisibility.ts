import type { CandidateDetail, ColdStartState, Exemplar, ItemFilter, ItemSummary } from '../../shared/contract'
import type { Candidate, CandidateState, Counts, Decision, Stats } from '../../shared/domain'
import type { QualitySettings } from '../../shared/quality'
import type { CandidateFilter, Marks } from '../../shared/review'
import type { TableRow, TableSort } from '../../shared/table'
import { filterVisibility, sortVisibility } from '../../shared/contract/visibility'
import {
  type AttentionCheck,
  closeCheck,
  draftOfCheck,
  inPlaceOf,
  listSpentChecks,
  marksOfCheck,
  openCheck,
} from '../store/quality/attentionChecks'
import { getCandidate, usedExemplars } from '../store/candidates/candidates'
import { readColdStart } from '../store/decisions/coldStart'
import { readCounts, readStats } from '../store/candidates/counts'
import type { ReadableDb, WritableDb } from '../store/sql/types'
import { getDraft } from '../store/candidates/drafts'
import { listExemplars } from '../store/candidates/exemplars'
import { getGuideline } from '../store/project/guidelines'
import { listItems, listItemsById } from '../store/library/itemList'
import { readMarks } from '../store/candidates/marks'
import { readOwnCounts } from '../store/quality/ownCounts'
import { refusalOf } from '../store/sql/readOnly'
import { asSeenBy } from '../store/quality/secondReviewView'
import { verdictOf } from '../store/decisions/decisions'
import { lastDecisionId, readSideVerdict } from '../store/quality/sideVerdicts'
import { placeChecks } from './attentionChecks'

/** Returns a candidate as a reviewer may see it: a check instead of the pair, or the pair without verdicts that are hidden from them. */
export function candidateVisibleTo(db: WritableDb, candidate: Candidate, reviewer: string, resolving = false): Candidate {
  const check = openCheck(db, candidate.id, reviewer)
  return check ? inPlaceOf(db, candidate, check) : asSeenBy(db, candidate, reviewer, resolving)
}

/**
 * Returns the candidates of a queue as a reviewer may see them, with checks at the positions that the seed selects. Pairs found by a search
 * or sorted by their text are shown unchanged.
 */
export function queueVisibleTo(
  db: WritableDb,
  candidates: readonly Candidate[],
  {
    filter,
    sort,
    reviewer,
    settings,
  }: { filter: CandidateFilter; sort?: TableSort | undefined; reviewer: string; settings: QualitySettings },
): Candidate[] {
  if (filter.query === undefined) {
    if (sort?.column !== 'instruction' && sort?.column !== 'response') placeChecks(db, candidates, { reviewer, checks: settings.checks })
  } else if (!refusalOf(db)) for (const { id } of candidates) closeCheck(db, id, reviewer)
  return candidates.map((candidate) => candidateVisibleTo(db, candidate, reviewer, filter.look === 'disagreement'))
}

/** Returns true if a part of a filter depends on what reviewers decided, typed or marked. Only undecided pairs reveal nothing. */
function dependsOnReviewers(filter: CandidateFilter): boolean {
  return Object.entries(filterVisibility).some(([part, visibility]) => {
    const value = filter[part as keyof CandidateFilter]
    if (visibility === 'shared' || value === undefined) return false
    return part !== 'states' || (Array.isArray(value) && value.some((state) => state !== 'pending'))
  })
}

/** Restricts a filter in blind review to undecided pairs and the reviewer's own, if it depends on verdicts, texts or marks of others. */
export const blindFilter = (filter: CandidateFilter): CandidateFilter =>
  dependsOnReviewers(filter) ? { ...filter, onlyOwn: true } : filter

/**
 * Returns an order that reveals no verdicts of others in blind review: such an order is replaced by the order of items. For undecided pairs
 * and the reviewer's own, only marks reveal them.
 */
export function blindSort(sort: TableSort, filter: CandidateFilter): TableSort {
  const visibility = sortVisibility[sort.column]
  const hasOthers = !filter.onlyOwn && filter.states?.join() !== 'pending'
  return visibility === 'marks' || (visibility === 'own' && hasOthers) ? { ...sort, column: 'item' } : sort
}

/** Returns only the reviewer's own flag and comments, for blind review. */
export const blindMarks = ({ flaggedBy, comments, ...marks }: Marks, reviewer: string): Marks => ({
  ...marks,
  flaggedBy: flaggedBy.filter((name) => name === reviewer),
  comments: comments.filter((comment) => comment.reviewer === reviewer),
})

function marksInRow({ flaggedBy, tags, comments, ratings }: Marks): Pick<TableRow, 'flaggedBy' | 'tags' | 'comments' | 'rating'> {
  const rating = ratings.length > 0 ? ratings.reduce((sum, { value }) => sum + value, 0) / ratings.length : null
  return { flaggedBy, tags, comments: comments.map(({ body }) => body), rating }
}

/** Returns a row of the table as a reviewer may see it: marks and decision belong to the shown pair or check. */
export function rowVisibleTo(
  db: WritableDb,
  row: TableRow,
  { reviewer, blind, resolving }: { reviewer: string; blind: boolean; resolving: boolean },
): TableRow {
  const { id } = row.candidate
  const candidate = candidateVisibleTo(db, row.candidate, reviewer, resolving)
  const check = openCheck(db, id, reviewer)
  const marks = check ? marksOfCheck(db, check) : blind && blindMarks(readMarks(db, id, reviewer), reviewer)
  const standsAsShown = candidate === row.candidate
  const given = standsAsShown ? row : readSideVerdict(db, check ? 'check' : 'second', id, reviewer)
  const isVisible = given && candidate.state !== 'pending' && !(blind && given.reviewer !== reviewer)
  return {
    ...row,
    ...(marks && marksInRow(marks)),
    candidate,
    language: standsAsShown || check || !blind ? row.language : null,
    reviewer: isVisible ? given.reviewer : null,
    decidedAt: isVisible ? given.decidedAt : null,
  }
}

function decisionOn(db: ReadableDb, check: AttentionCheck): Decision[] {
  const given = readSideVerdict(db, 'check', check.candidateId, check.reviewer)
  if (!given) return []
  const { candidateId, verdict, reason, reviewer, state, seconds, decidedAt, instruction, response } = given
  const before = { instruction: check.instruction, response: check.response }
  const changed = instruction !== before.instruction || response !== before.response
  return [
    {
      id: lastDecisionId(db) + 1,
      candidateId,
      kind: 'decide',
      verdict,
      reason,
      reviewer,
      before: 'pending',
      after: state,
      change: changed ? { before, after: { instruction, response } } : null,
      moved: null,
      seconds,
      guidelineVersion: getGuideline(db)?.version ?? 0,
      decidedAt,
    },
  ]
}

/**
 * Returns a reviewer's decisions without those of others: a decision that only moves a turn repeats the current verdict, whoever gave it.
 */
function ownDecisions(decisions: readonly Decision[], reviewer: string): Decision[] {
  let last: Pick<Decision, 'after' | 'verdict' | 'reason'> = { after: 'pending', verdict: verdictOf.pending, reason: null }
  return decisions
    .filter((decision) => decision.reviewer === reviewer)
    .map((decision) => {
      const seen = { ...decision, before: last.after }
      if (isOnlyMove(decision)) return { ...seen, ...last }
      last = { after: decision.after, verdict: decision.verdict, reason: decision.reason }
      return seen
    })
}

const isOnlyMove = ({ moved, change, before, after }: Decision) => moved !== null && change === null && before === after

/** Returns the details of a pair as a reviewer may see them. */
export function detailVisibleTo(
  db: WritableDb,
  detail: CandidateDetail,
  { reviewer, settings, resolving }: { reviewer: string; settings: QualitySettings; resolving: boolean },
): CandidateDetail {
  const { id } = detail.candidate
  const candidate = candidateVisibleTo(db, detail.candidate, reviewer, resolving)
  const check = openCheck(db, id, reviewer)
  if (check) {
    const exemplars = settings.blind ? usedExemplars(db, candidate.callId, reviewer) : detail.exemplars
    return { candidate, exemplars, decisions: decisionOn(db, check), draft: draftOfCheck(db, check) }
  }
  const draft = getDraft(db, id, reviewer, settings.blind)
  if (!settings.blind) return { ...detail, candidate, draft }
  const decisions = ownDecisions(detail.decisions, reviewer)
  return { candidate, decisions, draft, exemplars: usedExemplars(db, candidate.callId, reviewer) }
}

/** The active reviewer, and whether decisions of others are hidden from them. */
export interface Asking {
  readonly reviewer: string
  readonly blind: boolean
}

interface CheckVerdict {
  readonly candidate: Candidate
  readonly state: CandidateState
}

/** Returns the verdicts on attention checks that must still look like verdicts on any pair. */
function listCheckVerdicts(db: ReadableDb, reviewer: string): CheckVerdict[] {
  return listSpentChecks(db, reviewer).flatMap((id) => {
    const state = readSideVerdict(db, 'check', id, reviewer)?.state
    const candidate = getCandidate(db, id)
    return state !== undefined && candidate?.state === 'pending' ? [{ candidate, state }] : []
  })
}

const isApproved = ({ state }: CheckVerdict) => state === 'accepted' || state === 'edited'

/** Returns the counts as a reviewer may see them. */
export function countsVisibleTo(db: ReadableDb, { reviewer, blind }: Asking): Counts {
  const counts = blind ? readOwnCounts(db, reviewer) : readCounts(db)
  for (const { state } of listCheckVerdicts(db, reviewer)) {
    counts.pending -= 1
    counts[state] += 1
  }
  return counts
}

export const statsVisibleTo = (db: ReadableDb, asking: Asking): Stats => ({ ...readStats(db), ...countsVisibleTo(db, asking) })

export function itemsVisibleTo(
  db: ReadableDb,
  page: { filter: ItemFilter; after: number; limit: number },
  { reviewer, blind }: Asking,
): ItemSummary[] {
  return withChecks(db, listItems(db, page, reviewer, blind ? reviewer : undefined), reviewer)
}

/** Returns items by their ids, like `itemsVisibleTo`. */
export const itemsByIdVisibleTo = (db: ReadableDb, ids: readonly number[], { reviewer, blind }: Asking): ItemSummary[] =>
  withChecks(db, listItemsById(db, ids, blind ? reviewer : undefined), reviewer)

function withChecks(db: ReadableDb, items: readonly ItemSummary[], reviewer: string): ItemSummary[] {
  const checks = listCheckVerdicts(db, reviewer)
  return items.map((item) => {
    const own = checks.filter(({ candidate }) => candidate.itemId === item.id)
    return { ...item, pending: item.pending - own.length, approved: item.approved + own.filter(isApproved).length }
  })
}

/** Returns the progress of the cold start, in blind review only from the reviewer's own decisions. */
export function coldStartVisibleTo(db: ReadableDb, { reviewer, blind }: Asking): ColdStartState {
  const state = readColdStart(db, blind ? reviewer : undefined)
  const checks = listCheckVerdicts(db, reviewer)
  const count = (promptVersionId: number, wanted: CandidateState) =>
    checks.filter(({ candidate, state: given }) => given === wanted && candidate.promptVersionId === promptVersionId).length
  return {
    ...state,
    accepted: state.accepted + checks.filter(isApproved).length,
    byVersion: state.byVersion.map((version) => ({
      ...version,
      accepted: version.accepted + count(version.promptVersionId, 'accepted'),
      edited: version.edited + count(version.promptVersionId, 'edited'),
      rejected: version.rejected + count(version.promptVersionId, 'rejected'),
    })),
  }
}

/** Returns the pool of exemplars without those that are replaced by an attention check: their own text would reveal the check. */
export const exemplarsVisibleTo = (db: ReadableDb, limit: number, { reviewer, blind }: Asking): Exemplar[] =>
  listExemplars(db, limit, blind ? reviewer : undefined).filter(({ candidate }) => !openCheck(db, candidate.id, reviewer))
