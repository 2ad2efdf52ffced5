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
 * Returns the progress of the cold start: Syphus' first phase, in which people review drafts and keep those that are good enough as
 * exemplars. The rule is our own, because none is published: a number of approved pairs (including edited ones) from a number of items, and
 * a share of the latest decided drafts accepted unchanged. Pairs written by people are not drafts. Ignored pairs are not evidence about a
 * draft and are not counted. If fewer drafts are decided than the size of the window, the share is of those.
 * @param reviewer counts only the decisions of this reviewer
 */
export function readColdStart(db: ReadableDb, reviewer?: string): ColdStartState {
  const coldStart = getColdStart(db)
  const by = sql`${decidedBy(reviewer)} AND ${takesPart(db)}`
  const pool = readPool(db, by)
  const latest = readLatest(db, by, coldStart.rule.window)
  return { coldStart, ...pool, ...latest, met: isMet(coldStart, pool, latest), byVersion: readVersions(db, by) }
}

/** Condition on `candidate`: this reviewer made the current decision; without a reviewer, all candidates match. */
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

/** Names the index that holds them in decision order: the planner would collect and sort all of them. */
function readLatest(db: ReadableDb, by: Sql, window: number): z.infer<typeof recentSchema> {
  const row = readRow(
    db,
    sql`SELECT count(*) AS recent, coalesce(sum(state = 'accepted'), 0) AS recentAccepted FROM (
       SELECT state FROM candidate INDEXED BY candidate_judged WHERE state IN ('accepted', 'edited', 'rejected') AND run_id IS NOT NULL
       AND ${by} ORDER BY decision_id DESC LIMIT ${window})`,
  )
  return recentSchema.parse(row)
}

/** Oldest version first, without versions that have no drafts. Sums per run first, so that the index can be used. */
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
