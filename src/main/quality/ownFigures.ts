import type { Verdict } from '../../shared/domain'
import type { Agreement, OwnFigures } from '../../shared/quality'
import { countClosedOutcomes } from '../store/quality/attentionChecks'
import type { ReadableDb } from '../store/sql/types'
import { listOwnDecisions, type OwnDecision } from '../store/quality/ownCounts'
import { type AgreementCells, readAgreementCells } from '../store/quality/secondReviewQueue'
import { listSideVerdicts } from '../store/quality/sideVerdicts'

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

/**
 * How a reviewer works, from their last decisions, second looks and attention checks. Checks are counted apart besides, once their pairs
 * have come up again: until then a verdict on one looks like any other.
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
 * The share of pairs that two reviewers judged alike, and Cohen's kappa: how far they agree beyond what chance would bring, 1 for always,
 * 0 for as often as chance (J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20,
 * 1960, 37–46). Its classes are the states after the verdicts: two edits are alike here, whatever their texts. It is null where nothing
 * was looked at twice, and where both always said the same one thing, since chance alone would do that.
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
