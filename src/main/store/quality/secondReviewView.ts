import { z } from 'zod'
import { candidateStateSchema, type Candidate, type CandidateState, type Pair } from '../../../shared/domain'
import { lookStateSchema, type Look, type LookVerdict } from '../../../shared/quality'
import { requireCandidate } from '../candidates/candidates'
import type { ReadableDb } from '../sql/types'
import { listDecisions } from '../decisions/decisionHistory'
import { getQualitySettings } from './qualitySettings'
import { readSideVerdict } from './sideVerdicts'
import { prepare } from '../sql/statement'

const rowSchema = z.object({
  state: lookStateSchema,
  firstReviewer: z.string(),
  firstState: candidateStateSchema,
  secondReviewer: z.string().nullable(),
})
type SecondReview = z.infer<typeof rowSchema>

/** Returns the second review of a candidate, or null if none is required. */
export function readSecondReview(db: ReadableDb, candidateId: number): SecondReview | null {
  const row = prepare(
    db,
    `SELECT state, first_reviewer AS firstReviewer, first_state AS firstState, second_reviewer AS secondReviewer
     FROM second_review WHERE candidate_id = ?`,
  ).get(candidateId)
  return row === undefined ? null : rowSchema.parse(row)
}

const asDrafted = (candidate: Candidate): Candidate => ({
  ...candidate,
  ...candidate.draft,
  draft: null,
  state: 'pending',
  reason: null,
  pinned: false,
})
const undecided = (candidate: Candidate): Candidate => ({ ...candidate, state: 'pending', reason: null })

/** Returns a candidate as it is shown to its second reviewer. */
export const asFirstRead = (db: ReadableDb, candidate: Candidate, reviewer: string): Candidate => {
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
 * Returns a candidate as a reviewer may see it: undecided while it waits for their second review, and with their own second verdict
 * afterwards. In blind review, decisions of others are hidden.
 * @param resolving in the queue of disagreements, where a candidate is undecided until somebody decides between the verdicts
 */
export function asSeenBy(db: ReadableDb, candidate: Candidate, reviewer: string, resolving = false): Candidate {
  if (candidate.state === 'pending') return candidate
  const { blind } = getQualitySettings(db)
  const look = readSecondReview(db, candidate.id)
  if (resolving && look?.state === 'disagreement') return undecided(candidate)
  if (look?.state === 'waiting' && look.firstReviewer !== reviewer) return asFirstRead(db, candidate, reviewer)
  if (look?.secondReviewer === reviewer && (blind || look.state !== 'resolved')) return asFirstRead(db, candidate, reviewer)
  return blind && standsForOther(db, candidate, reviewer) ? asLastJudged(db, candidate, reviewer) : candidate
}

const standsForOther = (db: ReadableDb, { id }: Candidate, reviewer: string): boolean =>
  prepare(db, `SELECT 1 FROM candidate JOIN decision ON decision.id = decision_id WHERE candidate.id = ? AND decision.reviewer = ?`).get(
    id,
    reviewer,
  ) === undefined

/** Returns a candidate that another reviewer decided with this reviewer's own last verdict, or else as the model drafted it. */
function asLastJudged(db: ReadableDb, candidate: Candidate, reviewer: string): Candidate {
  const decisions = listDecisions(db, candidate.id)
  const own = decisions.findLast((decision) => decision.reviewer === reviewer && !decision.moved)
  if (!own || own.after === 'pending') return asDrafted(candidate)
  const next = decisions.find(({ id, change }) => id > own.id && change)
  const text = own.change?.after ?? next?.change?.before ?? candidate
  return withVerdict(asDrafted(candidate), { ...text, state: own.after, reason: own.reason })
}

/**
 * Returns the second review as a reviewer may see it: in blind review, verdicts are hidden, except (without names) in the queue of
 * disagreements.
 */
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
  // If a final decision changed the text, the text before that change belongs to the first verdict.
  const changed = listDecisions(db, candidateId).find(({ id, change }) => first && id > first.id && change)?.change?.before
  const text = first?.change?.after ?? changed ?? candidate
  const second = look.secondReviewer === null ? null : readSideVerdict(db, 'second', candidateId, look.secondReviewer)
  const asVerdict = ({ instruction, response }: Pair, { reviewer, state, reason, decidedAt }: Omit<LookVerdict, keyof Pair>) => ({
    ...{ instruction, response },
    ...{ reviewer, state, reason, decidedAt },
  })
  return [...(first ? [asVerdict(text, { ...first, state: first.after })] : []), ...(second ? [asVerdict(second, second)] : [])]
}
