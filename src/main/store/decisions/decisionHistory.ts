import sql from 'sql-template-tag'
import { z } from 'zod'
import { type Candidate, cleanPairText, type Decision, decisionSchema, type Pair } from '../../../shared/domain'
import type { ReadableDb, WritableDb } from '../sql/types'
import { reasonsText } from './reasons'
import { readRows, valuesOf } from '../sql/statement'
import { openCheck } from '../quality/attentionChecks'
import { candidateSelect, readCandidates, toCandidate } from '../candidates/candidates'
import { settle } from './decisions'
import { getDraft } from '../candidates/drafts'
import { getQualitySettings } from '../quality/qualitySettings'
import { type StepRow, takeStep } from './steps'
import { write } from '../sql/transaction'

/** Selects the id of the latest decision that changed the text of each pair. */
export const lastEdits = `SELECT max(id) FROM decision WHERE after_instruction IS NOT NULL GROUP BY candidate_id`

/** Selects the ids of pairs whose text differs from that of their last edit. */
export const olderThanEdit = `SELECT pair.candidate_id FROM decision AS last JOIN pair ON pair.candidate_id = last.candidate_id
  WHERE last.id IN (${lastEdits}) AND (pair.instruction <> last.after_instruction OR pair.response <> last.after_response)`

export const finalDecisionSchema = decisionSchema.pick({ verdict: true, reviewer: true, seconds: true, decidedAt: true })
const finalRowsSchema = finalDecisionSchema.extend({ candidateId: z.number() }).array()
export type FinalDecision = z.infer<typeof finalDecisionSchema>

/** Returns the current decisions of several candidates, by candidate: the latest of each, ignoring moves of a turn. */
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

/** Returns all decisions on a candidate, oldest first. */
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

interface ItemDecision {
  readonly itemId: number
  readonly verdict: 'accept' | 'reject'
  readonly reason?: string | undefined
  readonly reviewer: string
  readonly seconds?: number | undefined
}

/**
 * Applies one decision to all pending pairs of an item, as one step. Text that the reviewer typed for a pair is accepted with it, as in a
 * single decision. A pair stays pending if its typed text is blank, or if it is shown as an attention check, because the reviewer has not
 * seen the pair itself.
 * @returns the candidates that were decided
 */
export function decideItem(db: WritableDb, { itemId, verdict, reason, reviewer, seconds }: ItemDecision): Candidate[] {
  return write(db, () => {
    const pending = readRows(
      db,
      sql`${candidateSelect} WHERE candidate.state = 'pending' AND candidate.item_id = ${itemId} ORDER BY candidate.id`,
    )
      .map(toCandidate)
      .filter(({ id }) => !openCheck(db, id, reviewer))
    const rows = pending.flatMap((candidate): StepRow[] => {
      if (verdict === 'reject') return [{ candidate, verdict, state: 'rejected', reason: reason ?? null }]
      const text = typedText(db, candidate, reviewer)
      return text.instruction && text.response ? [{ candidate, ...settle('edit', text, candidate), reason: null, text }] : []
    })
    takeStep(db, reviewer, rows, seconds ?? null)
    return readCandidates(
      db,
      rows.map(({ candidate }) => candidate.id),
    )
  })
}

function typedText(db: ReadableDb, candidate: Candidate, reviewer: string): Pair {
  const typed = getDraft(db, candidate.id, reviewer, getQualitySettings(db).blind)
  if (!typed) return { instruction: candidate.instruction, response: candidate.response }
  return { instruction: cleanPairText(typed.instruction), response: cleanPairText(typed.response) }
}
