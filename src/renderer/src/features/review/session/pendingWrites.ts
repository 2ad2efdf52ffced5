import type { Candidate } from '../../../../../shared/domain'
import { decided, type ReviewDecision } from './verdict'

/** What the reviewer changed of a candidate. */
export type Change =
  | { readonly kind: 'decision'; readonly decision: ReviewDecision }
  /** @param reason why it is an exemplar; undefined keeps the earlier reason */
  | { readonly kind: 'pin'; readonly pinned: boolean; readonly reason: string | null | undefined }

export interface PendingWrite {
  readonly writeId: number
  readonly candidateId: number
  readonly change: Change
}

/**
 * Optimistic updates: changes that are shown already and still being stored. What is shown of a candidate is what the store holds, with its
 * pending changes applied in order; so any answer, success or failure, leads to the right state, whatever else is under way.
 */
export interface PendingWrites {
  /** in the order in which they were made */
  readonly pending: readonly PendingWrite[]
  /** candidates with pending changes, as the store holds them */
  readonly stored: ReadonlyMap<number, Candidate>
}

export const noWrites: PendingWrites = { pending: [], stored: new Map() }

export function applyChange(candidate: Candidate, change: Change): Candidate {
  if (change.kind === 'decision') return decided(candidate, change.decision)
  const { pinned, reason } = change
  return { ...candidate, pinned, ...(reason === undefined ? {} : { pinnedReason: reason }) }
}

const writesOf = ({ pending }: PendingWrites, id: number) => pending.filter(({ candidateId }) => candidateId === id)

export const hasPendingWrite = (writes: PendingWrites, id: number) => writes.stored.has(id)
const isDecision = ({ change }: PendingWrite) => change.kind === 'decision'
export const hasPendingDecision = (writes: PendingWrites, id: number) => writesOf(writes, id).some(isDecision)
/** Whether all decisions are stored: then the counts of the store are those of the screen. */
export const isSettled = ({ pending }: PendingWrites) => !pending.some(isDecision)

/** Returns a candidate as the screen shows it. @param stored as the store holds it */
export const withPendingChanges = (writes: PendingWrites, stored: Candidate): Candidate =>
  writesOf(writes, stored.id).reduce((candidate, { change }) => applyChange(candidate, change), stored)

/** @param shown the candidate as it is on the screen */
export function addWrite({ pending, stored }: PendingWrites, write: PendingWrite, shown: Candidate): PendingWrites {
  return {
    pending: [...pending, write],
    stored: stored.has(write.candidateId) ? stored : new Map(stored).set(write.candidateId, shown),
  }
}

/** Takes over what the store holds of a candidate with pending changes. */
export const putStored = (writes: PendingWrites, candidate: Candidate): PendingWrites =>
  writes.stored.has(candidate.id) ? { ...writes, stored: new Map(writes.stored).set(candidate.id, candidate) } : writes

/** A write was answered. @returns the writes without it, and the candidate as the store holds it */
export function endWrite(writes: PendingWrites, writeId: number, result: Candidate | null) {
  const write = writes.pending.find((one) => one.writeId === writeId)
  const pending = writes.pending.filter((one) => one.writeId !== writeId)
  const stored = new Map(writes.stored)
  const known = write && (result ?? stored.get(write.candidateId))
  if (known && pending.some(({ candidateId }) => candidateId === known.id)) stored.set(known.id, known)
  else if (known) stored.delete(known.id)
  return { writes: { pending, stored }, stored: known ?? null }
}
