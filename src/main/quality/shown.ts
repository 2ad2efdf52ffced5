import type { CandidateDetail } from '../../shared/contract'
import { candidateStateSchema, type Candidate, type Counts, type Decision } from '../../shared/domain'
import type { QualitySettings } from '../../shared/quality'
import type { CandidateFilter, Marks } from '../../shared/review'
import type { TableRow } from '../../shared/table'
import type { SortColumn, TableSort } from '../../shared/tableSort'
import {
  closeCheck,
  draftOfCheck,
  inPlaceOf,
  listSpentChecks,
  marksOfCheck,
  openCheck,
  type AttentionCheck,
} from '../store/attentionChecks'
import { getCandidate } from '../store/candidates'
import { readCounts } from '../store/counts'
import type { Database } from '../store/database'
import { getDraft } from '../store/drafts'
import { getGuideline } from '../store/guidelines'
import { readMarks } from '../store/marks'
import { refusalOf } from '../store/readOnly'
import { asSeenBy } from '../store/secondLooks'
import { lastDecisionId, readSideVerdict } from '../store/sideVerdicts'
import { placeChecks } from './attentionChecks'

/** A candidate as a reviewer is shown it: a check in its place, or as far as they may see what others made of it. */
export function shownTo(db: Database, candidate: Candidate, reviewer: string, resolving = false): Candidate {
  const check = openCheck(db, candidate.id, reviewer)
  return check ? inPlaceOf(db, candidate, check) : asSeenBy(db, candidate, reviewer, resolving)
}

/**
 * Candidates of a queue as a reviewer is shown them, with checks in the places that the seed has. A search finds pairs by their own words,
 * so they are shown as they are.
 */
export function queueShownTo(
  db: Database,
  candidates: readonly Candidate[],
  { filter, reviewer, settings }: { filter: CandidateFilter; reviewer: string; settings: QualitySettings },
): Candidate[] {
  if (filter.query === undefined) placeChecks(db, candidates, { reviewer, checks: settings.checks })
  else if (!refusalOf(db)) for (const { id } of candidates) closeCheck(db, id, reviewer)
  return candidates.map((candidate) => shownTo(db, candidate, reviewer, filter.look === 'disagreement'))
}

/** Where reviewers are blind to each other, nobody finds pairs by the verdicts of others. */
export function blindFilter(filter: CandidateFilter, reviewer: string): CandidateFilter {
  const { states = [], reason, reviewer: by, decidedFrom, decidedBefore, flagged } = filter
  const byVerdict =
    (states.length > 0 && !states.includes('pending')) || [reason, by, decidedFrom, decidedBefore].some((part) => part !== undefined)
  return { ...filter, ...(byVerdict ? { reviewer } : {}), ...(flagged ? { flagged: 'mine' as const } : {}) }
}

const toldByOthers: ReadonlySet<SortColumn> = new Set<SortColumn>([
  'state',
  'reviewer',
  'decidedAt',
  'reasons',
  'flag',
  'comments',
  'rating',
  'exemplar',
])

/** Where reviewers are blind to each other, no order of pairs tells what others made of them: they come by their items. */
export const blindSort = (sort: TableSort): TableSort => (toldByOthers.has(sort.column) ? { ...sort, column: 'item' } : sort)

/** Where reviewers are blind to each other: what this one put on a pair, and no more. */
export const blindMarks = ({ flaggedBy, comments, ...marks }: Marks, reviewer: string): Marks => ({
  ...marks,
  flaggedBy: flaggedBy.filter((name) => name === reviewer),
  comments: comments.filter((comment) => comment.reviewer === reviewer),
})

function marksInRow({ flaggedBy, tags, comments, ratings }: Marks): Pick<TableRow, 'flaggedBy' | 'tags' | 'comments' | 'rating'> {
  const rating = ratings.length > 0 ? ratings.reduce((sum, { value }) => sum + value, 0) / ratings.length : null
  return { flaggedBy, tags, comments: comments.map(({ body }) => body), rating }
}

/** A row of the table as a reviewer is shown its pair: what was put on it and decided goes with what is shown. */
export function rowShownTo(
  db: Database,
  row: TableRow,
  { reviewer, blind, resolving }: { reviewer: string; blind: boolean; resolving: boolean },
): TableRow {
  const { id } = row.candidate
  const candidate = shownTo(db, row.candidate, reviewer, resolving)
  const check = openCheck(db, id, reviewer)
  const marks = check ? marksOfCheck(db, check) : blind && blindMarks(readMarks(db, id, reviewer), reviewer)
  const standsAsShown = candidate === row.candidate
  const given = standsAsShown ? row : readSideVerdict(db, check ? 'check' : 'second', id, reviewer)
  const isTold = given && candidate.state !== 'pending' && !(blind && given.reviewer !== reviewer)
  return {
    ...row,
    ...(marks && marksInRow(marks)),
    candidate,
    reviewer: isTold ? given.reviewer : null,
    decidedAt: isTold ? given.decidedAt : null,
  }
}

function decisionOn(db: Database, check: AttentionCheck): Decision[] {
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

/** All about a pair as a reviewer is shown it. */
export function detailShownTo(
  db: Database,
  detail: CandidateDetail,
  { reviewer, settings, resolving }: { reviewer: string; settings: QualitySettings; resolving: boolean },
): CandidateDetail {
  const { id } = detail.candidate
  const candidate = shownTo(db, detail.candidate, reviewer, resolving)
  const check = openCheck(db, id, reviewer)
  if (check) return { ...detail, candidate, decisions: decisionOn(db, check), draft: draftOfCheck(db, check) }
  const decisions = settings.blind ? detail.decisions.filter((decision) => decision.reviewer === reviewer) : detail.decisions
  return { ...detail, candidate, decisions, draft: getDraft(db, id, reviewer, settings.blind) }
}

/** The counts of the project, and verdicts on checks that have still to look like any other. */
export function countsShownTo(db: Database, reviewer: string): Counts {
  const counts = readCounts(db)
  for (const id of listSpentChecks(db, reviewer)) {
    const state = readSideVerdict(db, 'check', id, reviewer)?.state
    if (state === undefined || getCandidate(db, id)?.state !== 'pending') continue
    counts.pending -= 1
    counts[candidateStateSchema.parse(state)] += 1
  }
  return counts
}
