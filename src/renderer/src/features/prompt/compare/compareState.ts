import { createStore } from '../../../app/state/createStore'

/** What the comparison part of the prompt screen shows; it outlives the screen. */
export const compareState = createStore<{
  readonly mode: 'edit' | 'compare'
  /** null: the setup */
  readonly comparisonId: number | null
}>('project', { mode: 'edit', comparisonId: null })

/** Opens a comparison, or the setup of a new one. */
export const openComparison = (comparisonId: number | null) => compareState.set({ comparisonId })
