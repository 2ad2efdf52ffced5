import { useCallback, useEffect, useRef } from 'react'
import type { Media } from '../../../../shared/domain'

/** Time after which a medium that has not loaded no longer blocks the reviewer, in milliseconds. */
const PATIENCE_MS = 4000

/**
 * Reports when all media of an item are on the screen or have failed, or when the time limit has passed.
 * @returns a function that each medium calls once it is ready
 */
export function useSettledMedia(itemId: number, shown: readonly { readonly medium: Media }[], onSettled: (itemId: number) => void) {
  const settled = useRef({ itemId, media: new Set<number>() })
  const isEmpty = shown.length === 0
  useEffect(() => {
    if (isEmpty) onSettled(itemId)
    const timer = setTimeout(() => onSettled(itemId), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [itemId, isEmpty, onSettled])
  return useCallback(
    (mediaId: number) => {
      if (settled.current.itemId !== itemId) settled.current = { itemId, media: new Set() }
      settled.current.media.add(mediaId)
      if (shown.every(({ medium }) => settled.current.media.has(medium.id))) onSettled(itemId)
    },
    [itemId, shown, onSettled],
  )
}
