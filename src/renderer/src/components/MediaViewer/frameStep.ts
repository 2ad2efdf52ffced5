/** Films whose frame times are not known are stepped by a 30th of a second. */
const GUESS = 1 / 30
/** A frame's time is told with the precision of microseconds, by the browser and by the container. */
const SAME = 0.0005

/** The number of the frame that is shown at a time, from 0. `times` rise. */
export function frameAt(times: readonly number[], time: number): number {
  let low = 0
  let high = times.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((times[middle] ?? 0) <= time + SAME) low = middle
    else high = middle - 1
  }
  return low
}

/**
 * Where to seek so that the frame `by` frames from the one shown at `time` is on the screen: the middle of that frame, since a seek to
 * its very edge may show its neighbour.
 * @returns seconds
 */
export function stepTarget(times: readonly number[], time: number, by: number, duration: number): number {
  if (times.length === 0) return Math.max(0, time + by * GUESS)
  const wanted = Math.min(times.length - 1, Math.max(0, frameAt(times, time) + by))
  const start = times[wanted] ?? 0
  const end = times[wanted + 1] ?? Math.max(start, duration)
  return (start + end) / 2
}
