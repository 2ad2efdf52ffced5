import type { RawFrame } from '../../../../../shared/video'

/** Frames of one video: the one that is looked at, and those beside it before anybody asks for them. What is farther away is let go. */
export interface NearFrames {
  readonly has: (index: number) => boolean
  readonly get: (index: number) => Promise<RawFrame>
  /** Fetches the frames beside one, that in the direction of `by` first, until another is asked for. */
  readonly fetchBeside: (index: number, by: 1 | -1) => Promise<void>
}

/** @param frames how many there are */
export function createNearFrames(fetch: (index: number) => Promise<RawFrame>, frames: number): NearFrames {
  const held = new Map<number, Promise<RawFrame>>()
  let looked: number | null = null

  const look = (index: number) => {
    looked = index
    for (const other of held.keys()) if (Math.abs(other - index) > 1) held.delete(other)
  }
  const hold = (index: number): Promise<RawFrame> => {
    const known = held.get(index)
    if (known) return known
    const fetched = fetch(index)
    held.set(index, fetched)
    fetched.catch(() => held.delete(index))
    return fetched
  }

  return {
    has: (index) => held.has(index),
    get(index) {
      look(index)
      return hold(index)
    },
    async fetchBeside(index, by) {
      look(index)
      for (const beside of [index + by, index - by]) {
        if (beside < 0 || beside >= frames || looked !== index) continue
        await hold(beside).catch(() => undefined) // whoever asks for it is told
      }
    },
  }
}
