import { useEffect, useRef, useState, type RefObject } from 'react'

/**
 * Returns the time of the frame that a video shows, in seconds. It is updated for every painted frame (requestVideoFrameCallback), or on
 * `timeupdate` if that is not supported. While paused it is the time of the seek, which lies within the frame.
 * @param onTime receives the time before anything is rendered
 * @returns the rendered time, and a function that returns the current time
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
