import { useEffect, useRef, useState, type RefObject } from 'react'

/**
 * The time of the frame that a video shows, in seconds: told anew for every frame that is painted (requestVideoFrameCallback), or as
 * often as the browser tells where it has none. At rest it is the time that was sought, which lies within the frame.
 * @param onTime is told the time first, before anything is drawn
 * @returns the time as drawn, and as it is at this very moment
 */
export function useFrameClock(
  video: RefObject<HTMLVideoElement | null>,
  onTime: (time: number, video: HTMLVideoElement) => void,
): readonly [number, () => number] {
  const [drawn, setDrawn] = useState(0)
  const told = useRef(0)
  useEffect(() => {
    const element = video.current
    if (!element) return undefined
    const tell = (time: number) => {
      told.current = time
      onTime(time, element)
      setDrawn(time)
    }
    const painted = 'requestVideoFrameCallback' in element
    const events = painted ? ['seeked'] : ['seeked', 'timeupdate']
    const tick = () => tell(element.currentTime)
    for (const event of events) element.addEventListener(event, tick)
    let request = 0
    const paint: VideoFrameRequestCallback = (_, { mediaTime }) => {
      tell(element.paused ? element.currentTime : mediaTime)
      request = element.requestVideoFrameCallback(paint)
    }
    if (painted) request = element.requestVideoFrameCallback(paint)
    return () => {
      for (const event of events) element.removeEventListener(event, tick)
      if (painted) element.cancelVideoFrameCallback(request)
    }
  }, [video, onTime])
  return [drawn, () => (video.current?.seeking ? video.current.currentTime : told.current)]
}
