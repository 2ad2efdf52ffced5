import type { CandidateFilter } from '../../../../shared/review'
import type { TableSort } from '../../../../shared/table'
import { createStore } from '../../app/state/createStore'
import { goToReview, shell } from '../../app/state/shell'

export const reviewViews = ['desk', 'grid', 'table'] as const
export type ReviewViewName = (typeof reviewViews)[number]

/** The current view of the review screen, and the last position in the table. */
export const tableState = createStore<{
  readonly view: ReviewViewName
  readonly filter: CandidateFilter | null
  readonly place: number
  /** Sort order; null for import order. */
  readonly sort: TableSort | null
  /** The view to return to after showing similar pairs. */
  readonly back: {
    readonly filter: CandidateFilter
    readonly view: ReviewViewName
    readonly place: number
    readonly sort: TableSort | null
  } | null
}>('project', { view: 'desk', filter: null, place: 0, sort: null, back: null })

export const showView = (view: ReviewViewName) => tableState.set({ view })

/** Shows the pairs most similar to a given pair in the table. @param place index of its row, if it was chosen in the table */
export function showSimilar(candidateId: number, place = 0): void {
  const { reviewFilter: filter } = shell.get()
  const { view, sort } = tableState.get()
  tableState.set({ view: 'table', sort: null, ...(filter.similarTo === undefined && { back: { filter, view, place, sort } }) })
  goToReview({ similarTo: candidateId })
}

/** Returns to the view before similar pairs were shown, at the same position. */
export function leaveSimilar(): void {
  const { back } = tableState.get()
  if (!back) return goToReview()
  tableState.set({ ...back, back: null })
  goToReview(back.filter)
}
