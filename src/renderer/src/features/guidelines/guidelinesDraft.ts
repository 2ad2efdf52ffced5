import { createStore } from '../../app/state/createStore'

/** What was typed into the guidelines of the open project and not saved; null: as it is in force. */
export const guidelinesDraft = createStore<{ readonly text: string | null }>('project', { text: null })
