import { z } from 'zod'
import { decisionKindSchema, verdictSchema } from '../../../shared/domain'
import type { ReadableDb } from '../sql/types'
import { prepare } from '../sql/statement'

const rowsSchema = z
  .object({
    id: z.number(),
    kind: decisionKindSchema,
    targetId: z.number().nullable(),
    verdict: verdictSchema,
    seconds: z.number().nullable(),
    decidedAt: z.number(),
  })
  .array()
export type OwnDecision = z.infer<typeof rowsSchema>[number]

/** What a reviewer decided last, one pair at a time, newest first; steps over many pairs are left out. */
export function listOwnDecisions(db: ReadableDb, reviewer: string, limit: number): OwnDecision[] {
  const rows = prepare(
    db,
    `SELECT id, kind, target_id AS targetId, verdict, seconds, decided_at AS decidedAt FROM decision INDEXED BY decision_by_hand
     WHERE reviewer = ? AND batch_id IS NULL ORDER BY id DESC LIMIT ?`,
  ).all(reviewer, limit)
  return rowsSchema.parse(rows)
}
