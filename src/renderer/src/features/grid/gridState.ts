import { createStore } from '../../app/state/createStore'

/** The grid of this project as it was opened: its order stays until another filter or order is asked for, or it is refreshed. */
export const gridState = createStore<{
  /** what was asked for, and the number of its order; null before the first opening */
  readonly opened: { readonly asked: string; readonly queue: number; readonly total: number } | null
  /** the card that is pointed at */
  readonly place: number
  /** the pair that stood on the desk when the grid was left */
  readonly deskId: number | null
}>('project', { opened: null, place: 0, deskId: null })
