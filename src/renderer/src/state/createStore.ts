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

/** State that outlives the screens which show it. */
export function createStore<T extends object>(initial: T): Store<T> {
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
  return {
    get: () => state,
    set: (part) => replace({ ...state, ...(typeof part === 'function' ? part(state) : part) }),
    reset: () => replace(initial),
    subscribe,
    use: (select) => useSyncExternalStore(subscribe, () => select(state)),
  }
}
