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

/** The pool: approved candidates (accepted or edited), with their current text. Uses literals so that SQLite can use the partial index. */
const approved = sql`candidate.state IN ('accepted', 'edited')`

interface Wanted {
  readonly limit: number
  /** Item whose own pairs are excluded: they are never its exemplars. */
  readonly excludeItemId: number
}

/** Returns the pinned exemplars in their manual order; those without a position follow, in the order in which they were pinned. */
export function listPinnedExemplars(db: ReadableDb, { limit, excludeItemId }: Wanted): Candidate[] {
  return readRows(
    db,
    sql`${candidateSelect} WHERE pinned_at IS NOT NULL AND ${approved} AND ${takesPart(db)} AND candidate.item_id <> ${excludeItemId}
     ORDER BY pinned_position IS NULL, pinned_position, pinned_at, candidate.id LIMIT ${limit}`,
  ).map(toCandidate)
}

/** Names the index that holds the pool in decision order: with outdated statistics, the planner may collect and sort the whole pool. */
const pool = sql`candidate INDEXED BY candidate_approved WHERE state IN ('accepted', 'edited')`

/** Returns the exemplars that are not pinned, most recently decided first. */
export function listRecentExemplars(db: ReadableDb, { limit, excludeItemId }: Wanted): Candidate[] {
  return readRows(
    db,
    sql`${candidateSelect} WHERE candidate.id IN (
       SELECT id FROM ${pool} AND pinned_at IS NULL AND ${takesPart(db)} AND item_id <> ${excludeItemId} ORDER BY decision_id DESC LIMIT ${limit})
     ORDER BY decision_id DESC`,
  ).map(toCandidate)
}

/** Returns the approved turns of the conversation that a candidate belongs to, including turns added by people, in order. */
export function listConversation(db: ReadableDb, candidate: Candidate): Candidate[] {
  return readRows(
    db,
    sql`${candidateSelect} WHERE ${inConversationOf(candidate)} AND ${approved}
     ORDER BY turn, candidate.id`,
  ).map(toCandidate)
}

const wholePool = 2000

/**
 * Samples exemplars that are not pinned, without replacement. A pool of up to 2,000 is sampled evenly; a larger one by jumps to random
 * positions in decision order, so that a sample costs the same at any size.
 * @param random returns numbers in [0, 1)
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
 * Pins or unpins a candidate. Pinned candidates are used first, while they are approved.
 * @param reason why; null removes an earlier reason, undefined keeps it
 */
export function pinExemplar(db: WritableDb, candidateId: number, pinned: boolean, reason?: string | null): Candidate {
  const candidate = requireCandidate(db, candidateId)
  if (reason !== undefined) prepare(db, `UPDATE candidate SET pinned_reason = ? WHERE id = ?`).run(reason, candidateId)
  if (candidate.pinned !== pinned)
    prepare(db, `UPDATE candidate SET pinned_at = ?, pinned_position = NULL WHERE id = ?`).run(pinned ? Date.now() : null, candidateId)
  return requireCandidate(db, candidateId)
}

/**
 * Sets the order of the pinned exemplars; those not listed follow. @throws Problem wrong-use if one is not pinned; nothing is changed then
 */
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

/** Condition: this reviewer made the current decision on the candidate. */
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
 * Returns the pool, pinned exemplars first, with the outcomes of the drafts whose prompt contained each of them.
 * @param reviewer returns only pairs that this reviewer approved, and counts only their decisions on the drafts
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
