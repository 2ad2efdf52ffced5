import sql from 'sql-template-tag'
import type { Candidate } from '../../../shared/domain'
import { requireCandidate } from '../candidates/candidates'
import type { ReadableDb, WritableDb } from '../sql/types'
import { appendDecision, type NewDecision } from '../decisions/decisions'
import { discardDraft } from '../candidates/drafts'
import { onlyMoves } from '../decisions/decisionStacks'
import { getQualitySettings } from './qualitySettings'
import { addSideVerdict } from './sideVerdicts'
import { numberSchema } from '../sql/stored'
import { write } from '../sql/transaction'
import { prepare, readRow } from '../sql/statement'
import { asFirstRead, readSecondReview } from './secondReviewView'

const removeLooks = `DELETE FROM second_review WHERE candidate_id BETWEEN ? AND ?`
const addLooks = `INSERT INTO second_review SELECT * FROM second_review_due WHERE candidate_id BETWEEN ? AND ?`

function refresh(db: WritableDb, from: number, to: number): void {
  prepare(db, removeLooks).run(from, to)
  prepare(db, addLooks).run(from, to)
}

const atOnce = 5_000

/** Updates the second reviews after a change of the settings, in many short transactions. Do not call it in the main process. */
export function refreshReviews(db: WritableDb): void {
  const last = numberSchema.parse(prepare(db, `SELECT coalesce(max(id), 0) FROM candidate`).pluck().get())
  for (let from = 1; from <= last; from += atOnce) write(db, () => refresh(db, from, from + atOnce - 1))
}

/** Returns whether the candidate is decided, but this reviewer has never judged it. */
const isJudgedByOthers = (db: ReadableDb, { id, state }: Candidate, reviewer: string): boolean =>
  state !== 'pending' &&
  readRow(
    db,
    sql`SELECT 1 FROM decision AS made WHERE candidate_id = ${id} AND reviewer = ${reviewer} AND NOT ${onlyMoves('made')} LIMIT 1`,
  ) === undefined

interface Judgement extends NewDecision {
  /** Whether this verdict settles a disagreement, whoever gave the two verdicts. */
  readonly final?: boolean | undefined
}

/**
 * Stores a verdict: as a decision of the project or, if the pair waits for a second review, next to the existing decision. If two verdicts
 * differ, that of a third reviewer is final.
 */
export function storeVerdict(db: WritableDb, { final = false, ...decision }: Judgement): void {
  write(db, () => {
    const candidate = requireCandidate(db, decision.candidateId)
    switch (placeOf(db, candidate, decision, final)) {
      case 'first':
        return appendDecision(db, candidate, decision)
      case 'second':
        addSideVerdict(db, 'second', asFirstRead(db, candidate, decision.reviewer), decision)
        discardDraft(db, candidate.id, decision.reviewer, getQualitySettings(db).blind)
        return refresh(db, candidate.id, candidate.id)
      case 'final':
        return resolve(db, candidate, decision)
    }
  })
}

type Given = Pick<NewDecision, 'verdict' | 'reviewer'>

function placeOf(db: ReadableDb, candidate: Candidate, { verdict, reviewer }: Given, final: boolean): 'first' | 'second' | 'final' {
  if (verdict === 'reopen') return 'first'
  const { blind } = getQualitySettings(db)
  const look = readSecondReview(db, candidate.id)
  if (!look) {
    const isJudged = candidate.state !== 'pending' && candidate.state !== 'ignored'
    return blind && isJudged && isJudgedByOthers(db, candidate, reviewer) ? 'second' : 'first'
  }
  if (look.state === 'disagreement' && final) return 'final'
  if (look.firstReviewer === reviewer) return 'first'
  if (look.state === 'waiting' || (look.secondReviewer === reviewer && look.state !== 'resolved')) return 'second'
  return blind && look.state !== 'disagreement' ? 'second' : 'final'
}

/**
 * Returns whether another reviewer's verdict exists that this reviewer has to judge independently: a direct decision on the pair would
 * override it.
 */
export function standsForAnother(db: ReadableDb, candidate: Candidate, reviewer: string): boolean {
  const look = readSecondReview(db, candidate.id)
  const isOpen = look?.state === 'waiting' || look?.state === 'disagreement'
  if (isOpen && look.firstReviewer !== reviewer) return true
  return getQualitySettings(db).blind && placeOf(db, candidate, { verdict: 'edit', reviewer }, false) !== 'first'
}

function resolve(db: WritableDb, candidate: Candidate, decision: NewDecision): void {
  appendDecision(db, candidate, decision)
  prepare(db, `INSERT INTO resolution (decision_id) SELECT decision_id FROM candidate WHERE id = ?`).run(candidate.id)
  refresh(db, candidate.id, candidate.id)
}

/** Updates the second review of a candidate after a second verdict was undone or redone. */
export function refreshReview(db: WritableDb, candidateId: number): void {
  refresh(db, candidateId, candidateId)
}
