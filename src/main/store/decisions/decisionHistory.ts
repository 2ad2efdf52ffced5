import sql from 'sql-template-tag'
import { z } from 'zod'
import { decisionSchema, type Decision } from '../../../shared/domain'
import type { ReadableDb } from '../sql/types'
import { reasonsText } from './reasons'
import { readRows, valuesOf } from '../sql/statement'

const finalSchema = decisionSchema.pick({ verdict: true, reviewer: true, seconds: true, decidedAt: true })
const finalRowsSchema = finalSchema.extend({ candidateId: z.number() }).array()
export type FinalDecision = z.infer<typeof finalSchema>

/** The decisions that several candidates stand by, by candidate: the last one of each, moves of a turn left out. */
export function readFinalDecisions(db: ReadableDb, candidateIds: readonly number[]): Map<number, FinalDecision> {
  const rows = readRows(
    db,
    sql`SELECT candidate.id AS candidateId, verdict, reviewer, seconds, decided_at AS decidedAt
     FROM candidate JOIN decision ON decision.id = candidate.decision_id WHERE candidate.id IN ${valuesOf(candidateIds)}`,
  )
  return new Map(finalRowsSchema.parse(rows).map(({ candidateId, ...decision }) => [candidateId, decision]))
}

const listedSchema = decisionSchema.omit({ change: true, moved: true }).extend({
  beforeTurn: z.number().nullable(),
  afterTurn: z.number().nullable(),
  beforeInstruction: z.string().nullable(),
  beforeResponse: z.string().nullable(),
  afterInstruction: z.string().nullable(),
  afterResponse: z.string().nullable(),
})

/** Everything that was decided about a candidate, oldest first. */
export function listDecisions(db: ReadableDb, candidateId: number): Decision[] {
  return listedSchema
    .array()
    .parse(
      readRows(
        db,
        sql`SELECT id, candidate_id AS candidateId, kind, verdict, ${reasonsText('reason_list_id')} AS reason, reviewer, before_state AS before, after_state AS after,
           before_instruction AS beforeInstruction, before_response AS beforeResponse, after_instruction AS afterInstruction,
           after_response AS afterResponse, before_turn AS beforeTurn, after_turn AS afterTurn, seconds,
           guideline_version AS guidelineVersion, decided_at AS decidedAt
         FROM decision WHERE candidate_id = ${candidateId} ORDER BY id`,
      ),
    )
    .map(({ beforeInstruction, beforeResponse, afterInstruction, afterResponse, beforeTurn, afterTurn, ...decision }) => ({
      ...decision,
      moved: beforeTurn !== null && afterTurn !== null ? { from: beforeTurn, to: afterTurn } : null,
      change:
        beforeInstruction !== null && beforeResponse !== null && afterInstruction !== null && afterResponse !== null
          ? {
              before: { instruction: beforeInstruction, response: beforeResponse },
              after: { instruction: afterInstruction, response: afterResponse },
            }
          : null,
    }))
}
