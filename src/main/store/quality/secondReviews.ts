import sql, { empty, type Sql } from 'sql-template-tag'
import { z } from 'zod'
import type { CandidateCursor } from '../../../shared/contract'
import { candidateStateSchema, type Candidate, type CandidateState } from '../../../shared/domain'
import { lookStateSchema, type Look, type LookQueue, type LookVerdict } from '../../../shared/quality'
import type { CandidateFilter } from '../../../shared/review'
import { conditionsOf } from '../candidates/candidateFilter'
import { readCandidates, requireCandidate } from '../candidates/candidates'
import type { ReadableDb, WritableDb } from '../sql/types'
import { appendDecision, listDecisions, type NewDecision } from '../decisions/decisions'
import { discardDraft } from '../candidates/drafts'
import { onlyMoves } from '../decisions/moves'
import { getQualitySettings } from './qualitySettings'
import { addSideVerdict, readSideVerdict } from './sideVerdicts'
import { numberSchema } from '../sql/stored'
import { write } from '../sql/transaction'
import { prepare, readRows, readRow, readValues, readValue, valuesOf } from '../sql/statement'

const rowSchema = z.object({
  state: lookStateSchema,
  firstReviewer: z.string(),
  firstState: candidateStateSchema,
  secondReviewer: z.string().nullable(),
})
type SecondReview = z.infer<typeof rowSchema>

/** The second look at a candidate, or null where none was asked for. */
export function readSecondReview(db: ReadableDb, candidateId: number): SecondReview | null {
  const row = prepare(
    db,
    `SELECT state, first_reviewer AS firstReviewer, first_state AS firstState, second_reviewer AS secondReviewer
     FROM second_review WHERE candidate_id = ?`,
  ).get(candidateId)
  return row === undefined ? null : rowSchema.parse(row)
}

const removeLooks = `DELETE FROM second_review WHERE candidate_id BETWEEN ? AND ?`
const addLooks = `INSERT INTO second_review SELECT * FROM second_review_due WHERE candidate_id BETWEEN ? AND ?`

function refresh(db: WritableDb, from: number, to: number): void {
  prepare(db, removeLooks).run(from, to)
  prepare(db, addLooks).run(from, to)
}

const atOnce = 5_000

/** Brings the second looks in line with changed settings, in many short transactions: not for the window's process. */
export function refreshReviews(db: WritableDb): void {
  const last = numberSchema.parse(prepare(db, `SELECT coalesce(max(id), 0) FROM candidate`).pluck().get())
  for (let from = 1; from <= last; from += atOnce) write(db, () => refresh(db, from, from + atOnce - 1))
}

/** Whether somebody else judged a candidate, and this reviewer did not. */
export const isJudgedByOthers = (db: ReadableDb, { id, state }: Candidate, reviewer: string): boolean =>
  state !== 'pending' &&
  readRow(
    db,
    sql`SELECT 1 FROM decision AS made WHERE candidate_id = ${id} AND reviewer = ${reviewer} AND NOT ${onlyMoves('made')} LIMIT 1`,
  ) === undefined

export interface Judgement extends NewDecision {
  /** decides between two verdicts that differ, whoever gave them */
  readonly final?: boolean | undefined
}

/**
 * A verdict where it belongs: a decision of the project, or, where the pair waits for another's look, beside the decision that stands.
 * Where two verdicts differ, that of a third reviewer is the final one.
 */
export function judge(db: WritableDb, { final = false, ...decision }: Judgement): void {
  write(db, () => {
    const candidate = requireCandidate(db, decision.candidateId)
    switch (placeOf(db, candidate, decision, final)) {
      case 'first':
        return appendDecision(db, candidate, decision)
      case 'second':
        addSideVerdict(db, 'second', asFirstSeen(db, candidate, decision.reviewer), decision)
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

/** Whether another's verdict stands that this reviewer has to judge by itself: a step that decides on the pair as it stands would go over it. */
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

/** After a second verdict was taken back, or given again. */
export function refreshReview(db: WritableDb, candidateId: number): void {
  refresh(db, candidateId, candidateId)
}

// — what a reviewer is shown —

const asDrafted = (candidate: Candidate): Candidate => ({
  ...candidate,
  ...candidate.draft,
  draft: null,
  state: 'pending',
  reason: null,
  pinned: false,
})
const undecided = (candidate: Candidate): Candidate => ({ ...candidate, state: 'pending', reason: null })

/** A candidate as it is shown to who looks at it as the second. */
const asFirstSeen = (db: ReadableDb, candidate: Candidate, reviewer: string): Candidate => {
  const own = readSideVerdict(db, 'second', candidate.id, reviewer)
  const shown = getQualitySettings(db).blind ? asDrafted(candidate) : undecided(candidate)
  return own ? withVerdict(shown, own) : shown
}

function withVerdict(
  candidate: Candidate,
  given: { state: CandidateState; reason: string | null; instruction: string; response: string },
): Candidate {
  const { state, reason, instruction, response } = given
  const draft = candidate.draft ?? { instruction: candidate.instruction, response: candidate.response }
  const same = draft.instruction === instruction && draft.response === response
  return { ...candidate, state, reason, instruction, response, draft: same ? null : draft }
}

/**
 * A candidate as a reviewer may see it: one that waits for their second look is undecided, what they gave as the second stands as they gave
 * it, and where reviewers are blind to each other, what others decided is not to be seen.
 * @param resolving in the queue of disagreements, where a candidate is undecided until somebody decides between the verdicts
 */
export function asSeenBy(db: ReadableDb, candidate: Candidate, reviewer: string, resolving = false): Candidate {
  if (candidate.state === 'pending') return candidate
  const { blind } = getQualitySettings(db)
  const look = readSecondReview(db, candidate.id)
  if (resolving && look?.state === 'disagreement') return undecided(candidate)
  if (look?.state === 'waiting' && look.firstReviewer !== reviewer) return asFirstSeen(db, candidate, reviewer)
  if (look?.secondReviewer === reviewer && (blind || look.state !== 'resolved')) return asFirstSeen(db, candidate, reviewer)
  return blind && standsForOther(db, candidate, reviewer) ? asLastJudged(db, candidate, reviewer) : candidate
}

const standsForOther = (db: ReadableDb, { id }: Candidate, reviewer: string): boolean =>
  prepare(db, `SELECT 1 FROM candidate JOIN decision ON decision.id = decision_id WHERE candidate.id = ? AND decision.reviewer = ?`).get(
    id,
    reviewer,
  ) === undefined

/** A candidate that another reviewer decided, as this one left it: with their own last verdict, or as the model drafted it. */
function asLastJudged(db: ReadableDb, candidate: Candidate, reviewer: string): Candidate {
  const decisions = listDecisions(db, candidate.id)
  const own = decisions.findLast((decision) => decision.reviewer === reviewer && !decision.moved)
  if (!own || own.after === 'pending') return asDrafted(candidate)
  const next = decisions.find(({ id, change }) => id > own.id && change)
  const text = own.change?.after ?? next?.change?.before ?? candidate
  return withVerdict(asDrafted(candidate), { ...text, state: own.after, reason: own.reason })
}

/** The second look as a reviewer may see it: before their own verdict they see that of another only where reviewers are not blind. */
export function reviewAsSeenBy(db: ReadableDb, candidateId: number, reviewer: string, resolving: boolean): Look | null {
  const look = readSecondReview(db, candidateId)
  if (!look) return null
  const { blind } = getQualitySettings(db)
  if (!blind) return { state: look.state, verdicts: verdictsOf(db, candidateId, look) }
  if (resolving && look.state === 'disagreement')
    return { state: look.state, verdicts: verdictsOf(db, candidateId, look).map((verdict) => ({ ...verdict, reviewer: '' })) }
  if (look.firstReviewer === reviewer) return null
  return look.state === 'waiting' ? { state: 'waiting', verdicts: [] } : null
}

function verdictsOf(db: ReadableDb, candidateId: number, look: SecondReview): LookVerdict[] {
  const candidate = requireCandidate(db, candidateId)
  const first = listDecisions(db, candidateId).findLast(
    ({ reviewer, before, after, kind, moved, change }) =>
      kind !== 'undo' && reviewer === look.firstReviewer && after === look.firstState && !(moved && !change && before === after),
  )
  // Where a final decision changed the text, the first verdict's is what it changed.
  const changed = listDecisions(db, candidateId).find(({ id, change }) => first && id > first.id && change)?.change?.before
  const text = first?.change?.after ?? changed ?? candidate
  const second = look.secondReviewer === null ? null : readSideVerdict(db, 'second', candidateId, look.secondReviewer)
  return [
    ...(first
      ? [
          {
            instruction: text.instruction,
            response: text.response,
            reviewer: first.reviewer,
            state: first.after,
            reason: first.reason,
            decidedAt: first.decidedAt,
          },
        ]
      : []),
    ...(second
      ? [
          {
            instruction: second.instruction,
            response: second.response,
            reviewer: second.reviewer,
            state: second.state,
            reason: second.reason,
            decidedAt: second.decidedAt,
          },
        ]
      : []),
  ]
}

// — queues, counts, exports —

/** A page of a queue of second looks, by item, then by age; it walks the queue's own index. */
export function listSecondReviews(
  db: ReadableDb,
  { look, ...rest }: CandidateFilter & { look: LookQueue },
  after: CandidateCursor | null,
  limit: number,
  reviewer: string,
): { candidates: Candidate[]; next: CandidateCursor | null } {
  const { itemId, id } = after ?? { itemId: 0, id: 0 }
  const waits = look === 'second' ? sql`'waiting' AND look.first_reviewer <> ${reviewer}` : sql`'disagreement'`
  const ids = numberSchema.array().parse(
    readValues(
      db,
      sql`SELECT look.candidate_id FROM second_review AS look CROSS JOIN candidate ON candidate.id = look.candidate_id
       WHERE look.state = ${waits} AND (look.item_id, look.candidate_id) > (${itemId}, ${id}) AND ${conditionsOf(db, rest, reviewer)}
       ORDER BY look.item_id, look.candidate_id LIMIT ${limit}`,
    ),
  )
  const candidates = readCandidates(db, ids)
  const last = candidates.at(-1)
  return { candidates, next: last && candidates.length === limit ? { itemId: last.itemId, id: last.id } : null }
}

const countWhere = (db: ReadableDb, condition: Sql) =>
  numberSchema.parse(readValue(db, sql`SELECT count(*) FROM second_review WHERE ${condition}`))

/** How many pairs wait for this reviewer, how many are disagreed on, and how many approved ones no export holds. */
export function countSecondReviews(db: ReadableDb, reviewer: string): { second: number; disagreements: number; heldBack: number } {
  const [waiting, disagreed, approved] = [sql`state = 'waiting'`, sql`state = 'disagreement'`, sql`first_state IN ('accepted', 'edited')`]
  const approvedWaiting = getQualitySettings(db).exportWaiting ? 0 : countWhere(db, sql`${waiting} AND ${approved}`)
  return {
    second: countWhere(db, waiting) - countWhere(db, sql`${waiting} AND first_reviewer = ${reviewer}`),
    disagreements: countWhere(db, disagreed),
    heldBack: countWhere(db, sql`${disagreed} AND ${approved}`) + approvedWaiting,
  }
}

/** Those of the candidates that are not to be exported yet: two disagree on them, or another has still to look at them, unless the project says so. */
export function listUnsettled(db: ReadableDb, candidateIds: readonly number[]): Set<number> {
  const states = getQualitySettings(db).exportWaiting ? ['disagreement'] : ['disagreement', 'waiting']
  const ids = readValues(
    db,
    sql`SELECT candidate_id FROM second_review WHERE candidate_id IN ${valuesOf(candidateIds)} AND state IN ${valuesOf(states)}`,
  )
  return new Set(numberSchema.array().parse(ids))
}

/** So many pairs that the first reviewer judged so, and the second so. */
const cellsSchema = z.object({ first: candidateStateSchema, second: candidateStateSchema, pairs: z.number() }).array()
export type AgreementCells = z.infer<typeof cellsSchema>

/** First and second verdicts against each other: of all reviewers, or of one and all others. */
export function readAgreementCells(db: ReadableDb, reviewer?: string): AgreementCells {
  const cells = (condition: Sql) =>
    cellsSchema.parse(
      readRows(
        db,
        sql`SELECT first_state AS first, second_state AS second, count(*) AS pairs FROM second_review
         WHERE second_state IS NOT NULL ${condition} GROUP BY first_state, second_state`,
      ),
    )
  if (reviewer === undefined) return cells(empty)
  return [...cells(sql`AND first_reviewer = ${reviewer}`), ...cells(sql`AND second_reviewer = ${reviewer}`)]
}
