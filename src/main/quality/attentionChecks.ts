import { type Candidate, stateAfter } from '../../shared/domain'
import type { CheckNotice, QualitySettings } from '../../shared/quality'
import { seededRandom } from '../generation/seededRandom'
import {
  addCheck,
  type AttentionCheck,
  type CheckOutcome,
  closeCheck,
  inPlaceOf,
  isFree,
  openCheck,
  pairOfAnother,
  saveDraftOfCheck,
  setOutcome,
} from '../store/quality/attentionChecks'
import { requireCandidate } from '../store/candidates/candidates'
import type { ReadableDb, WritableDb } from '../store/sql/types'
import type { NewDecision } from '../store/decisions/decisions'
import { getItem } from '../store/library/items'
import { refusalOf } from '../store/sql/readOnly'
import { addSideVerdict, readSideVerdict } from '../store/quality/sideVerdicts'
import { write } from '../store/sql/transaction'
import { perturb, stillWrong } from './perturb'
import type { CallParsedInput } from '../../shared/contract'
import type { Marks } from '../../shared/review'

/** Number of random positions at which a response of another item is searched. */
const places = 4

interface Seeding {
  readonly reviewer: string
  readonly checks: QualitySettings['checks']
}

/** Returns true if the seed selects this candidate for a check. */
const isPlaced = (candidateId: number, { reviewer, checks }: Seeding): boolean =>
  checks.share > 0 && seededRandom(`${checks.seed} ${reviewer} ${candidateId}`)() < checks.share

function makeCheck(db: ReadableDb, candidate: Candidate, { reviewer, checks }: Seeding): AttentionCheck | null {
  const random = seededRandom(`${checks.seed} ${reviewer} ${candidate.id} text`)
  const context = getItem(db, candidate.itemId)?.context ?? {}
  const foreign = Array.from({ length: places }, () => pairOfAnother(db, candidate.itemId, random())).filter((pair) => pair !== null)
  const made = perturb(candidate, context, foreign, random)
  return made && { candidateId: candidate.id, reviewer, instruction: candidate.instruction, ...made }
}

/**
 * Replaces those pending pairs that the seed selects by checks, before they are shown to a reviewer. The pair itself appears once its check
 * is answered and the queue is opened again.
 */
export function placeChecks(db: WritableDb, candidates: readonly Candidate[], seeding: Seeding): void {
  if (seeding.checks.share === 0 || refusalOf(db)) return
  const placed = candidates.filter(({ id, state }) => state === 'pending' && isPlaced(id, seeding) && isFree(db, id, seeding.reviewer))
  const checks = placed.flatMap((candidate) => makeCheck(db, candidate, seeding) ?? [])
  if (checks.length > 0) write(db, () => checks.forEach((check) => addCheck(db, check)))
}

/** Returns the outcome of a check: `caught` if it was rejected or corrected; ignoring it counts as `passed`. */
function outcomeOf(check: AttentionCheck, { verdict, pair }: NewDecision): CheckOutcome {
  if (stateAfter[verdict] === 'ignored' || verdict === 'reopen') return 'passed'
  if (verdict === 'reject') return 'caught'
  return stillWrong(check.response, check.falseWords, pair?.response ?? check.response) ? 'missed' : 'caught'
}

/**
 * Stores the verdict on a check, which is not a decision of the project. A missed check is reported, and its pair is shown unchanged from
 * then on.
 * @returns null if the candidate is not shown as a check
 */
export function storeCheckVerdict(db: WritableDb, decision: NewDecision): { readonly notice: CheckNotice | null } | null {
  const check = openCheck(db, decision.candidateId, decision.reviewer)
  if (!check) return null
  return write(db, () => {
    const outcome = outcomeOf(check, decision)
    if (decision.verdict !== 'reopen') addSideVerdict(db, 'check', inPlaceOf(db, requireCandidate(db, check.candidateId), check), decision)
    setOutcome(db, check, outcome)
    saveDraftOfCheck(db, check, null)
    if (outcome !== 'missed') return { notice: null }
    closeCheck(db, check.candidateId, check.reviewer)
    return { notice: { candidateId: check.candidateId, kind: check.kind, words: check.kind === 'foreign' ? '' : check.falseWords } }
  })
}

/** Updates the outcome of a check after its verdict was undone or redone. */
export function recountCheck(db: WritableDb, candidateId: number, reviewer: string): void {
  const check = openCheck(db, candidateId, reviewer)
  const given = check && readSideVerdict(db, 'check', candidateId, reviewer)
  if (check) setOutcome(db, check, given ? outcomeOf(check, { ...given, reason: undefined, seconds: undefined, pair: given }) : null)
}

type Marking = 'marks.flag' | 'marks.tag' | 'marks.comment' | 'marks.removeComment' | 'marks.rate'
type Input = CallParsedInput<Marking>

const without = <T>(list: readonly T[], isMeant: (one: T) => boolean) => list.filter((one) => !isMeant(one))

/** Returns the marks of a check after the reviewer added or removed one, like `store/marks` for pairs. */
export function marksWith(marks: Marks, name: string, input: Partial<Input> & { candidateId: number }, reviewer: string): Marks {
  if (name === 'marks.flag' && 'flagged' in input) return { ...marks, flaggedBy: input.flagged ? [reviewer] : [] }
  if (name === 'marks.tag' && 'tagged' in input) {
    const { tag = '', tagged } = input
    const others = without(marks.tags, (one) => one === tag)
    return { ...marks, tags: tagged ? [...others, tag].toSorted() : others }
  }
  if (name === 'marks.comment' && 'body' in input) {
    const id = Math.max(0, ...marks.comments.map((comment) => comment.id)) + 1
    return { ...marks, comments: [...marks.comments, { id, reviewer, body: input.body ?? '', writtenAt: Date.now() }] }
  }
  if (name === 'marks.removeComment' && 'commentId' in input)
    return { ...marks, comments: without(marks.comments, ({ id }) => id === input.commentId) }
  if (name === 'marks.rate' && 'value' in input && input.quality) {
    const { quality, value } = input
    const others = without(marks.ratings, (rating) => rating.quality === quality)
    return { ...marks, ratings: value === null || value === undefined ? others : [...others, { quality, value }] }
  }
  return marks
}
