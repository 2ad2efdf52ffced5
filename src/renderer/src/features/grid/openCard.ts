import type { Candidate } from '../../../../shared/domain'
import type { CandidateFilter, QueueOrder } from '../../../../shared/review'
import type { ReviewSession } from '../review/session/reviewSession'

/** A card to open on the desk, with the pairs before it. */
export interface OpenedCard {
  readonly place: number
  /** Index of the first of the candidates. The last candidate is the pair to open. */
  readonly first: number
  readonly candidates: readonly Candidate[]
  readonly queue: number
  readonly order: QueueOrder
  readonly total: number
}

/** Shows the pair of a card on the desk. The queue continues after it in the order of the grid. */
export function openCard(
  session: ReviewSession,
  filter: CandidateFilter,
  { place, first, candidates, queue, order, total }: OpenedCard,
): void {
  const last = candidates.at(-1)
  if (!last) return
  const isImport = order.kind === 'import'
  const key = isImport ? { itemId: last.itemId, id: last.id } : { queue, at: place + 1 }
  session.startAt(filter, candidates, { first, key, ...(!isImport && { order, total }) })
}
