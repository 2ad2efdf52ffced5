/** An inclusive range of frame indices. */
export interface FrameRange {
  readonly from: number
  readonly to: number
}

/** Number of frames of a video that are kept, before and after the current one. */
interface FrameWindow {
  /** Maximum number of frames that are kept. */
  readonly capacity: number
  /** Number of frames kept after the current one; all others are before it, since decoding backwards costs much more than forwards. */
  readonly ahead: number
}

const maxAhead = 24

/** Returns the window for a memory budget. Both parameters are in bytes. */
export function windowFor(budget: number, frameBytes: number): FrameWindow {
  const capacity = Math.min(600, Math.max(9, Math.floor(budget / Math.max(1, frameBytes))))
  return { capacity, ahead: Math.min(maxAhead, Math.floor(capacity / 3)) }
}

const backOf = ({ capacity, ahead }: FrameWindow) => capacity - ahead - 1

/**
 * Returns the frames to decode next for the current frame: that frame, then those after it, then those before it; null if enough are kept.
 * All frames that are decoded on the way to another are kept as well, so that backward steps need no decoder.
 * @param keyAt returns the last key frame at or before an index
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

/** Returns which end of the kept frames is farther outside the window, to be removed if there are too many; null if none are kept. */
export function farthest(window: FrameWindow, wanted: number, held: Iterable<number>): number | null {
  let [low, high] = [Infinity, -Infinity]
  for (const index of held) [low, high] = [Math.min(low, index), Math.max(high, index)]
  if (high < low) return null
  return high - wanted - window.ahead > wanted - backOf(window) - low ? high : low
}
