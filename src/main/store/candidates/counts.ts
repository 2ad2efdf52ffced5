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
 * How many candidates stood in each state, and what was counted in: candidates are never deleted, and change their state by decisions
 * alone, which are never changed. So to count again is to follow the decisions since.
 */
interface Known {
  readonly lastCandidate: number
  readonly lastDecision: number
  readonly counts: Counts
}

/** Kept beside the connection, since counting a million rows at every key press would be felt. */
const known = createMemory<Known>()

/** To follow more decisions than this takes longer than to count. */
const maxFollowed = 100_000
/** So few are counted at once; what is known of more is stored, for the next start. */
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

/** How many candidates of the items that take part stand in each state. */
export function readCounts(db: ReadableDb): Counts {
  // In one view of the file: what another commits between two readings would be counted twice, and for good.
  return readTogether(db, () => {
    const counts = { ...followSince(db).counts }
    for (const { state, n } of countLeftOut(db)) counts[state] -= n
    return counts
  })
}

const leftOutKnown = createMemory<{ readonly asOf: string; readonly counts: z.infer<typeof standing> }>()

/** Those of excluded and deleted items. They hardly change: nobody meets them in a queue. */
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
    return undefined // they are counted anew
  }
}

/** Stores the counts of a large project with what they were counted from, so that the next start need not count. */
export function keepCounts(db: WritableDb): void {
  const counts = readCounts(db)
  const entry = known.get(db)
  if (!entry || entry.lastCandidate < fewCandidates || refusalOf(db)) return
  try {
    db.pragma('busy_timeout = 0') // nobody waits for it: while another writes, it is left for the next time
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

/** What the project holds. `failedCalls` are calls that failed and were not asked again. */
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
