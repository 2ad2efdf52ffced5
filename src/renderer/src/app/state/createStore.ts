import { useSyncExternalStore } from 'react'

export interface Store<T> {
  readonly get: () => T
  /** merges the part into the state */
  readonly set: (part: Partial<T> | ((state: T) => Partial<T>)) => void
  readonly reset: () => void
  readonly subscribe: (listener: () => void) => () => void
  /** reads one thing of the state; the component is drawn again when that thing changes */
  readonly use: <S>(select: (state: T) => S) => S
}

/** What a state belongs to: one of the open project is reset when another project is opened or none is. */
export type StoreScope = 'project' | 'window'

const projectResets = new Set<() => void>()

/** Has something of the open project forgotten when another project is opened or none is. */
export const onProjectLeft = (forget: () => void) => void projectResets.add(forget)

/** Forgets all state of the project that was open. */
export function resetProjectState(): void {
  for (const reset of projectResets) reset()
}

/** Creates state that outlives the screens which show it. */
export function createStore<T extends object>(scope: StoreScope, initial: T): Store<T> {
  let state = initial
  const listeners = new Set<() => void>()
  const replace = (next: T) => {
    state = next
    for (const listener of listeners) listener()
  }
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  const reset = () => replace(initial)
  if (scope === 'project') onProjectLeft(reset)
  return {
    get: () => state,
    set: (part) => replace({ ...state, ...(typeof part === 'function' ? part(state) : part) }),
    reset,
    subscribe,
    use: (select) => useSyncExternalStore(subscribe, () => select(state)),
  }
}
