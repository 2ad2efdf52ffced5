import type { BulkTarget, CandidateFilter } from '../../../../shared/review'

/** Individually selected pairs, or all pairs that match the filter. */
export type Selection = { readonly kind: 'ids'; readonly ids: ReadonlySet<number> } | { readonly kind: 'all' }

export const noSelection: Selection = { kind: 'ids', ids: new Set() }

export const isSelected = (selection: Selection, id: number | undefined) =>
  selection.kind === 'all' || (id !== undefined && selection.ids.has(id))

/** Returns a selection with one pair added or removed. If all pairs were selected, selects only that pair. */
export function toggled(selection: Selection, id: number): Selection {
  if (selection.kind === 'all') return { kind: 'ids', ids: new Set([id]) }
  const ids = new Set(selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { kind: 'ids', ids }
}

/** Returns the number of selected pairs. @param found number of pairs that match the filter */
export const sizeOf = (selection: Selection, found: number) => (selection.kind === 'all' ? found : selection.ids.size)

/** Returns the target of a bulk action on the selection, or null if nothing is selected. */
export function targetOf(selection: Selection, filter: CandidateFilter): BulkTarget | null {
  if (selection.kind === 'all') return { filter }
  return selection.ids.size > 0 ? { ids: [...selection.ids] } : null
}
