import type { CandidateFilter } from '../../../../shared/review'
import type { TableSort } from '../../../../shared/table'
import { createStore } from '../../app/state/createStore'
import { goToReview, shell } from '../../app/state/shell'

export const reviewViews = ['desk', 'grid', 'table'] as const
export type ReviewViewName = (typeof reviewViews)[number]

/** Which view the review screen shows, and where the person was in the table or grid. */
export const tableState = createStore<{
  readonly view: ReviewViewName
  readonly filter: CandidateFilter | null
  readonly place: number
  /** null: in the order of import */
  readonly sort: TableSort | null
  /** what was shown before similar pairs were asked for */
  readonly back: {
    readonly filter: CandidateFilter
    readonly view: ReviewViewName
    readonly place: number
    readonly sort: TableSort | null
  } | null
}>('project', { view: 'desk', filter: null, place: 0, sort: null, back: null })

export const showView = (view: ReviewViewName) => tableState.set({ view })

/** Shows the pairs most like one, in the table. @param place of its row, where it was chosen in the table */
export function showSimilar(candidateId: number, place = 0): void {
  const { reviewFilter: filter } = shell.get()
  const { view, sort } = tableState.get()
  tableState.set({ view: 'table', sort: null, ...(filter.similarTo === undefined && { back: { filter, view, place, sort } }) })
  goToReview({ similarTo: candidateId })
}

/** Shows again what was shown before similar pairs were asked for, at the pair that they were asked for. */
export function leaveSimilar(): void {
  const { back } = tableState.get()
  if (!back) return goToReview()
  tableState.set({ ...back, back: null })
  goToReview(back.filter)
}
