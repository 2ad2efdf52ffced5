import type { CallOutput } from '../../../../shared/contract'
import type { Candidate } from '../../../../shared/domain'
import type { CardKind, TableRow } from '../../../../shared/table'

/** A card of the grid: one pair, or an item with all its pairs. */
export interface Card {
  /** ID of the first pair. */
  readonly id: number
  /** Rows of the pairs; empty if the reviewer may no longer see the pair. */
  readonly rows: readonly TableRow[]
}

/** Returns the cards of a page in order. */
export function cardsOf(kind: CardKind, { ids, rows }: NonNullable<CallOutput<'grid.rows'>>): readonly Card[] {
  const byId = new Map(rows.map((row) => [row.candidate.id, row]))
  if (kind === 'pairs') return ids.map((id) => ({ id, rows: [byId.get(id) ?? []].flat() }))
  const byItem = Map.groupBy(rows, (row) => row.candidate.itemId)
  return ids.map((id) => ({ id, rows: byItem.get(byId.get(id)?.candidate.itemId ?? 0) ?? [] }))
}

/** Returns the current versions of the pairs of a card. @param sheet current versions of pairs by ID */
export const pairsOf = (card: Card, sheet: { get(id: number): Candidate | undefined }): readonly Candidate[] =>
  card.rows.map(({ candidate }) => sheet.get(candidate.id) ?? candidate)

const isUndecided = ({ state }: Candidate) => state === 'pending'
export const hasUndecided = (pairs: readonly Candidate[]) => pairs.some(isUndecided)

/** Returns the pairs that a verdict on a card applies to: the undecided pairs, or all pairs if all are decided. */
export const pairsToDecide = (pairs: readonly Candidate[]): readonly Candidate[] =>
  hasUndecided(pairs) ? pairs.filter(isUndecided) : pairs

/** Returns the index of the next card with an undecided pair, or null. A card that has not been read counts as undecided. */
export function nextUndecided(from: number, total: number, pairsAt: (place: number) => readonly Candidate[] | undefined): number | null {
  for (let place = from; place < total; place++) {
    const pairs = pairsAt(place)
    if (!pairs || hasUndecided(pairs)) return place
  }
  return null
}

/** Returns the index that a key moves to, or undefined for other keys. @param rowsInView number of rows that fit into the view */
export function movedPlace(
  key: string,
  place: number,
  { columns, rowsInView, total }: { columns: number; rowsInView: number; total: number },
) {
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: place + 1,
    ArrowLeft: place - 1,
    ArrowDown: place + columns < total ? place + columns : place,
    ArrowUp: place - columns >= 0 ? place - columns : place,
    PageDown: place + columns * rowsInView,
    PageUp: place - columns * rowsInView,
    Home: 0,
    End: total - 1,
  }
  const moved = moves[key]
  return moved === undefined ? undefined : Math.max(0, Math.min(moved, total - 1))
}
