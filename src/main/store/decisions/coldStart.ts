import sql, { type Sql } from 'sql-template-tag'
import { z } from 'zod'
import type { ColdStartState } from '../../../shared/contract'
import type { ColdStart } from '../../../shared/domain'
import type { ReadableDb } from '../sql/types'
import { getColdStart } from '../project/project'
import { readRows, readRow } from '../sql/statement'
import { takesPart } from '../library/leftOut'

const poolSchema = z.object({ accepted: z.number(), items: z.number() })
const recentSchema = z.object({ recent: z.number(), recentAccepted: z.number() })
const versionsSchema = z
  .object({ promptVersionId: z.number(), accepted: z.number(), edited: z.number(), rejected: z.number(), drafts: z.number() })
  .array()

/**
 * How far the cold start is: Syphus' first phase, in which people look at what comes out and keep what is good enough to be an exemplar.
 * The rule is ours, since none is published: so many pairs approved (edited ones too) from so many items, and of the drafts decided last
 * a share accepted as they were; what people wrote is no draft. Ignored ones say nothing about a draft and count nowhere. Where fewer are decided than the window is
 * wide, the share is of those.
 * @param reviewer only the decisions of this one count
 */
export function readColdStart(db: ReadableDb, reviewer?: string): ColdStartState {
  const coldStart = getColdStart(db)
  const by = sql`${decidedBy(reviewer)} AND ${takesPart(db)}`
  const pool = readPool(db, by)
  const latest = readLatest(db, by, coldStart.rule.window)
  return { coldStart, ...pool, ...latest, met: isMet(coldStart, pool, latest), byVersion: readVersions(db, by) }
}

/** Whose decisions count, as a condition on `candidate`. */
const decidedBy = (reviewer: string | undefined): Sql =>
  reviewer === undefined
    ? sql`1`
    : sql`EXISTS (SELECT 1 FROM decision WHERE decision.id = candidate.decision_id AND decision.reviewer = ${reviewer})`

function isMet({ rule }: ColdStart, pool: z.infer<typeof poolSchema>, { recent, recentAccepted }: z.infer<typeof recentSchema>): boolean {
  return pool.accepted >= rule.accepted && pool.items >= rule.items && recent > 0 && recentAccepted >= rule.share * recent
}

function readPool(db: ReadableDb, by: Sql): z.infer<typeof poolSchema> {
  const row = readRow(
    db,
    sql`SELECT count(*) AS accepted, count(DISTINCT item_id) AS items FROM candidate WHERE state IN ('accepted', 'edited') AND ${by}`,
  )
  return poolSchema.parse(row)
}

/** Named is the index that holds them in the order of deciding: the planner would gather and sort them all. */
function readLatest(db: ReadableDb, by: Sql, window: number): z.infer<typeof recentSchema> {
  const row = readRow(
    db,
    sql`SELECT count(*) AS recent, coalesce(sum(state = 'accepted'), 0) AS recentAccepted FROM (
       SELECT state FROM candidate INDEXED BY candidate_judged WHERE state IN ('accepted', 'edited', 'rejected') AND run_id IS NOT NULL
       AND ${by} ORDER BY decision_id DESC LIMIT ${window})`,
  )
  return recentSchema.parse(row)
}

/** Oldest version first; those without drafts are left out. Summed a run, so that the index serves it. */
function readVersions(db: ReadableDb, by: Sql): z.infer<typeof versionsSchema> {
  const rows = readRows(
    db,
    sql`SELECT run.prompt_version_id AS promptVersionId, sum(accepted) AS accepted, sum(edited) AS edited, sum(rejected) AS rejected,
       sum(drafts) AS drafts
     FROM (SELECT run_id, sum(state = 'accepted' AND own) AS accepted, sum(state = 'edited' AND own) AS edited,
         sum(state = 'rejected' AND own) AS rejected, count(*) AS drafts
       FROM (SELECT run_id, state, ${by} AS own FROM candidate) GROUP BY run_id) AS tally
     JOIN run ON run.id = tally.run_id GROUP BY run.prompt_version_id ORDER BY run.prompt_version_id`,
  )
  return versionsSchema.parse(rows)
}
