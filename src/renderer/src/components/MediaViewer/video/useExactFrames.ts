import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { call } from '../../../api/api'
import { useStable } from '../../../app/state/useStable'
import { canDrawFrames, drawFrame } from './drawFrame'
import { createNearFrames } from './nearFrames'

/** Milliseconds after a video was sent to a place until the frames beside it are fetched: whoever drags its slider is soon elsewhere. */
const SETTLED_MS = 200

export interface ExactFrames {
  /** false: they cannot be had; then the video itself is sought */
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

/** Tells how long a part of a step took, for whoever measures: the last one only. */
function measureTime(name: string, start: number, detail?: unknown): void {
  performance.clearMeasures(name)
  performance.measure(name, { start, end: performance.now(), detail })
}

/**
 * Frames of a video by their number, drawn on a canvas: a seek in a video decodes all frames from the last key frame on, which takes too long
 * for a step. The helper process holds the frames around the last one that was asked for, and the window those beside it.
 * @param frames how many the video has
 * @param onFail is told the frame that was asked for last and cannot be had, so that it is shown in another way
 */
export function useExactFrames(
  mediaId: number,
  frames: number,
  canvas: RefObject<HTMLCanvasElement | null>,
  onFail: (index: number) => void,
): ExactFrames {
  const [possible, setPossible] = useState(canDrawFrames)
  const [shown, setShown] = useState<number | null>(null)
  const asked = useRef<number | null>(null)
  const wanted = useRef<number | null>(null)
  const drawn = useRef<number | null>(null)
  const busy = useRef(false)
  const gone = useRef(false)
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined)
  const near = useMemo(() => createNearFrames((index) => call('media.frame', { id: mediaId, index }), frames), [mediaId, frames])
  useEffect(() => {
    gone.current = false
    return () => {
      gone.current = true
      clearTimeout(settling.current)
    }
  }, [])

  const { fail } = useStable({
    fail: () => {
      const index = wanted.current
      asked.current = null
      wanted.current = null
      if (gone.current) return
      setShown(null)
      setPossible(false)
      if (index !== null) onFail(index)
    },
  })

  // One at a time, and the last one asked for next: whoever holds a key down waits for no frame that is past.
  const work = useCallback(async () => {
    if (busy.current) return
    busy.current = true
    try {
      for (let index = asked.current; index !== null && !gone.current; index = asked.current) {
        asked.current = null
        const [begun, held] = [performance.now(), near.has(index)]
        const raw = await near.get(index)
        measureTime('frame.answer', begun, { waitedMs: held ? 0 : raw.waitedMs })
        if (wanted.current === null || !canvas.current) continue
        const answered = performance.now()
        drawFrame(canvas.current, raw)
        measureTime('frame.draw', answered)
        setShown(index)
        if (asked.current === null) void near.fetchBeside(index, drawn.current !== null && index < drawn.current ? -1 : 1)
        drawn.current = index
      }
    } catch {
      fail()
    } finally {
      busy.current = false
    }
  }, [near, canvas, fail])

  const show = useCallback(
    (index: number) => {
      wanted.current = index
      asked.current = index
      void work()
    },
    [work],
  )
  const prepare = useCallback(
    (index: number) => {
      if (!possible || wanted.current !== null) return
      call('media.prepareFrame', { id: mediaId, index }).catch(fail)
      clearTimeout(settling.current)
      settling.current = setTimeout(() => {
        if (wanted.current === null) void near.fetchBeside(index, 1)
      }, SETTLED_MS)
    },
    [possible, mediaId, near, fail],
  )
  const hide = useCallback(() => {
    wanted.current = null
    setShown(null)
  }, [])
  const lastWanted = useCallback(() => wanted.current, [])
  return { possible, shown, wanted: lastWanted, show, prepare, hide }
}
