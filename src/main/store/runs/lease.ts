import { Problem } from '../../../shared/problem'
import type { ReadableDb } from '../sql/types'
import { message } from '../../../shared/messages/message'
import { hasEnded, processIdentitySchema, thisProcess } from '../recovery/processIdentity'
import { prepare } from '../sql/statement'
import { numberOrNoneSchema, parseStored } from '../sql/stored'

/**
 * Who drives a run. A process takes a run under a number, the fence, that grows each time; every write of the run compares it in its own
 * transaction. So a process that stood still while another one took the run can write nothing, however long it believed to own it.
 */

/** Milliseconds after which a process that has not said that it drives a run does not count as its driver any more. */
const staleAfterMs = 15_000

/** Thrown by every write of a run that another process has taken meanwhile. */
class LeaseLost extends Problem {
  constructor(runId: number) {
    super('busy', message('store.runTakenOver', { runId }), message('store.followRunElsewhere'), { item: `run ${runId}` })
  }
}

/** The fences of the runs that this process drives, by file and run. */
const held = new Map<string, number>()
const placeOf = (db: ReadableDb, runId: number) => `${db.name}#${runId}`

export const holdLease = (db: ReadableDb, runId: number, fence: number): void => void held.set(placeOf(db, runId), fence)
export const releaseLease = (db: ReadableDb, runId: number): void => void held.delete(placeOf(db, runId))
export const holdsLease = (db: ReadableDb, runId: number): boolean => held.has(placeOf(db, runId))

/**
 * Returns the fence under which this process drives a run. To be called in the transaction that it protects.
 * @throws LeaseLost where this process does not drive the run, or not any more
 */
export function requireLease(db: ReadableDb, runId: number): number {
  const fence = held.get(placeOf(db, runId))
  const current = numberOrNoneSchema.parse(prepare(db, `SELECT fence FROM run WHERE id = ?`).pluck().get(runId))
  if (fence === undefined || fence !== current) throw new LeaseLost(runId)
  return fence
}

/**
 * Returns whether another living process drives the run. Of one on this machine it is known whether it lives; besides, it must have said
 * so lately. A time in the future was written before the clock was changed, and says nothing.
 * @param owner as `thisProcess` gives it @param touchedAt ms since 1970
 */
export function isLiveElsewhere(owner: string | null, touchedAt: number | null, now = Date.now()): boolean {
  if (owner === null || owner === thisProcess) return false
  if (touchedAt === null || Math.abs(now - touchedAt) >= staleAfterMs) return false // whoever it was, and even if that is garbled
  return !hasEnded(parseStored(processIdentitySchema, owner, message('store.rowOf.runOwner')))
}
