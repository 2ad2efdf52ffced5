import { createStore } from '../../app/state/createStore'

/** Available playback speeds. */
export const speeds = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2] as const

/** Viewer settings for all items, kept while the window is open. */
export const viewerSettings = createStore<{
  readonly labels: boolean
  readonly speed: number
  /** From 0 to 1. */
  readonly volume: number
  readonly muted: boolean
  /** Whether the medium fills the whole window. */
  readonly isFilling: boolean
}>('window', { labels: true, speed: 1, volume: 1, muted: false, isFilling: false })

/** Returns the next speed in a direction. A speed that is not in the list changes to the nearest one in that direction. */
export function nextSpeed(speed: number, by: 1 | -1): number {
  const next = by > 0 ? speeds.find((each) => each > speed) : speeds.findLast((each) => each < speed)
  return next ?? (by > 0 ? Math.max(...speeds) : Math.min(...speeds))
}

/** Sets the speed of a video. Also sets its default, to which a video returns when it is reloaded. */
export function setSpeed(video: HTMLVideoElement | null, speed: number): void {
  if (video) Object.assign(video, { defaultPlaybackRate: speed, playbackRate: speed })
}
