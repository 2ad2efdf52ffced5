/** Frames from one number to another, both of them among them. */
export interface FrameRange {
  readonly from: number
  readonly to: number
}

/** How many frames of a video are held, and around which. */
interface FrameWindow {
  /** most frames that are held */
  readonly capacity: number
  /** those after the one that is looked at; all others are before it, since to go back costs a decoder much more than to go on */
  readonly ahead: number
}

const maxAhead = 24

/** The window that a budget of memory allows, both in bytes. */
export function windowFor(budget: number, frameBytes: number): FrameWindow {
  const capacity = Math.min(600, Math.max(9, Math.floor(budget / Math.max(1, frameBytes))))
  return { capacity, ahead: Math.min(maxAhead, Math.floor(capacity / 3)) }
}

const backOf = ({ capacity, ahead }: FrameWindow) => capacity - ahead - 1

/**
 * The frames to decode next while one is looked at: that one, then those that follow it, then those before it; null where enough is held.
 * All that is decoded on the way to a frame is held as well, so that steps back need no decoder.
 * @param keyAt the last frame at or before another one that is decoded without others
 */
export function nextRange(
  window: FrameWindow,
  wanted: number,
  last: number,
  has: (index: number) => boolean,
  keyAt: (index: number) => number,
): FrameRange | null {
  const lowest = Math.max(0, wanted - backOf(window))
  if (!has(wanted)) {
    const floor = Math.max(keyAt(wanted), lowest)
    let from = wanted
    while (from > floor && !has(from - 1)) from--
    return { from, to: wanted }
  }
  let [low, high] = [wanted, wanted]
  while (high < last && has(high + 1)) high++
  if (high < last && high - wanted < window.ahead) return { from: high + 1, to: Math.min(last, wanted + window.ahead) }
  while (low > 0 && has(low - 1)) low--
  if (low <= lowest || wanted - low >= Math.min(maxAhead, backOf(window) / 2)) return null
  let from = Math.max(keyAt(low - 1), lowest)
  while (has(from)) from++
  return { from, to: low - 1 }
}

/** Which end of the frames that are held lies farther outside the window, and goes where there are too many. */
export function farthest(window: FrameWindow, wanted: number, held: Iterable<number>): number | null {
  let [low, high] = [Infinity, -Infinity]
  for (const index of held) [low, high] = [Math.min(low, index), Math.max(high, index)]
  if (high < low) return null
  return high - wanted - window.ahead > wanted - backOf(window) - low ? high : low
}
