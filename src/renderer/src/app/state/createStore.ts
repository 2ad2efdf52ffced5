import { create } from 'zustand'

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
  const use = create(() => initial)
  const reset = () => use.setState(initial, true)
  if (scope === 'project') onProjectLeft(reset)
  return { get: use.getState, set: use.setState, reset, subscribe: use.subscribe, use }
}
