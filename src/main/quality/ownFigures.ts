import type { Verdict } from '../../shared/domain'
import type { Agreement, OwnFigures } from '../../shared/quality'
import { countClosedOutcomes } from '../store/quality/attentionChecks'
import type { ReadableDb } from '../store/sql/types'
import { listOwnDecisions, type OwnDecision } from '../store/quality/ownCounts'
import { type AgreementCells, readAgreementCells } from '../store/quality/secondReviewQueue'
import { listSideVerdicts } from '../store/quality/sideVerdicts'

/** The figures cover the reviewer's last decisions: this bounds their cost and shows how the reviewer works now. */
const most = 10_000
const maxDays = 14

interface Given {
  readonly verdict: Verdict
  readonly seconds: number | null
  readonly decidedAt: number
}

/** Returns the decisions that were not undone; undo steps are left out too. */
export function standingOf(decisions: readonly OwnDecision[]): OwnDecision[] {
  const undone = new Set(decisions.filter(({ kind }) => kind === 'undo').map(({ targetId }) => targetId))
  return decisions.filter(({ id, kind }) => kind !== 'undo' && !undone.has(id))
}

/** @returns the middle value, or the mean of the two middle values; null for an empty list */
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

/**
 * Returns a reviewer's figures, from their last decisions, second reviews and attention checks. Checks are also counted separately once
 * their pairs have appeared again: until then a verdict on a check looks like any other.
 */
export function readOwnFigures(db: ReadableDb, reviewer: string): OwnFigures {
  const given: Given[] = [...standingOf(listOwnDecisions(db, reviewer, most)), ...listSideVerdicts(db, reviewer, most)]
  const count = (verdict: Verdict) => given.filter((one) => one.verdict === verdict).length
  return {
    reviewer,
    accepted: count('accept'),
    edited: count('edit'),
    rejected: count('reject'),
    ignored: count('ignore'),
    medianSeconds: medianOf(given.flatMap(({ seconds }) => seconds ?? [])),
    days: daysOf(given),
    checks: countClosedOutcomes(db, reviewer),
    agreement: agreementOf(readAgreementCells(db, reviewer)),
    projectAgreement: agreementOf(readAgreementCells(db)),
  }
}

/**
 * Returns the share of pairs that two reviewers judged alike, and Cohen's kappa, the agreement beyond chance: 1 for full agreement, 0 for
 * agreement by chance (J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20, 1960, 37–46).
 * Its classes are the states after the verdicts: two edits count as equal, whatever their texts. It is null if no pair has two verdicts,
 * and if all verdicts are the same, since chance alone would explain that.
 */
export function agreementOf(cells: AgreementCells): Agreement {
  const sum = (of: (cell: AgreementCells[number]) => boolean) => cells.reduce((total, cell) => total + (of(cell) ? cell.pairs : 0), 0)
  const pairs = sum(() => true)
  const agreed = sum(({ first, second }) => first === second)
  const states = new Set(cells.flatMap(({ first, second }) => [first, second]))
  let byChance = 0
  for (const state of states) byChance += sum(({ first }) => first === state) * sum(({ second }) => second === state)
  const expected = pairs === 0 ? 1 : byChance / pairs ** 2
  return { pairs, agreed, kappa: expected === 1 ? null : (agreed / pairs - expected) / (1 - expected) }
}
