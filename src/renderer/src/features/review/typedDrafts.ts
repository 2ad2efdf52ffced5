import type { Pair } from '../../../../shared/domain'
import type { call as callMain } from '../../api'

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
    save: (candidateId: number, text: Pair) => {
      run(() => call('draft.save', { candidateId, ...text })).catch((error: unknown) => onFailure(candidateId, error))
    },
    discard: (candidateId: number) => {
      typed.set(candidateId, null)
      run(() => call('draft.discard', { candidateId })).catch((error: unknown) => onFailure(candidateId, error))
    },
  }
}
