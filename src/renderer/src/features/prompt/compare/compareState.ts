import { createStore } from '../../../app/state/createStore'

/** State of the comparison part of the prompt screen; it outlives the screen. */
export const compareState = createStore<{
  readonly mode: 'edit' | 'compare'
  /** Id of the open comparison; null for the setup of a new one. */
  readonly comparisonId: number | null
}>('project', { mode: 'edit', comparisonId: null })

/** Opens a comparison, or with null the setup of a new one. */
export const openComparison = (comparisonId: number | null) => compareState.set({ comparisonId })
