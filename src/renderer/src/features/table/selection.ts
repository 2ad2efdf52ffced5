import type { BulkTarget, CandidateFilter } from '../../../../shared/review'

/** Pairs that were chosen one by one, or all that the filter finds, as a query. */
export type Selection = { readonly kind: 'ids'; readonly ids: ReadonlySet<number> } | { readonly kind: 'all' }

export const noSelection: Selection = { kind: 'ids', ids: new Set() }

export const isSelected = (selection: Selection, id: number | undefined) =>
  selection.kind === 'all' || (id !== undefined && selection.ids.has(id))

/** With one more pair, or one less; out of all, that one alone. */
export function toggled(selection: Selection, id: number): Selection {
  if (selection.kind === 'all') return { kind: 'ids', ids: new Set([id]) }
  const ids = new Set(selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { kind: 'ids', ids }
}

/** How many pairs are selected. @param found how many the filter finds */
export const sizeOf = (selection: Selection, found: number) => (selection.kind === 'all' ? found : selection.ids.size)

/** What a step over the selection is to change; null where nothing is selected. */
export function targetOf(selection: Selection, filter: CandidateFilter): BulkTarget | null {
  if (selection.kind === 'all') return { filter }
  return selection.ids.size > 0 ? { ids: [...selection.ids] } : null
}
