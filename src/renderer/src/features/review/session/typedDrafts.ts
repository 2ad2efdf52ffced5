import type { Pair } from '../../../../../shared/domain'
import type { call as callMain } from '../../../api/api'

interface Options {
  readonly call: typeof callMain
  /** stores in the order of all other writes */
  readonly run: <R>(work: () => Promise<R>) => Promise<R>
  readonly onFailure: (candidateId: number, error: unknown) => void
}

/** What was typed in this window and not decided on. It is here at once, also when it could not be stored. */
export function createTypedDrafts({ call, run, onFailure }: Options) {
  const typed = new Map<number, Pair | null>()
  return {
    /** undefined where nothing was typed, null where it was decided on or discarded */
    get: (candidateId: number) => typed.get(candidateId),
    set: (candidateId: number, text: Pair | null | undefined) => {
      if (text === undefined) typed.delete(candidateId)
      else typed.set(candidateId, text)
    },
    /** Takes over what is stored for a pair: an undo may have brought it back. Where it cannot be read, the desk reads it and says so. */
    reread: async (candidateId: number) => {
      typed.delete(candidateId)
      const draft = await call('candidate.get', { id: candidateId }).then(
        (stored) => stored.draft,
        () => undefined,
      )
      if (draft !== undefined) typed.set(candidateId, draft)
    },
    /** What was decided on may have been taken back: what is stored counts again. */
    forgetDecided: () => {
      for (const [candidateId, text] of typed) if (text === null) typed.delete(candidateId)
    },
    save: (candidateId: number, text: Pair) => {
      run(() => call('draft.save', { candidateId, ...text })).catch((error: unknown) => onFailure(candidateId, error))
    },
    discard: (candidateId: number) => {
      typed.set(candidateId, null)
      run(() => call('draft.discard', { candidateId })).catch((error: unknown) => onFailure(candidateId, error))
    },
  }
}
