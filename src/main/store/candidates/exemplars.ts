import sql, { raw, type Sql } from 'sql-template-tag'
import { z } from 'zod'
import type { Exemplar } from '../../../shared/contract'
import type { Candidate } from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import { candidateSelect, getCandidate, inConversationOf, requireCandidate, toCandidate } from './candidates'
import type { ReadableDb, WritableDb } from '../sql/types'
import { takesPart } from '../library/leftOut'
import { numberSchema, numbersSchema } from '../sql/stored'
import { write } from '../sql/transaction'
import { prepare, readRows, readRow, readValues, readValue } from '../sql/statement'

/** The pool: approved candidates (accepted or edited), with their text as it stands. Written out, so that the partial index serves it. */
const approved = sql`candidate.state IN ('accepted', 'edited')`

interface Wanted {
  readonly limit: number
  /** an item's own pairs are never its exemplars */
  readonly excludeItemId: number
}

/** Pinned ones in the order set by hand; those without a place in it follow, in the order they were pinned. */
export function listPinnedExemplars(db: ReadableDb, { limit, excludeItemId }: Wanted): Candidate[] {
  return readRows(
    db,
    sql`${candidateSelect} WHERE pinned_at IS NOT NULL AND ${approved} AND ${takesPart(db)} AND candidate.item_id <> ${excludeItemId}
     ORDER BY pinned_position IS NULL, pinned_position, pinned_at, candidate.id LIMIT ${limit}`,
  ).map(toCandidate)
}

/** Named is the index that holds the pool in the order of deciding: by old statistics the planner may gather and sort all of it. */
const pool = sql`candidate INDEXED BY candidate_approved WHERE state IN ('accepted', 'edited')`

/** Not pinned, last decided first. */
export function listRecentExemplars(db: ReadableDb, { limit, excludeItemId }: Wanted): Candidate[] {
  return readRows(
    db,
    sql`${candidateSelect} WHERE candidate.id IN (
       SELECT id FROM ${pool} AND pinned_at IS NULL AND ${takesPart(db)} AND item_id <> ${excludeItemId} ORDER BY decision_id DESC LIMIT ${limit})
     ORDER BY decision_id DESC`,
  ).map(toCandidate)
}

/** The approved rounds of the conversation that a candidate stands in, those that people added among them, in their order. */
export function listConversation(db: ReadableDb, candidate: Candidate): Candidate[] {
  return readRows(
    db,
    sql`${candidateSelect} WHERE ${inConversationOf(candidate)} AND ${approved}
     ORDER BY turn, candidate.id`,
  ).map(toCandidate)
}

const wholePool = 2000

/**
 * Not pinned, drawn without repeating. A pool of up to 2,000 is drawn from evenly; from a larger one by jumps to random places in the
 * order of deciding, so that a draw costs the same at any size.
 * @param random numbers in [0, 1)
 */
export function sampleExemplars(db: ReadableDb, { limit, excludeItemId, random }: Wanted & { random: () => number }): Candidate[] {
  const drawn = numbersSchema.parse(
    readValues(
      db,
      sql`SELECT id FROM ${pool} AND pinned_at IS NULL AND ${takesPart(db)} AND item_id <> ${excludeItemId} ORDER BY decision_id LIMIT ${wholePool + 1}`,
    ),
  )
  const chosen = new Set<number>()
  if (drawn.length <= wholePool) {
    while (chosen.size < limit && drawn.length > 0) {
      const [id] = drawn.splice(Math.floor(random() * drawn.length), 1)
      if (id !== undefined) chosen.add(id)
    }
  } else {
    const last = numberSchema.parse(readValue(db, sql`SELECT max(decision_id) FROM ${pool}`))
    const jump = (to: number) =>
      readValue(
        db,
        sql`SELECT id FROM ${pool} AND decision_id >= ${to} AND pinned_at IS NULL AND ${takesPart(db)} AND item_id <> ${excludeItemId}
         ORDER BY decision_id LIMIT 1`,
      )
    for (let tries = 0; chosen.size < limit && tries < limit * 20; tries++) {
      const id = jump(Math.floor(random() * last) + 1)
      if (typeof id === 'number') chosen.add(id)
    }
  }
  return [...chosen].flatMap((id) => getCandidate(db, id) ?? [])
}

/**
 * Marks a candidate to be taken first, or no longer. It counts while the candidate is approved.
 * @param reason why; null takes an earlier one away, undefined leaves it
 */
export function pinExemplar(db: WritableDb, candidateId: number, pinned: boolean, reason?: string | null): Candidate {
  const candidate = requireCandidate(db, candidateId)
  if (reason !== undefined) prepare(db, `UPDATE candidate SET pinned_reason = ? WHERE id = ?`).run(reason, candidateId)
  if (candidate.pinned !== pinned)
    prepare(db, `UPDATE candidate SET pinned_at = ?, pinned_position = NULL WHERE id = ?`).run(pinned ? Date.now() : null, candidateId)
  return requireCandidate(db, candidateId)
}

/** Sets the order of the pinned ones; those not named follow. @throws Problem wrong-use where one is not pinned; nothing is changed then */
export function orderExemplars(db: WritableDb, candidateIds: readonly number[]): void {
  write(db, () => {
    prepare(db, `UPDATE candidate SET pinned_position = NULL WHERE pinned_at IS NOT NULL`).run()
    for (const [position, id] of [...new Set(candidateIds)].entries()) {
      const { changes } = prepare(db, `UPDATE candidate SET pinned_position = ? WHERE id = ? AND pinned_at IS NOT NULL`).run(position, id)
      if (changes === 0)
        throw new Problem('wrong-use', message('store.candidateNotPinned', { id }), message('store.pinFirst'), { item: `candidate ${id}` })
    }
  })
}

const liftSchema = z.object({ used: z.number(), accepted: z.number(), decided: z.number() })

/** A candidate that stands as one reviewer decided it. */
const decidedBy = (candidate: 'candidate' | 'drafted', reviewer: string): Sql =>
  sql`EXISTS (SELECT 1 FROM decision WHERE decision.id = ${raw(candidate)}.decision_id AND decision.reviewer = ${reviewer})`

function readLift(db: ReadableDb, candidateId: number, reviewer: string | undefined): z.infer<typeof liftSchema> {
  const own = reviewer === undefined ? sql`1` : decidedBy('drafted', reviewer)
  return liftSchema.parse(
    readRow(
      db,
      sql`SELECT count(drafted.id) AS used, coalesce(sum(drafted.state IN ('accepted', 'edited') AND ${own}), 0) AS accepted,
         coalesce(sum(drafted.state IN ('accepted', 'edited', 'rejected') AND ${own}), 0) AS decided
       FROM call_exemplar JOIN candidate AS drafted ON drafted.call_id = call_exemplar.call_id WHERE call_exemplar.candidate_id = ${candidateId}`,
    ),
  )
}

/**
 * Returns the pool, pinned ones first, with how the drafts fared that had each of them in their prompt.
 * @param reviewer only pairs that this one approved, and only their decisions on the drafts
 */
export function listExemplars(db: ReadableDb, limit: number, reviewer?: string): Exemplar[] {
  const candidates = reviewer === undefined ? listPool(db, limit) : listApprovedBy(db, reviewer, limit)
  return candidates.map((candidate) => ({ candidate, ...readLift(db, candidate.id, reviewer) }))
}

function listPool(db: ReadableDb, limit: number): Candidate[] {
  const pinned = listPinnedExemplars(db, { limit, excludeItemId: 0 })
  return [...pinned, ...listRecentExemplars(db, { limit: limit - pinned.length, excludeItemId: 0 })]
}

function listApprovedBy(db: ReadableDb, reviewer: string, limit: number): Candidate[] {
  return readRows(
    db,
    sql`${candidateSelect} WHERE ${approved} AND ${takesPart(db)} AND ${decidedBy('candidate', reviewer)}
     ORDER BY pinned_at IS NULL, pinned_position IS NULL, pinned_position, pinned_at, decision_id DESC LIMIT ${limit}`,
  ).map(toCandidate)
}
