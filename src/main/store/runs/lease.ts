import { Problem } from '../../../shared/problem'
import type { ReadableDb } from '../sql/types'
import { message } from '../../../shared/messages/message'
import { hasEnded, processIdentitySchema, thisProcess } from '../recovery/processIdentity'
import { prepare } from '../sql/statement'
import { numberOrNoneSchema, parseStored } from '../sql/stored'

/**
 * Leases of runs. A process takes a run with a fencing token, a number that grows each time; every write of the run compares it in the same
 * transaction. So a process that was suspended while another took the run cannot write, however long it believed that it owned the run.
 */

/** Milliseconds without a sign of life after which a process no longer counts as the driver of a run. */
const staleAfterMs = 15_000

/** Thrown by every write to a run that another process has taken in the meantime. */
class LeaseLost extends Problem {
  constructor(runId: number) {
    super('busy', message('store.runTakenOver', { runId }), message('store.followRunElsewhere'), { item: `run ${runId}` })
  }
}

/** Fences of the runs that this process drives, by file and run. */
const held = new Map<string, number>()
const placeOf = (db: ReadableDb, runId: number) => `${db.name}#${runId}`

export const holdLease = (db: ReadableDb, runId: number, fence: number): void => void held.set(placeOf(db, runId), fence)
export const releaseLease = (db: ReadableDb, runId: number): void => void held.delete(placeOf(db, runId))
export const holdsLease = (db: ReadableDb, runId: number): boolean => held.has(placeOf(db, runId))

/**
 * Returns the fence under which this process drives a run. Call it in the transaction that it protects.
 * @throws LeaseLost if this process does not drive the run, or no longer does
 */
export function requireLease(db: ReadableDb, runId: number): number {
  const fence = held.get(placeOf(db, runId))
  const current = numberOrNoneSchema.parse(prepare(db, `SELECT fence FROM run WHERE id = ?`).pluck().get(runId))
  if (fence === undefined || fence !== current) throw new LeaseLost(runId)
  return fence
}

/**
 * Returns whether another living process drives the run. It must have reported so recently, and must not be known to have ended. A time in
 * the future was written before the clock was changed, and is ignored.
 * @param owner in the format of `thisProcess` @param touchedAt ms since 1970
 */
export function isLiveElsewhere(owner: string | null, touchedAt: number | null, now = Date.now()): boolean {
  if (owner === null || owner === thisProcess) return false
  if (touchedAt === null || Math.abs(now - touchedAt) >= staleAfterMs) return false // whoever it was, even if the owner is garbled
  return !hasEnded(parseStored(processIdentitySchema, owner, message('store.rowOf.runOwner')))
}
