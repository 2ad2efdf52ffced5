import { createStore } from './createStore'

export const announcement = createStore<{ readonly text: string }>('window', { text: '' })

/** Has screen readers say what happened. */
export const announce = (text: string) => announcement.set({ text })
