import { createStore } from '../../app/state/createStore'

/** State of the grid of this project. The order of the cards stays fixed until the filter or order changes, or the grid is refreshed. */
export const gridState = createStore<{
  /** The serialized request, and the ID and size of the resulting queue; null until the grid is first opened. */
  readonly opened: { readonly asked: string; readonly queue: number; readonly total: number } | null
  /** Index of the active card. */
  readonly place: number
  /** ID of the pair on the desk when the grid was left. */
  readonly deskId: number | null
}>('project', { opened: null, place: 0, deskId: null })
