import sql, { join, raw } from 'sql-template-tag'
import { z } from 'zod'
import { candidateStateSchema, type Counts, countsSchema, type Stats } from '../../../shared/domain'
import { BUSY_MS } from '../sql/database'
import type { ReadableDb, WritableDb } from '../sql/types'
import { createMemory, readTogether } from '../sql/transaction'
import { refusalOf } from '../sql/readOnly'
import { numberSchema } from '../sql/stored'
import { prepare, readRow, readRows, readValue, run } from '../sql/statement'
import { hasLeftOut, isLeftOut } from '../library/leftOut'

/**
 * Number of candidates in each state, and the last rows included in the count. Candidates are never deleted and change state only through
 * decisions, which never change; so an update only needs to apply the decisions since.
 */
interface Known {
  readonly lastCandidate: number
  readonly lastDecision: number
  readonly counts: Counts
}

/** Cached per connection, because counting a million rows at every key press would be slow. */
const known = createMemory<Known>()

/** Applying more decisions than this takes longer than counting from scratch. */
const maxFollowed = 100_000
/** Smaller projects are counted from scratch; the counts of larger ones are stored for the next start. */
const fewCandidates = 20_000

const lastOf = (db: ReadableDb, table: 'candidate' | 'decision') =>
  numberSchema.parse(readValue(db, sql`SELECT coalesce(max(id), 0) FROM ${raw(table)}`))

const standing = z.object({ state: candidateStateSchema, n: z.number() }).array()
const moves = z.object({ before: candidateStateSchema, after: candidateStateSchema, n: z.number() }).array()
const none: Counts = { pending: 0, accepted: 0, edited: 0, rejected: 0, ignored: 0 }

function countFrom(db: ReadableDb, { lastCandidate, lastDecision, counts }: Known, upTo: Omit<Known, 'counts'>): Known {
  const sum = { ...counts }
  const moved = prepare(
    db,
    `SELECT before_state AS before, after_state AS after, count(*) AS n FROM decision WHERE id > ? AND candidate_id <= ? GROUP BY 1, 2`,
  ).all(lastDecision, lastCandidate)
  for (const { before, after, n } of moves.parse(moved)) {
    sum[before] -= n
    sum[after] += n
  }
  if (upTo.lastCandidate > lastCandidate) {
    const newer = prepare(db, `SELECT state, count(*) AS n FROM candidate WHERE id > ? GROUP BY state`).all(lastCandidate)
    for (const { state, n } of standing.parse(newer)) sum[state] += n
  }
  return { ...upTo, counts: sum }
}

/** Counts the candidates in each state, without those of excluded and deleted items. */
export function readCounts(db: ReadableDb): Counts {
  // One read transaction: a commit by another process between two reads would be counted twice, permanently.
  return readTogether(db, () => {
    const counts = { ...followSince(db).counts }
    for (const { state, n } of countLeftOut(db)) counts[state] -= n
    return counts
  })
}

const leftOutKnown = createMemory<{ readonly asOf: string; readonly counts: z.infer<typeof standing> }>()

/** Counts the candidates of excluded and deleted items. These counts rarely change, because such candidates are in no queue. */
function countLeftOut(db: ReadableDb): z.infer<typeof standing> {
  if (!hasLeftOut(db)) return []
  const asOf = [
    lastOf(db, 'candidate'),
    lastOf(db, 'decision'),
    readValue(db, sql`SELECT count(*) || ' ' || total(item_id) FROM left_out_item`),
  ].join(' ')
  const last = leftOutKnown.get(db)
  if (last?.asOf === asOf) return last.counts
  const counts = standing.parse(readRows(db, sql`SELECT state, count(*) AS n FROM candidate WHERE ${isLeftOut()} GROUP BY state`))
  leftOutKnown.set(db, { asOf, counts })
  return counts
}

function followSince(db: ReadableDb): Known {
  const now = { lastCandidate: lastOf(db, 'candidate'), lastDecision: lastOf(db, 'decision') }
  const before = known.get(db) ?? readStored(db)
  const follows = before && now.lastDecision - before.lastDecision <= maxFollowed && now.lastCandidate >= before.lastCandidate
  const entry = countFrom(db, follows ? before : { lastCandidate: 0, lastDecision: now.lastDecision, counts: none }, now)
  known.set(db, entry)
  return entry
}

const states = sql`pending, accepted, edited, rejected, ignored`
const storedSchema = countsSchema.extend({ lastCandidate: z.number(), lastDecision: z.number() })

function readStored(db: ReadableDb): Known | undefined {
  try {
    const row = readRow(db, sql`SELECT last_candidate AS lastCandidate, last_decision AS lastDecision, ${states} FROM counted`)
    if (row === undefined) return undefined
    const { lastCandidate, lastDecision, ...counts } = storedSchema.parse(row)
    return { lastCandidate, lastDecision, counts }
  } catch {
    return undefined // counted from scratch instead
  }
}

/** Stores the counts of a large project and the last rows included in them, so that the next start does not count from scratch. */
export function keepCounts(db: WritableDb): void {
  const counts = readCounts(db)
  const entry = known.get(db)
  if (!entry || entry.lastCandidate < fewCandidates || refusalOf(db)) return
  try {
    db.pragma('busy_timeout = 0') // nothing waits for this: if another process is writing, skip it until next time
    const { lastCandidate, lastDecision } = entry
    const { pending, accepted, edited, rejected, ignored } = counts
    run(
      db,
      sql`INSERT OR REPLACE INTO counted (id, last_candidate, last_decision, ${states})
       SELECT 1, ${lastCandidate}, ${lastDecision}, ${join([pending, accepted, edited, rejected, ignored])}
       WHERE NOT EXISTS (SELECT 1 FROM counted WHERE last_candidate = ${lastCandidate} AND last_decision = ${lastDecision})`,
    )
  } finally {
    db.pragma(`busy_timeout = ${BUSY_MS}`)
  }
}

const readNumber = (db: ReadableDb, query: string) => numberSchema.parse(prepare(db, query).pluck().get())

/** Returns statistics of the project. `failedCalls` counts calls that failed and were not retried. */
export function readStats(db: ReadableDb): Stats {
  const counts = readCounts(db)
  return {
    items: readNumber(db, `SELECT (SELECT count(*) FROM item) - (SELECT count(*) FROM left_out_item)`),
    excluded: readNumber(db, `SELECT count(*) FROM left_out_item WHERE standing = 'excluded'`),
    media: readNumber(db, `SELECT count(*) FROM media`),
    candidates: Object.values(counts).reduce((sum, n) => sum + n, 0),
    ...counts,
    written: readNumber(db, `SELECT count(*) FROM candidate WHERE author IS NOT NULL`),
    runs: readNumber(db, `SELECT count(*) FROM run`),
    calls: readNumber(db, `SELECT count(*) FROM call`),
    failedCalls: readNumber(db, `SELECT coalesce(sum(failed), 0) FROM run`),
    promptTokens: readNumber(db, `SELECT coalesce(sum(prompt_tokens), 0) FROM run`),
    completionTokens: readNumber(db, `SELECT coalesce(sum(completion_tokens), 0) FROM run`),
  }
}
