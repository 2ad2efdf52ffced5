import { createStore } from '../../app/state/createStore'

/** How fast videos can be played. */
export const speeds = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2] as const

/** What holds for all items, as long as the window is open. */
export const viewerSettings = createStore<{
  readonly labels: boolean
  readonly speed: number
  /** 0 to 1 */
  readonly volume: number
  readonly muted: boolean
  /** the medium is shown over the whole window */
  readonly isFilling: boolean
}>('window', { labels: true, speed: 1, volume: 1, muted: false, isFilling: false })

/** The next speed in a direction; one that is none of ours goes to the nearest that is. */
export function nextSpeed(speed: number, by: 1 | -1): number {
  const next = by > 0 ? speeds.find((each) => each > speed) : speeds.findLast((each) => each < speed)
  return next ?? (by > 0 ? Math.max(...speeds) : Math.min(...speeds))
}

/** A video that is read anew goes back to its default, so that is set as well. */
export function setSpeed(video: HTMLVideoElement | null, speed: number): void {
  if (video) Object.assign(video, { defaultPlaybackRate: speed, playbackRate: speed })
}
