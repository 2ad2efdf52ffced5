import type { Candidate } from '../../../../../shared/domain'
import { decided, type ReviewDecision } from './verdict'

/** A change that the reviewer made to a candidate. */
export type Change =
  | { readonly kind: 'decision'; readonly decision: ReviewDecision }
  /** @param reason why the pair is an exemplar; undefined keeps the earlier reason */
  | { readonly kind: 'pin'; readonly pinned: boolean; readonly reason: string | null | undefined }

export interface PendingWrite {
  readonly writeId: number
  readonly candidateId: number
  readonly change: Change
}

/**
 * Optimistic updates: changes that are already shown but still being stored. A candidate is shown as its stored version with its pending
 * changes applied in order. Therefore any response, success or failure, leads to the correct state, regardless of other pending writes.
 */
export interface PendingWrites {
  /** Pending changes in the order in which they were made. */
  readonly pending: readonly PendingWrite[]
  /** Stored versions of the candidates that have pending changes, by ID. */
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
/** Returns whether all decisions are stored, so that the counts of the store match the screen. */
export const isSettled = ({ pending }: PendingWrites) => !pending.some(isDecision)

/** Returns a candidate with its pending changes applied. @param stored version of the candidate in the store */
export const withPendingChanges = (writes: PendingWrites, stored: Candidate): Candidate =>
  writesOf(writes, stored.id).reduce((candidate, { change }) => applyChange(candidate, change), stored)

/** Adds a pending write. @param shown the candidate as currently shown, used as its stored version if it has no pending changes yet */
export function addWrite({ pending, stored }: PendingWrites, write: PendingWrite, shown: Candidate): PendingWrites {
  return {
    pending: [...pending, write],
    stored: stored.has(write.candidateId) ? stored : new Map(stored).set(write.candidateId, shown),
  }
}

/** Updates the stored version of a candidate, if it has pending changes. */
export const putStored = (writes: PendingWrites, candidate: Candidate): PendingWrites =>
  writes.stored.has(candidate.id) ? { ...writes, stored: new Map(writes.stored).set(candidate.id, candidate) } : writes

/** Removes a completed write. @returns the remaining writes, and the stored version of the candidate */
export function endWrite(writes: PendingWrites, writeId: number, result: Candidate | null) {
  const write = writes.pending.find((one) => one.writeId === writeId)
  const pending = writes.pending.filter((one) => one.writeId !== writeId)
  const stored = new Map(writes.stored)
  const known = write && (result ?? stored.get(write.candidateId))
  if (known && pending.some(({ candidateId }) => candidateId === known.id)) stored.set(known.id, known)
  else if (known) stored.delete(known.id)
  return { writes: { pending, stored }, stored: known ?? null }
}
