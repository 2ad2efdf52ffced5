import { createStore } from './createStore'

export const announcement = createStore<{ readonly text: string }>({ text: '' })

/** Has screen readers say what happened. */
export const announce = (text: string) => announcement.set({ text })
