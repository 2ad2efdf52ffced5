import sql from 'sql-template-tag'
import { type Candidate, type Pair, pairSchema } from '../../../shared/domain'
import { takenBack } from '../../../shared/editing'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import { openCheck } from '../quality/attentionChecks'
import { candidateSelect, inConversationOf, readCandidates, requireCandidate, toCandidate } from './candidates'
import type { ReadableDb, WritableDb } from '../sql/types'
import { settle, verdictOf } from '../decisions/decisions'
import { saveReasons } from '../decisions/reasons'
import { addPairText } from './pairText'
import { standsForAnother } from '../quality/secondReviews'
import { prepare, readRows } from '../sql/statement'
import { type StepRow, takeStep } from '../decisions/steps'
import { discardTypedPair } from './drafts'
import { write } from '../sql/transaction'

type Place = Pick<Candidate, 'itemId' | 'kind' | 'conversationCallId' | 'conversation' | 'turn' | 'splitFrom'>

/**
 * Inserts a pair that a person wrote. It starts as rejected ("taken back") and the step that writes it accepts it: so an undo returns it to
 * that state, because candidates are never deleted.
 */
function insertWritten(db: WritableDb, text: Pair, author: string, place: Place): Candidate {
  const { lastInsertRowid } = prepare(
    db,
    `INSERT INTO candidate (item_id, author, kind, split_from, conversation_call_id, conversation, turn, state, reason_list_id, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'rejected', ?, ?)`,
  ).run(
    place.itemId,
    author,
    place.kind,
    place.splitFrom,
    place.conversation === null ? null : place.conversationCallId,
    place.conversation,
    place.conversation === null ? null : place.turn,
    saveReasons(db, takenBack),
    Date.now(),
  )
  addPairText(db, Number(lastInsertRowid), text)
  return requireCandidate(db, Number(lastInsertRowid))
}

const accepted = (candidate: Candidate): StepRow => ({ candidate, verdict: 'accept', state: 'accepted', reason: null })

interface NewPair {
  readonly itemId: number
  readonly pair: Pair
  readonly reviewer: string
  /** A pair of the same item, whose kind the new pair takes. */
  readonly besideId?: number | undefined
  /** Whether the new pair becomes the last turn of that pair's conversation. */
  readonly asTurn?: boolean | undefined
  readonly seconds?: number | undefined
}

/**
 * Adds a pair that a reviewer wrote, accepted at once; one undo takes it back. Deletes what was typed for it in the form.
 * @throws Problem not-found, wrong-use (the `besideId` pair belongs to another item)
 */
export function writePair(db: WritableDb, { itemId, pair, reviewer, besideId, asTurn = false, seconds }: NewPair): Candidate {
  return write(db, () => {
    const beside = besideId === undefined ? null : requireCandidate(db, besideId)
    if (beside && beside.itemId !== itemId)
      throw new Problem('wrong-use', message('store.pairOfAnotherItem', { id: beside.id }), message('store.choosePairOfItem'), {
        item: `candidate ${beside.id}`,
      })
    const turns = beside && asTurn ? listTurns(db, beside) : []
    const last = turns.at(-1)
    const candidate = insertWritten(db, pairSchema.parse(pair), reviewer, {
      itemId,
      kind: beside?.kind ?? null,
      splitFrom: null,
      conversationCallId: last?.conversationCallId ?? null,
      conversation: last?.conversation ?? null,
      turn: last ? Math.max(...turns.map(({ turn }) => turn ?? 0)) + 1 : null,
    })
    takeStep(db, reviewer, [accepted(candidate)], seconds ?? null)
    discardTypedPair(db, { form: 'own', subjectId: itemId, reviewer })
    return requireCandidate(db, candidate.id)
  })
}

/**
 * Rejects a split of a pair that this reviewer sees differently (other text, or undecided although decided): its halves would not match the
 * stored pair.
 */
function requireAsShown(db: ReadableDb, candidate: Candidate, reviewer: string): void {
  if (!openCheck(db, candidate.id, reviewer) && !standsForAnother(db, candidate, reviewer)) return
  throw new Problem('wrong-use', message('store.pairNotSplittable'), message('store.decideFirst'), {
    item: `candidate ${candidate.id}`,
  })
}

export interface Split {
  readonly candidateId: number
  readonly first: Pair
  readonly second: Pair
  readonly reviewer: string
  readonly seconds?: number | undefined
}

/**
 * Splits a pair in two and approves both in one step, which one undo reverts: the first half replaces the pair's text, the second is a new
 * pair of the item, marked as written by the reviewer. In a conversation the second half follows the first, and later turns move down.
 * @returns both halves, then the turns that moved
 * @throws Problem not-found, wrong-use (the pair is shown as an attention check, or with another's verdict that waits for this reviewer's)
 */
export function splitPair(db: WritableDb, { candidateId, first, second, reviewer, seconds }: Split): Candidate[] {
  return write(db, () => {
    const candidate = requireCandidate(db, candidateId)
    requireAsShown(db, candidate, reviewer)
    const turns = listTurns(db, candidate)
    const text = pairSchema.parse(first)
    const written = insertWritten(db, pairSchema.parse(second), reviewer, {
      ...candidate,
      turn: candidate.turn === null ? null : candidate.turn + 1,
      splitFrom: candidate.id,
    })
    const place = turns.findIndex(({ id }) => id === candidateId)
    const moves = place < 0 ? [] : inThisOrder([...turns.slice(0, place + 1), written, ...turns.slice(place + 1)])
    const turnOf = (id: number) => {
      const turn = moves.find((row) => row.candidate.id === id)?.turn
      return turn === undefined ? {} : { turn }
    }
    const others = moves.filter((row) => row.candidate.id !== candidateId && row.candidate.id !== written.id)
    takeStep(
      db,
      reviewer,
      [
        { candidate, ...settle('edit', text, candidate), reason: null, text, ...turnOf(candidate.id) },
        { ...accepted(written), ...turnOf(written.id) },
        ...others,
      ],
      seconds ?? null,
    )
    discardTypedPair(db, { form: 'split', subjectId: candidateId, reviewer })
    return readCandidates(db, [candidateId, written.id, ...others.map((row) => row.candidate.id)])
  })
}

/** Returns all turns of the conversation that a candidate belongs to, in order, without turns that a person wrote and took back. */
export function listTurns(db: ReadableDb, candidate: Candidate): Candidate[] {
  if (candidate.conversation === null) return []
  return readRows(
    db,
    sql`${candidateSelect} WHERE ${inConversationOf(candidate)}
       AND (author IS NULL OR candidate.state <> 'rejected') ORDER BY turn, candidate.id`,
  ).map(toCandidate)
}

/** Returns the step rows that put the turns in this order and change nothing else. */
const inThisOrder = (turns: readonly Candidate[]): StepRow[] =>
  turns.flatMap((candidate, turn) =>
    candidate.turn === turn
      ? []
      : [{ candidate, verdict: verdictOf[candidate.state], state: candidate.state, reason: candidate.reason, turn }],
  )

/**
 * Moves a turn one position up or down in its conversation, as a separate undo step.
 * @returns the turns that moved, this one first; empty if the turn is already at that end, or in no conversation
 */
export function moveTurn(
  db: WritableDb,
  { candidateId, by, reviewer }: { candidateId: number; by: -1 | 1; reviewer: string },
): Candidate[] {
  return write(db, () => {
    const turns = listTurns(db, requireCandidate(db, candidateId))
    const place = turns.findIndex(({ id }) => id === candidateId)
    const [turn, other] = [turns[place], turns[place + by]]
    if (!turn || !other) return []
    const rows = inThisOrder(turns.with(place, other).with(place + by, turn))
    const own = (row: StepRow) => (row.candidate.id === candidateId ? 0 : 1)
    const ordered = rows.toSorted((a, b) => own(a) - own(b))
    takeStep(db, reviewer, ordered)
    return readCandidates(
      db,
      ordered.map(({ candidate }) => candidate.id),
    )
  })
}
