import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { call } from '../../../api/api'
import { useStable } from '../../../app/state/useStable'
import { canDrawFrames, drawFrame } from './drawFrame'
import { createNearFrames } from './nearFrames'

/** Milliseconds after a seek until the neighbouring frames are fetched, because a slider that is dragged soon moves on. */
const SETTLED_MS = 200

export interface ExactFrames {
  /** Whether exact frames are available; otherwise the video itself seeks. */
  readonly possible: boolean
  /** Index of the drawn frame; null if none is drawn. */
  readonly shown: number | null
  /** Returns the index of the frame requested last, which is drawn or about to be. */
  readonly wanted: () => number | null
  readonly show: (index: number) => void
  /** Requests decoding of the frames around one that may be needed next. */
  readonly prepare: (index: number) => void
  readonly hide: () => void
}

/** Records the duration of the latest step as a performance measure. */
function measureTime(name: string, start: number, detail?: unknown): void {
  performance.clearMeasures(name)
  performance.measure(name, { start, end: performance.now(), detail })
}

/**
 * Draws frames of a video by index on a canvas. A seek in a video decodes all frames from the previous key frame, which is too slow for a
 * step. The helper process caches the frames around the latest request, and the window caches the neighbours.
 * @param frames number of frames of the video
 * @param onFail receives the index of the latest requested frame if it is not available, so that it can be shown otherwise
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

  // Only one request at a time, followed by the latest one: holding a key down never waits for outdated frames.
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
