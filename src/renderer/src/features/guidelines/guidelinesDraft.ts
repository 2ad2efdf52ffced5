import { createStore } from '../../app/state/createStore'

/** Unsaved text of the guidelines of the open project; null if it is unchanged. */
export const guidelinesDraft = createStore<{ readonly text: string | null }>('project', { text: null })
