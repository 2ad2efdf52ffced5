import { frameAt } from '../../../../../shared/video'

/** Step for videos with unknown frame times, in seconds. */
const GUESS = 1 / 30

/** Returns the middle of a frame in seconds. A seek to its exact start may show the previous frame. */
export function middleOf(times: readonly number[], index: number, duration: number): number {
  const start = times[index] ?? 0
  return (start + (times[index + 1] ?? Math.max(start, duration))) / 2
}

/** Returns the index of the frame `by` frames from another one, within the video. */
export const stepFrom = (times: readonly number[], index: number, by: number) => Math.min(times.length - 1, Math.max(0, index + by))

/** Returns the time to seek to, in seconds, to show the frame `by` frames from the one shown at `time`. */
export function stepTarget(times: readonly number[], time: number, by: number, duration: number): number {
  if (times.length === 0) return Math.max(0, time + by * GUESS)
  return middleOf(times, stepFrom(times, frameAt(times, time), by), duration)
}
