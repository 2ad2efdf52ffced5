import type { Verdict } from '../../shared/domain'
import type { OwnFigures } from '../../shared/quality'
import { countOutcomes } from '../store/quality/attentionChecks'
import type { ReadableDb } from '../store/sql/types'
import { listOwnDecisions, type OwnDecision } from '../store/quality/ownDecisions'
import { readAgreementCells } from '../store/quality/secondReviewQueue'
import { listSecondVerdicts } from '../store/quality/sideVerdicts'
import { agreementOf } from './agreement'

/** The figures are of the last so many decisions: they cost the same at any size, and say how one works now. */
const most = 10_000
const maxDays = 14

interface Given {
  readonly verdict: Verdict
  readonly seconds: number | null
  readonly decidedAt: number
}

/** Decisions that still stand: what was undone says nothing of how one works, and its undoing neither. */
export function standingOf(decisions: readonly OwnDecision[]): OwnDecision[] {
  const undone = new Set(decisions.filter(({ kind }) => kind === 'undo').map(({ targetId }) => targetId))
  return decisions.filter(({ id, kind }) => kind !== 'undo' && !undone.has(id))
}

/** @returns the middle one, or the mean of the two in the middle; null of none */
export function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2
}

const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0)

function daysOf(given: readonly Given[]): OwnFigures['days'] {
  const pairs = new Map<number, number>()
  for (const { decidedAt } of given) pairs.set(midnight(decidedAt), (pairs.get(midnight(decidedAt)) ?? 0) + 1)
  return [...pairs]
    .map(([day, count]) => ({ day, pairs: count }))
    .toSorted((a, b) => b.day - a.day)
    .slice(0, maxDays)
}

/** How a reviewer works, from their last decisions and second looks; verdicts on attention checks are counted apart. */
export function readOwnFigures(db: ReadableDb, reviewer: string): OwnFigures {
  const given: Given[] = [...standingOf(listOwnDecisions(db, reviewer, most)), ...listSecondVerdicts(db, reviewer, most)]
  const count = (verdict: Verdict) => given.filter((one) => one.verdict === verdict).length
  return {
    reviewer,
    accepted: count('accept'),
    edited: count('edit'),
    rejected: count('reject'),
    ignored: count('ignore'),
    medianSeconds: medianOf(given.flatMap(({ seconds }) => seconds ?? [])),
    days: daysOf(given),
    checks: countOutcomes(db, reviewer),
    agreement: agreementOf(readAgreementCells(db, reviewer)),
    projectAgreement: agreementOf(readAgreementCells(db)),
  }
}
