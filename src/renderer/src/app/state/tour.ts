import { createStore } from './createStore'

/** Whether the tour of the window is shown. */
export const tour = createStore<{ readonly shown: boolean }>('window', { shown: false })

export const startTour = () => tour.set({ shown: true })
export const endTour = () => tour.set({ shown: false })
