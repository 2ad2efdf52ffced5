import { useCallback, useEffect, useRef } from 'react'
import { frameAt } from '../../../../../shared/video'
import { middleOf, stepFrom, stepTarget } from './frameStep'
import { useExactFrames } from './useExactFrames'
import { useFrameClock } from './useFrameClock'

/** Milliseconds after a video is mounted until the frames around its position are decoded. */
const REST_MS = 300
/** Milliseconds after the last step until the video seeks to the same frame; earlier, its decoder would delay the next step. */
const FOLLOW_MS = 1000

interface Parts {
  readonly times: readonly number[]
  /** Seconds. */
  readonly duration: number
  /** Called with the time of each played frame, before anything is rendered. */
  readonly onTime: (time: number, video: HTMLVideoElement) => void
}

/** Controls the position of a video: by seeking, or frame by frame on the canvas behind the video. */
export function useVideo(mediaId: number, { times, duration, onTime }: Parts) {
  const video = useRef<HTMLVideoElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const exact = useExactFrames(mediaId, times.length, canvas, (index) => {
    if (video.current) video.current.currentTime = middleOf(times, index, duration)
  })
  const [played, timeNow] = useFrameClock(video, onTime)
  /** Time to which the video was sent after steps, so that it continues from the current frame. */
  const sent = useRef<number | null>(null)
  const sending = useRef<ReturnType<typeof setTimeout>>(undefined)
  const { shown, hide, prepare, show, wanted, possible } = exact
  const time = shown === null ? played : middleOf(times, shown, duration)

  const follow = useCallback(() => {
    clearTimeout(sending.current)
    sending.current = undefined
    const index = wanted()
    if (index === null || !video.current) return
    sent.current = middleOf(times, index, duration)
    video.current.currentTime = sent.current
  }, [times, duration, video, wanted])

  useEffect(() => {
    const element = video.current
    if (!element) return undefined
    const isSent = () => sent.current !== null && Math.abs(element.currentTime - sent.current) < 0.001
    const onSeeking = () => {
      if (isSent()) return
      clearTimeout(sending.current)
      sent.current = null
      hide()
      if (element.paused && times.length > 0) prepare(frameAt(times, element.currentTime))
    }
    const onSeeked = () => {
      if (!element.paused) hide()
    }
    const onPlay = () => {
      if (wanted() !== null && !isSent()) follow()
      if (!element.seeking) hide()
    }
    const onPause = () => {
      if (times.length > 0) prepare(frameAt(times, element.currentTime))
    }
    const listeners = { seeking: onSeeking, seeked: onSeeked, play: onPlay, pause: onPause }
    for (const [event, listener] of Object.entries(listeners)) element.addEventListener(event, listener)
    const soon = setTimeout(() => element.paused && onPause(), REST_MS)
    return () => {
      clearTimeout(soon)
      for (const [event, listener] of Object.entries(listeners)) element.removeEventListener(event, listener)
    }
  }, [video, times, hide, prepare, wanted, follow])
  useEffect(() => () => clearTimeout(sending.current), [])

  const seek = (seconds: number) => {
    if (video.current) video.current.currentTime = seconds
    else if (times.length > 0) show(frameAt(times, seconds))
  }
  const step = (by: number) => {
    video.current?.pause()
    if (times.length === 0 || !possible) return seek(stepTarget(times, timeNow(), by, duration))
    show(stepFrom(times, wanted() ?? frameAt(times, timeNow()), by))
    clearTimeout(sending.current)
    sending.current = setTimeout(follow, FOLLOW_MS)
  }
  return { video, canvas, time, seek, step, show, shown, possible }
}
