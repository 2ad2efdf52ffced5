import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { mediaUrl } from '../../../../../shared/contract'
import type { Candidate } from '../../../../../shared/domain'
import { call } from '../../../api/api'
import { preloadImage } from '../../../components/MediaViewer/image/preload'
import { callKey } from '../../../api/queries'

/** How long what was read of a pair stays in memory after it has left the screen. */
export const KEEP_MS = 60_000

/** Reads item and detail of the next pairs and decodes their images, so that going on waits for nothing. */
export function usePrefetch(upcoming: readonly Candidate[], projectUuid: string) {
  const client = useQueryClient()
  useEffect(() => {
    for (const { id, itemId } of upcoming) {
      void client.prefetchQuery({
        queryKey: callKey('candidate.get', { id }),
        queryFn: () => call('candidate.get', { id }),
        gcTime: KEEP_MS,
      })
      void client
        .fetchQuery({ queryKey: callKey('item.get', { id: itemId }), queryFn: () => call('item.get', { id: itemId }), gcTime: KEEP_MS })
        .then(({ media }) => {
          for (const medium of media) if (medium.kind === 'image') preloadImage(mediaUrl(medium.id, projectUuid))
        })
        .catch(() => undefined) // reported when the pair is on the screen
    }
  }, [client, upcoming, projectUuid])
}
