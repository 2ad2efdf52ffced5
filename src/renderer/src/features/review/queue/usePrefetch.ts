import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { mediaUrl, type CallInput, type CallName } from '../../../../../shared/contract'
import type { Candidate } from '../../../../../shared/domain'
import { call } from '../../../api/api'
import { preloadImage } from '../../../components/MediaViewer/image/preload'
import { callKey } from '../../../api/queries'

/** Time for which the data of a pair stays cached after it has left the screen, in milliseconds. */
export const KEEP_MS = 60_000

const query = <N extends CallName>(name: N, input: CallInput<N>) => ({
  queryKey: callKey(name, input),
  queryFn: () => call(name, input),
  gcTime: KEEP_MS,
})

/** Prefetches the item, details and marks of the next pairs and decodes their images, so that moving on needs no waiting. */
export function usePrefetch(upcoming: readonly Candidate[], projectUuid: string) {
  const client = useQueryClient()
  useEffect(() => {
    for (const { id, itemId } of upcoming) {
      void client.prefetchQuery(query('candidate.get', { id }))
      void client.prefetchQuery(query('marks.get', { candidateId: id }))
      void client
        .fetchQuery(query('item.get', { id: itemId }))
        .then(({ media }) => {
          for (const medium of media) if (medium.kind === 'image') preloadImage(mediaUrl(medium.id, projectUuid))
        })
        .catch(() => undefined) // Reported when the pair is on the screen.
    }
  }, [client, upcoming, projectUuid])
}
