import { z } from 'zod'
import { candidateStateSchema, type CandidateState, type Counts } from '../../shared/domain'
import type { Database } from './database'
import { readDataVersion } from './dataVersion'
import { prepare } from './statement'
import { numberSchema } from './stored'

/** Counts are kept beside the connection, since counting 100,000 rows at every key press would be felt. */
interface Known {
  /** SQLite's number of the last change by another connection */
  readonly dataVersion: number
  /** the newest candidate counted in */
  readonly lastId: number
  readonly counts: Counts
}
const known = new WeakMap<Database, Known>()

const lastCandidateId = (db: Database) => numberSchema.parse(prepare(db, `SELECT coalesce(max(id), 0) FROM candidate`).pluck().get())
const rowsSchema = z.object({ state: candidateStateSchema, n: z.number() }).array()

function add(counts: Counts, rows: unknown): Counts {
  const sum = { ...counts }
  for (const { state, n } of rowsSchema.parse(rows)) sum[state] += n
  return sum
}

const none: Counts = { pending: 0, accepted: 0, edited: 0, rejected: 0, ignored: 0 }

/** How many candidates stand in each state. */
export function readCounts(db: Database): Counts {
  const version = readDataVersion(db)
  const lastId = lastCandidateId(db)
  const entry = known.get(db)
  if (!entry || entry.dataVersion !== version) {
    const counts = add(none, prepare(db, `SELECT state, count(*) AS n FROM candidate GROUP BY state`).all())
    known.set(db, { dataVersion: version, lastId, counts })
    return { ...counts }
  }
  if (entry.lastId !== lastId) {
    const newer = prepare(db, `SELECT state, count(*) AS n FROM candidate WHERE id > ? GROUP BY state`).all(entry.lastId)
    known.set(db, { dataVersion: version, lastId, counts: add(entry.counts, newer) })
  }
  return { ...(known.get(db)?.counts ?? none) }
}

/** A decision of this connection moved a candidate; one that was not counted yet will be, as it then stands. */
export function shiftCounts(db: Database, candidateId: number, from: CandidateState, to: CandidateState): void {
  const entry = known.get(db)
  if (!entry || candidateId > entry.lastId) return
  entry.counts[from] -= 1
  entry.counts[to] += 1
}

/** Forgets the counts, for a transaction that was rolled back. */
export function forgetCounts(db: Database): void {
  known.delete(db)
}
