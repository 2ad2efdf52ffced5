import type { CallOutput } from '../../../../shared/contract'
import type { Candidate } from '../../../../shared/domain'
import type { CardKind, TableRow } from '../../../../shared/table'

/** A card of the grid: one pair, or an item with all of its pairs. */
export interface Card {
  /** of its first pair */
  readonly id: number
  /** none where the reviewer may not see the pair any more */
  readonly rows: readonly TableRow[]
}

/** Puts together the cards of a page, each at its place. */
export function cardsOf(kind: CardKind, { ids, rows }: NonNullable<CallOutput<'grid.rows'>>): readonly Card[] {
  const byId = new Map(rows.map((row) => [row.candidate.id, row]))
  if (kind === 'pairs') return ids.map((id) => ({ id, rows: [byId.get(id) ?? []].flat() }))
  const byItem = Map.groupBy(rows, (row) => row.candidate.itemId)
  return ids.map((id) => ({ id, rows: byItem.get(byId.get(id)?.candidate.itemId ?? 0) ?? [] }))
}

/** The pairs of a card as they are now. @param sheet what decisions have changed since they were read */
export const pairsOf = (card: Card, sheet: { get(id: number): Candidate | undefined }): readonly Candidate[] =>
  card.rows.map(({ candidate }) => sheet.get(candidate.id) ?? candidate)

const isUndecided = ({ state }: Candidate) => state === 'pending'
export const hasUndecided = (pairs: readonly Candidate[]) => pairs.some(isUndecided)

/** What a verdict on a card is about: the pairs that wait, or all of them where none does. */
export const pairsToDecide = (pairs: readonly Candidate[]): readonly Candidate[] =>
  hasUndecided(pairs) ? pairs.filter(isUndecided) : pairs

/** The place of the next card with an undecided pair: the first that is not read yet counts as one. */
export function nextUndecided(from: number, total: number, pairsAt: (place: number) => readonly Candidate[] | undefined): number | null {
  for (let place = from; place < total; place++) {
    const pairs = pairsAt(place)
    if (!pairs || hasUndecided(pairs)) return place
  }
  return null
}

/** The place to which a key moves; undefined where the key moves nothing. @param rowsInView full rows of cards that are in view */
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
