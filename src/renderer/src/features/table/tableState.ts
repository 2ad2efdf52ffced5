import type { CandidateFilter } from '../../../../shared/review'
import type { TableSort } from '../../../../shared/tableSort'
import { createStore } from '../../state/createStore'
import { goToReview, shell } from '../../state/shell'

/** Whether the review screen shows the table, and where the person was in it. */
export const tableState = createStore<{
  readonly open: boolean
  readonly filter: CandidateFilter | null
  readonly place: number
  /** null: in the order of import */
  readonly sort: TableSort | null
  /** what was shown before similar pairs were asked for */
  readonly back: CandidateFilter | null
}>({ open: false, filter: null, place: 0, sort: null, back: null })

/** Shows the pairs most like one, in the table. */
export function showSimilar(candidateId: number): void {
  const { reviewFilter } = shell.get()
  tableState.set({ open: true, ...(reviewFilter.similarTo === undefined ? { back: reviewFilter } : {}) })
  goToReview({ similarTo: candidateId })
}

/** Shows again what was shown before similar pairs were asked for. */
export const leaveSimilar = () => goToReview(tableState.get().back ?? { states: ['pending'] })
