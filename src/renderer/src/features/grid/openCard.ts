import type { Candidate } from '../../../../shared/domain'
import type { CandidateFilter, QueueOrder } from '../../../../shared/review'
import type { ReviewSession } from '../review/session/reviewSession'

/** A card that is opened on the desk, with the pairs before it. */
export interface OpenedCard {
  readonly place: number
  /** the place of the first of the candidates; the last is the one that is opened */
  readonly first: number
  readonly candidates: readonly Candidate[]
  readonly queue: number
  readonly order: QueueOrder
  readonly total: number
}

/** Shows a card's pair on the desk; the queue goes on behind it in the order of the grid. */
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
