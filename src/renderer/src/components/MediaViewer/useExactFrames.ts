import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import { call } from '../../api'
import { canDrawFrames, drawFrame } from './drawFrame'

export interface ExactFrames {
  /** false: they cannot be had; then the film itself is sought */
  readonly possible: boolean
  /** the number of the frame that is drawn; null where none is */
  readonly shown: number | null
  /** the number of the frame that was asked for last, and is drawn or about to be */
  readonly wanted: () => number | null
  readonly show: (index: number) => void
  /** has the frames around one decoded, since they may be asked for next */
  readonly prepare: (index: number) => void
  readonly hide: () => void
}

/**
 * Frames of a film by their number, drawn on a canvas: a seek in a film decodes all frames from the last key frame on, which takes too long
 * for a step. The helper process holds the frames around the last one that was asked for.
 */
export function useExactFrames(mediaId: number, canvas: RefObject<HTMLCanvasElement | null>): ExactFrames {
  const [possible, setPossible] = useState(canDrawFrames)
  const [shown, setShown] = useState<number | null>(null)
  const asked = useRef<{ readonly index: number; readonly draw: boolean } | null>(null)
  const wanted = useRef<number | null>(null)
  const busy = useRef(false)
  const gone = useRef(false)
  useEffect(() => {
    gone.current = false
    return () => {
      gone.current = true
    }
  }, [])

  // One at a time, and the last one asked for next: whoever holds a key down waits for no frame that is past.
  const work = useCallback(async () => {
    if (busy.current) return
    busy.current = true
    try {
      for (let next = asked.current; next && !gone.current; next = asked.current) {
        asked.current = null
        const raw = await call('media.frame', { id: mediaId, index: next.index })
        if (next.draw && wanted.current !== null && canvas.current) {
          drawFrame(canvas.current, raw)
          setShown(next.index)
        }
      }
    } catch {
      asked.current = null
      wanted.current = null
      setShown(null)
      setPossible(false)
    } finally {
      busy.current = false
    }
  }, [mediaId, canvas])

  const show = useCallback(
    (index: number) => {
      wanted.current = index
      asked.current = { index, draw: true }
      void work()
    },
    [work],
  )
  const prepare = useCallback(
    (index: number) => {
      if (!possible || wanted.current !== null) return
      asked.current = { index, draw: false }
      void work()
    },
    [possible, work],
  )
  const hide = useCallback(() => {
    wanted.current = null
    setShown(null)
  }, [])
  const lastWanted = useCallback(() => wanted.current, [])
  return { possible, shown, wanted: lastWanted, show, prepare, hide }
}
