import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { CandidateFilter, QueueOrder } from '../../../../shared/review'
import type { CardKind } from '../../../../shared/table'
import { call, on } from '../../api/api'
import type { ReviewSession } from '../review/session/reviewSession'
import { createRowCache, rowAt, rowsOf, type RowCache } from '../table/rowCache'
import { cardsOf, pairsOf, type Card } from './cards'
import { gridState } from './gridState'

interface Options {
  readonly session: ReviewSession
  readonly filter: CandidateFilter
  /** Order of the queue; null until known. */
  readonly order: QueueOrder | null
  readonly cards: CardKind
}

/**
 * Provides the cards of the grid, read page by page in a fixed order. Their pairs are updated after every decision.
 * @returns among others `find`, which returns the index of the card with a pair; if there is none, it reopens the grid first
 */
export function useGrid({ session, filter, order, cards }: Options) {
  const asked = order && JSON.stringify([filter, order, cards])
  const opened = gridState.use((state) => state.opened)
  const [error, setError] = useState<unknown>(null)
  const isOpen = opened !== null && opened.asked === asked
  const queue = isOpen ? opened.queue : null

  const open = useCallback(
    async (known: number | null, candidateId: number | null): Promise<number | null> => {
      if (!order || asked === null) return null
      const { place, ...found } = await call('grid.open', { filter, order, cards, queue: known, candidateId })
      gridState.set({ opened: { asked, ...found } })
      return place
    },
    [filter, order, cards, asked],
  )
  const openAnew = useCallback(
    (candidateId: number | null) =>
      open(null, candidateId).then(
        (place) => {
          gridState.set({ place: place ?? 0 })
          setError(null)
        },
        (failure: unknown) => setError(failure),
      ),
    [open],
  )

  const cache = useMemo(() => {
    const created: RowCache<Card> = createRowCache(async (from, limit) => {
      if (queue === null || !order) return []
      const page = await session.readSheet(
        () => call('grid.rows', { filter, order, cards, queue, from, limit }),
        (read) => read?.rows.map(({ candidate }) => candidate) ?? [],
        () => new Set(rowsOf(created.getState()).flatMap(({ rows }) => rows.map(({ candidate }) => candidate.id))),
      )
      // The main process keeps only a few orders. If this one is gone, open the grid again.
      if (page === null) void openAnew(null)
      return page === null ? [] : cardsOf(cards, page)
    })
    return created
  }, [session, filter, order, cards, queue, openAnew])
  const known = useSyncExternalStore(cache.subscribe, cache.getState)
  const sheet = useSyncExternalStore(session.subscribeSheet, session.getSheet)

  // Start at the pair that is on the desk. If it is still the same as when the grid was left, keep the active card.
  useEffect(() => {
    if (asked === null) return
    const { opened: last, deskId } = gridState.get()
    const onDesk = session.getView().candidate?.id ?? null
    if (last?.asked !== asked) return void openAnew(onDesk)
    if (onDesk === deskId) return
    open(last.queue, onDesk).then((place) => place !== null && gridState.set({ place }), setError)
  }, [session, asked, open, openAnew])
  useEffect(() => on('data.changed', () => cache.refresh()), [cache])
  useEffect(() => () => gridState.set({ deskId: session.getView().candidate?.id ?? null }), [session])

  const cardAt = (place: number) => rowAt(cache.getState(), place)
  return {
    /** Number of cards; null while the grid is being opened. */
    total: isOpen ? opened.total : null,
    queue,
    error: error ?? known.error,
    cardAt,
    /** Returns the current versions of the pairs of a card; undefined while the card is being read. */
    pairsAt: (place: number) => {
      const card = cardAt(place)
      return card && pairsOf(card, session.getSheet())
    },
    sheet,
    cache,
    refresh: () => void openAnew(null),
    find: async (candidateId: number): Promise<number | null> => (await open(queue, candidateId)) ?? open(null, candidateId),
    ids: async (from: number, limit: number): Promise<readonly number[]> => {
      if (queue === null || !order) return []
      return (await call('grid.ids', { filter, order, cards, queue, from, limit })) ?? []
    },
  }
}
