import sql from 'sql-template-tag'
import { z } from 'zod'
import { candidateStateSchema, type Counts, decisionKindSchema, verdictSchema } from '../../../shared/domain'
import { readCounts } from '../candidates/counts'
import type { ReadableDb } from '../sql/types'
import { onlyMoves } from '../decisions/decisionStacks'
import { createMemory, readTogether } from '../sql/transaction'
import { numberSchema } from '../sql/stored'
import { prepare, readRows } from '../sql/statement'

interface Known {
  readonly reviewer: string
  readonly lastDecision: number
  readonly decided: Omit<Counts, 'pending'>
}

/** Cached per connection, so that a key press does not count all decisions again. */
const known = createMemory<Known>()

const rowsSchema = z
  .object({ own: z.number(), wasOwn: z.number(), before: candidateStateSchema, after: candidateStateSchema, n: z.number() })
  .array()

/**
 * Counts the pairs currently decided by this reviewer, by state, and the undecided pairs. Applies the decisions since the last count, so
 * the cost depends on new decisions only.
 */
export function readOwnCounts(db: ReadableDb, reviewer: string): Counts {
  return readTogether(db, () => {
    const last = known.get(db)
    const lastDecision = numberSchema.parse(prepare(db, `SELECT coalesce(max(id), 0) FROM decision`).pluck().get())
    const from =
      last?.reviewer === reviewer && last.lastDecision <= lastDecision
        ? last
        : { lastDecision: 0, decided: { accepted: 0, edited: 0, rejected: 0, ignored: 0 } }
    const decided = follow(db, reviewer, from)
    known.set(db, { reviewer, lastDecision, decided })
    return { ...decided, pending: readCounts(db).pending }
  })
}

function follow(db: ReadableDb, reviewer: string, { lastDecision, decided }: Omit<Known, 'reviewer'>): Known['decided'] {
  const rows = readRows(
    db,
    sql`SELECT made.reviewer = ${reviewer} AS own, coalesce(earlier.reviewer = ${reviewer}, 0) AS wasOwn, made.before_state AS before,
       made.after_state AS after, count(*) AS n
     FROM decision AS made LEFT JOIN decision AS earlier ON earlier.id = (SELECT max(id) FROM decision AS one
       WHERE one.candidate_id = made.candidate_id AND one.id < made.id AND NOT ${onlyMoves('one')})
     WHERE made.id > ${lastDecision} AND NOT ${onlyMoves('made')} GROUP BY 1, 2, 3, 4`,
  )
  const sum = { ...decided }
  for (const { own, wasOwn, before, after, n } of rowsSchema.parse(rows)) {
    if (wasOwn && before !== 'pending') sum[before] -= n
    if (own && after !== 'pending') sum[after] += n
  }
  return sum
}

const ownDecisionsSchema = z
  .object({
    id: z.number(),
    kind: decisionKindSchema,
    targetId: z.number().nullable(),
    verdict: verdictSchema,
    seconds: z.number().nullable(),
    decidedAt: z.number(),
  })
  .array()
export type OwnDecision = z.infer<typeof ownDecisionsSchema>[number]

/** Returns the reviewer's latest decisions on single pairs, newest first; steps over many pairs are left out. */
export function listOwnDecisions(db: ReadableDb, reviewer: string, limit: number): OwnDecision[] {
  const rows = prepare(
    db,
    `SELECT id, kind, target_id AS targetId, verdict, seconds, decided_at AS decidedAt FROM decision INDEXED BY decision_by_hand
     WHERE reviewer = ? AND batch_id IS NULL ORDER BY id DESC LIMIT ?`,
  ).all(reviewer, limit)
  return ownDecisionsSchema.parse(rows)
}
