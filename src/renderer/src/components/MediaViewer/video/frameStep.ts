import { frameAt } from '../../../../../shared/video'

/** Videos whose frame times are not known are stepped by a 30th of a second. */
const GUESS = 1 / 30

/** The middle of a frame in seconds: a seek to its very edge may show its neighbour. */
export function middleOf(times: readonly number[], index: number, duration: number): number {
  const start = times[index] ?? 0
  return (start + (times[index + 1] ?? Math.max(start, duration))) / 2
}

/** The number of the frame `by` frames from another one, within the video. */
export const stepFrom = (times: readonly number[], index: number, by: number) => Math.min(times.length - 1, Math.max(0, index + by))

/** Where to seek so that the frame `by` frames from the one shown at `time` is on the screen, in seconds. */
export function stepTarget(times: readonly number[], time: number, by: number, duration: number): number {
  if (times.length === 0) return Math.max(0, time + by * GUESS)
  return middleOf(times, stepFrom(times, frameAt(times, time), by), duration)
}
