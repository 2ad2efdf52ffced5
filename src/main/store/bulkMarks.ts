import type { BulkTarget } from '../../shared/review'
import { targetConditions } from './bulkDecisions'
import type { Database } from './database'
import { prepare } from './statement'
import { write } from './transaction'

interface Step {
  readonly target: BulkTarget
  readonly reviewer: string
}

/** Puts a tag on many candidates, or takes it off. @returns how many were changed */
export function tagMany(db: Database, { target, reviewer, tag, tagged }: Step & { tag: string; tagged: boolean }): number {
  const { where, parameters } = targetConditions(db, target, reviewer)
  const sql = tagged
    ? `INSERT OR IGNORE INTO tag (tag, candidate_id) SELECT ?, candidate.id FROM candidate WHERE ${where}`
    : `DELETE FROM tag WHERE tag = ? AND candidate_id IN (SELECT candidate.id FROM candidate WHERE ${where})`
  return write(db, () => prepare(db, sql).run(tag, ...parameters).changes)
}

/** Flags many candidates for the reviewer, or takes their flags off. @returns how many were changed */
export function flagMany(db: Database, { target, reviewer, flagged }: Step & { flagged: boolean }): number {
  const { where, parameters } = targetConditions(db, target, reviewer)
  return write(
    db,
    () =>
      (flagged
        ? prepare(
            db,
            `INSERT OR IGNORE INTO flag (candidate_id, reviewer, flagged_at) SELECT candidate.id, ?, ? FROM candidate WHERE ${where}`,
          ).run(reviewer, Date.now(), ...parameters)
        : prepare(db, `DELETE FROM flag WHERE reviewer = ? AND candidate_id IN (SELECT candidate.id FROM candidate WHERE ${where})`).run(
            reviewer,
            ...parameters,
          )
      ).changes,
  )
}
