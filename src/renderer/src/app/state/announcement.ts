import { createStore } from './createStore'

export const announcement = createStore<{ readonly text: string }>('window', { text: '' })

/** Announces a text to screen readers. */
export const announce = (text: string) => announcement.set({ text })
