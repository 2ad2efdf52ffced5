import { create } from 'zustand'

export interface Store<T> {
  readonly get: () => T
  /** Merges a partial state into the state. */
  readonly set: (part: Partial<T> | ((state: T) => Partial<T>)) => void
  readonly reset: () => void
  readonly subscribe: (listener: () => void) => () => void
  /** Selects a value of the state; the component re-renders when the value changes. */
  readonly use: <S>(select: (state: T) => S) => S
}

/** Lifetime of a state: `project` state is reset when another project is opened or the project is closed. */
export type StoreScope = 'project' | 'window'

const projectResets = new Set<() => void>()

/** Registers a function that resets state of the open project when another project is opened or the project is closed. */
export const onProjectLeft = (forget: () => void) => void projectResets.add(forget)

/** Resets all state of the previously open project. */
export function resetProjectState(): void {
  for (const reset of projectResets) reset()
}

/** Creates state that outlives the screens that show it. */
export function createStore<T extends object>(scope: StoreScope, initial: T): Store<T> {
  const use = create(() => initial)
  const reset = () => use.setState(initial, true)
  if (scope === 'project') onProjectLeft(reset)
  return { get: use.getState, set: use.setState, reset, subscribe: use.subscribe, use }
}
