/** The selected items. The inspector shows `current`; a range starts at `anchor`. */
export interface Selection {
  readonly ids: ReadonlySet<number>
  readonly current: number | null
  readonly anchor: number | null
}

export const noSelection: Selection = { ids: new Set(), current: null, anchor: null }

export const selectOne = (id: number): Selection => ({ ids: new Set([id]), current: id, anchor: id })

/** Adds an item to the selection, or removes it. */
export function toggleOne({ ids }: Selection, id: number): Selection {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, current: id, anchor: id }
}

/** Selects all items from the anchor to an item, in the order of the list. */
export function selectRange(selection: Selection, list: readonly number[], id: number): Selection {
  const anchor = selection.anchor ?? selection.current ?? id
  const [one, other] = [list.indexOf(anchor), list.indexOf(id)]
  if (one < 0 || other < 0) return selectOne(id)
  return { ids: new Set(list.slice(Math.min(one, other), Math.max(one, other) + 1)), current: id, anchor }
}

export const selectAll = ({ current }: Selection, list: readonly number[]): Selection => ({
  ids: new Set(list),
  current: current ?? list[0] ?? null,
  anchor: list[0] ?? null,
})

/** Removes items from the selection that are not in the list any more. */
export function keepShown(selection: Selection, shown: ReadonlySet<number>): Selection {
  const ids = new Set([...selection.ids].filter((id) => shown.has(id)))
  return ids.size === selection.ids.size ? selection : { ...selection, ids }
}

/** Returns the index to which a key moves, or null if it is not a key of the grid. */
export function placeAfter(
  key: string,
  place: number,
  { columns, count, page }: { columns: number; count: number; page: number },
): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * page,
    PageDown: columns * page,
    Home: -count,
    End: count,
  }
  const step = steps[key]
  if (step === undefined) return null
  const next = place + step
  // There is no row above the first or below the last one.
  if ((key === 'ArrowUp' || key === 'ArrowDown') && (next < 0 || next >= count)) return place
  return Math.max(0, Math.min(count - 1, next))
}
