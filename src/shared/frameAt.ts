/** A frame's time is told with the precision of microseconds, by the browser and by the container. */
const SAME = 0.0005

/** The number of the frame that is shown at a time (seconds), from 0. `times` rise. */
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
