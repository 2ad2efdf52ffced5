import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Exemplar } from '../../../../shared/contract'
import { callKey, useCallMutation } from '../../api/queries'
import { showProblem } from '../../components/showProblem'

/** Returns the list with a pinned exemplar moved by `by` positions among the pinned ones, or null if it cannot move further. */
export function moved(list: readonly Exemplar[], candidateId: number, by: -1 | 1): Exemplar[] | null {
  const pinned = list.filter(({ candidate }) => candidate.pinned)
  const from = pinned.findIndex(({ candidate }) => candidate.id === candidateId)
  const [one, other] = [pinned[from], pinned[from + by]]
  if (!one || !other) return null
  pinned[from] = other
  pinned[from + by] = one
  return [...pinned, ...list.filter(({ candidate }) => !candidate.pinned)]
}

/** Reorders pinned exemplars with an optimistic update, which is reverted if it cannot be stored. `last` is the latest move. */
export function useExemplarOrder(list: readonly Exemplar[], limit: number) {
  const client = useQueryClient()
  const key = callKey('exemplar.list', { limit })
  const [last, setLast] = useState<{ readonly candidateId: number; readonly by: -1 | 1 } | null>(null)
  const order = useCallMutation('exemplar.order', {
    onError: (error) => {
      showProblem(error)
      void client.invalidateQueries({ queryKey: key })
    },
  })
  const move = (candidateId: number, by: -1 | 1) => {
    const next = moved(list, candidateId, by)
    if (!next) return
    client.setQueryData(key, next)
    setLast({ candidateId, by })
    order.mutate({ candidateIds: next.filter(({ candidate }) => candidate.pinned).map(({ candidate }) => candidate.id) })
  }
  return { move, last }
}
